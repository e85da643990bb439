/** The reading of documents: how much of a text is found in order, pages a minute, memory; on real files if there are any beside the project. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pdf } from '../src/documents/pdf/pdf.ts'
import { readDocument } from '../src/documents/read-document.ts'
import { type PdfText, pdfFile } from '../src/testing/pdf-file.ts'
import { type Benchmark, costOf, type Figure, peakMemory } from './benchmark.ts'
import { trigramRecall } from './text-recall.ts'

const realFiles = join(import.meta.dirname, '..', '..', 'shared', 'data', 'docs')
/** Text with a Markdown of the same source, and the part of its word trigrams that must be found in order. */
const withText = { name: 'ilab_phoenix', atLeast: 0.97 }
const manuals = ['EPANET_2.2.0_Users_Guide', 'NREL_5MW_38060', 'cFE_Requirements_062414', 'OpenFAST_coords']

export const documents: Benchmark = quick => [
  { name: 'a long PDF', run: () => readLong(quick ? 300 : 5_000) },
  { name: 'many documents', run: () => readMany(quick ? 200 : 2_000) },
  ...(existsSync(realFiles)
    ? [
        { name: 'text of a real PDF', run: () => compareText() },
        { name: 'real manuals', run: () => readManuals(quick ? 1 : 5) },
      ]
    : []),
]

const pagesAMinute = { name: 'read', unit: 'pages a CPU min', limit: { atLeast: 5_000 } }

async function readLong(count: number): Promise<Figure[]> {
  const bytes = pdfFile(Array.from({ length: count }, (_, i) => ({ texts: fullPage(i) })))
  let pages = 0
  const { cpuMs } = await costOf(async () => {
    pages = (await pdf.read({ name: 'long.pdf', bytes }, {})).pages.length
  })
  return [
    { name: 'pages', value: pages, unit: '', limit: { atLeast: count } },
    { ...pagesAMinute, value: (pages / cpuMs) * 60_000 },
    peakMemory(),
  ]
}

/** One after the other in the process that is kept for them; the memory is this one's. */
async function readMany(count: number): Promise<Figure[]> {
  const file = (i: number) => ({ name: `${i}.pdf`, bytes: pdfFile([{ texts: fullPage(i) }]) })
  const read = async (first: number, last: number) => {
    for (let i = first; i < last; i++) await readDocument(file(i))
  }
  // Until what is only garbage has found its level.
  await read(0, count / 2)
  const before = process.memoryUsage().rss
  const { wallMs } = await costOf(() => read(count / 2, count))
  return [
    { name: 'read', value: (count / 2 / wallMs) * 1_000, unit: 'documents a second' },
    { name: 'memory grown', value: (process.memoryUsage().rss - before) / 1e6, unit: 'MB', limit: { atMost: 50 } },
  ]
}

async function compareText(): Promise<Figure[]> {
  const expected = readFileSync(join(realFiles, `${withText.name}.gold.md`), 'utf8')
  const { markdown } = await readReal(withText.name)
  const value = trigramRecall(expected, markdown)
  return [{ name: 'word trigrams found in order', value, unit: '', limit: { atLeast: withText.atLeast } }]
}

/** Once to warm up, as one who reads many would have it. */
async function readManuals(times: number): Promise<Figure[]> {
  const figures: Figure[] = []
  const all = { pages: 0, cpuMs: 0 }
  for (const name of manuals) {
    await readReal(name)
    let pages = 0
    const { cpuMs } = await costOf(async () => {
      for (let i = 0; i < times; i++) pages += (await readReal(name)).pages.length
    })
    all.pages += pages
    all.cpuMs += cpuMs
    figures.push({ name, value: (pages / cpuMs) * 60_000, unit: pagesAMinute.unit })
  }
  return [{ ...pagesAMinute, value: (all.pages / all.cpuMs) * 60_000 }, ...figures, peakMemory()]
}

function readReal(name: string) {
  return pdf.read({ name: `${name}.pdf`, bytes: readFileSync(join(realFiles, `${name}.pdf`)) }, {})
}

/** Forty lines, a running head and a page number. */
function fullPage(index: number): PdfText[] {
  const line = (i: number) =>
    `Line ${i} of page ${index} says that the valve of pump ${(index * 7 + i) % 97} was opened and shut again`
  return [
    { text: 'The manual of all pumps', x: 72, y: 40 },
    { text: `Section ${index}`, x: 72, y: 80, size: 16 },
    ...Array.from({ length: 40 }, (_, i) => ({ text: line(i), x: 72, y: 110 + i * 14 })),
    { text: String(index + 1), x: 300, y: 770 },
  ]
}
