/** Reads PDF: the text of its pages, laid out anew as Markdown. */
import type { ReadDocument } from '../../model/document.ts'
import { CultivarError } from '../../model/error.ts'
import type { DocumentFile, DocumentReader } from '../reader.ts'
import { type Block, pageBlocks } from './layout.ts'
import { type OpenPdf, openPdf, PdfNotOpened } from './open-pdf.ts'
import type { PageText } from './page-text.ts'
import type { Stretch } from './rows.ts'
import { type EdgeRow, stripRunningHeads } from './running-heads.ts'
import { toMarkdown } from './to-markdown.ts'

/** Pages whose places are in memory at once. */
const batch = 64

export const pdf: DocumentReader = {
  format: 'pdf',
  matches: ({ bytes }) => Buffer.from(bytes.subarray(0, 1024)).includes('%PDF-'),
  async read(file, { password }) {
    const opened = await openPdf(file.bytes, password).catch(cause => {
      throw cause instanceof PdfNotOpened ? refused(file, cause) : cause
    })
    const read = await readPages(opened)
    await opened.close()
    return describe(file, opened, read)
  },
}

interface PagesRead {
  blocks: Block[]
  /** Pages without a letter, and pages that could not be read. */
  empty: number[]
  broken: number[]
}

async function readPages(opened: OpenPdf): Promise<PagesRead> {
  const read: PagesRead = { blocks: [], empty: [], broken: [] }
  let earlier: EdgeRow[] = []
  let gutters: Stretch[] = []
  for (let first = 1; first <= opened.pages; first += batch) {
    const pages: { number: number; text: PageText }[] = []
    for (let number = first; number < first + batch && number <= opened.pages; number++) {
      const text = await opened.page(number).catch(() => undefined)
      if (!text) read.broken.push(number)
      else if (text.runs.length === 0) read.empty.push(number)
      else pages.push({ number, text })
    }
    const stripped = stripRunningHeads(pages, earlier)
    earlier = stripped.edges
    for (const { number, text } of stripped.pages) {
      const blocks = pageBlocks(number, text, gutters)
      const last = blocks.at(-1)
      gutters = last?.kind === 'table' ? last.gutters : []
      read.blocks.push(...blocks)
    }
  }
  return read
}

function describe(
  { name }: DocumentFile,
  opened: OpenPdf,
  { blocks, empty, broken }: PagesRead,
): Omit<ReadDocument, 'name'> {
  if (blocks.length === 0) throw withoutText(name, opened, broken)
  const { markdown, pages, title } = toMarkdown(blocks, opened.pages)
  const notes: string[] = []
  if (broken.length > 0) notes.push(`Damaged, and left out: ${spelled(broken)}.`)
  const encodings = [...opened.unknownEncodings]
  if (encodings.length > 0) notes.push(`Left out: text in type that is not in the file (${encodings.join(', ')}).`)
  if (empty.length > 0) notes.push(`Without text, blank or scanned: ${spelled(empty)}.`)
  return {
    title: properTitle(opened.title) || title,
    format: 'pdf',
    markdown,
    pages,
    notes,
  }
}

/** Programs put the name of the file there, or their own. */
function properTitle(title: string): string {
  const cleaned = title.replace(/^Microsoft \w+ - /, '').trim()
  return /\.\w{2,5}$|^untitled|^$/i.test(cleaned) ? '' : cleaned
}

function spelled(pages: readonly number[]): string {
  const ranges: [number, number][] = []
  for (const page of pages) {
    const last = ranges.at(-1)
    if (last && last[1] === page - 1) last[1] = page
    else ranges.push([page, page])
  }
  const texts = ranges.map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`))
  return `${pages.length === 1 ? 'page' : 'pages'} ${texts.join(', ')}`
}

function withoutText(name: string, { pages, unknownEncodings }: OpenPdf, broken: readonly number[]): CultivarError {
  if (unknownEncodings.size > 0) {
    return new CultivarError(
      'bad-file',
      `“${name}” has no text that can be read: its type is not in the file (${[...unknownEncodings].join(', ')}).`,
      'Open it in a PDF viewer and print it to a PDF again, which puts the type into it.',
    )
  }
  if (broken.length > 0) {
    return new CultivarError(
      'bad-file',
      `“${name}” is damaged: none of its ${pages} pages can be read.`,
      'Open it in a PDF viewer and save it anew.',
    )
  }
  return new CultivarError(
    'bad-file',
    `“${name}” has no text on its ${pages === 1 ? 'page' : `${pages} pages`}: it is scanned, or all drawing.`,
    'Recognise its text with an OCR program first (for example ocrmypdf), then add the file that makes.',
  )
}

function refused({ name }: DocumentFile, { refusal, message }: PdfNotOpened): CultivarError {
  if (refusal === 'locked') {
    return new CultivarError(
      'bad-file',
      `“${name}” is locked: give the password with --password.`,
      'Whoever made the file has set the password.',
    )
  }
  if (refusal === 'wrong password') {
    return new CultivarError(
      'bad-file',
      `“${name}” is locked, and not with this password.`,
      'Give the password that opens it in a PDF viewer with --password.',
    )
  }
  return new CultivarError(
    'bad-file',
    `“${name}” is damaged: ${message}`,
    'Open it in a PDF viewer and save it anew, or fetch it again.',
  )
}
