/** A workspace with something on every page: what the quickstart makes, a provider, documents, entities, long and strange content. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { importRecords } from '../../src/app/import-records.ts'
import { createProject } from '../../src/app/projects.ts'
import { addProvider } from '../../src/app/providers.ts'
import { compareWork, fitWork, injectWork, sampleWork } from '../../src/app/tables/table-works.ts'
import { openWorkspace, type Workspace } from '../../src/app/workspace.ts'
import { streamText } from '../../src/table-files/stream-text.ts'
import type { Declaration } from '../../src/tables/declare/declaration.ts'
import { openDeclaration } from '../../src/tables/declare/open-declaration.ts'
import { cultivar, examples } from '../e2e/command-line.ts'
import { temporaryFolder } from '../temporary-workspace.ts'

type Columns = Extract<Declaration, { columns: unknown }>['columns']
type Series = Extract<Declaration, { series: unknown }>['series']

/** Projects of it: `support` (grown by a run), `tickets` (a model, a suite, an improvement), `news` (entities), `manuals` (documents), `club` (tables), `strange`, `empty`. */
export async function demoWorkspace(providerUrl: string): Promise<string> {
  const parent = temporaryFolder()
  const folder = join(parent, 'cultivar-quickstart')
  const { code, stderr } = await cultivar(parent, ['quickstart'])
  if (code !== 0) throw new Error(stderr)
  const workspace = await openWorkspace({ cwd: folder, environment: {} })
  try {
    await createProject(workspace, { name: 'news', kind: 'entities', labels: ['PER', 'LOC', 'ORG'] })
    const news = join(parent, 'news.jsonl')
    writeFileSync(news, sentences.map(sentence => `${JSON.stringify(sentence)}\n`).join(''))
    await importRecords(workspace, { project: 'news', file: news })
    await createProject(workspace, { name: 'manuals', kind: 'records' })
    await createProject(workspace, { name: 'club', kind: 'records' })
    await addTables(workspace, parent)
    await createProject(workspace, { name: 'empty', labels: ['yes', 'no'] })
    await createProject(workspace, { name: 'strange', labels: strangeLabels })
    const strange = join(parent, 'strange.jsonl')
    writeFileSync(
      strange,
      strangeTexts.map((text, i) => `${JSON.stringify({ text, label: strangeLabels[i] })}\n`).join(''),
    )
    await importRecords(workspace, { project: 'strange', file: strange })
    await addProvider(workspace, {
      settings: {
        ...{ name: 'gpt', kind: 'openai-compatible', endpoint: providerUrl, model: 'scripted-1', jsonMode: 'schema' },
        ...{ inputUsdPerMillion: 0.4, outputUsdPerMillion: 1.6 },
      },
      projects: ['support', 'tickets', 'news', 'manuals'],
    })
  } finally {
    await workspace.close()
  }
  await cultivar(folder, ['suites', 'run', 'robust', '--model', 'tickets'])
  await cultivar(folder, ['documents', 'add', join(examples, 'documents'), '--project', 'manuals'])
  return folder
}

/** Models of a table, a wide one and a series, and one result of each kind: drawn, with faults, compared. */
async function addTables(workspace: Workspace, folder: string): Promise<void> {
  const write = async (name: string, declaration: Declaration, seed: number) => {
    const [source] = openDeclaration(declaration, { seed }).sources
    const file = join(folder, `${name}.csv`)
    writeFileSync(file, Buffer.concat(await Array.fromAsync(streamText(source!, 'csv'), part => Buffer.from(part))))
    return file
  }
  const real = await write('members', { name: 'members', rows: 400, columns: memberColumns }, 1)
  const others = await write('others', { name: 'members', rows: 300, columns: memberColumns }, 2)
  const wide = await write('wide', { name: 'wide', rows: 120, columns: wideColumns }, 3)
  const readings = await write('readings', { name: 'readings', series: plantSeries }, 4)
  const club = { project: 'club', read: {}, seed: 1 }
  const known = { constraints: [], columns: [], keys: [], privacy: {} }
  await fitWork(workspace, { ...club, ...known, name: 'members', files: [real] }, {})
  await fitWork(workspace, { ...club, ...known, name: longModelName, files: [wide], synthesizer: 'network' }, {})
  await fitWork(workspace, { ...club, ...known, name: 'readings', files: [readings], series: { time: 'time' } }, {})
  const where = "sport = 'rowing' and age > 60 and fee > 70"
  await sampleWork(workspace, { ...club, model: 'members', format: 'csv', rows: 300, where }, {})
  const faults = [{ kind: 'drift' as const, column: 'temperature', count: 2 }]
  await injectWork(workspace, { ...club, file: readings, time: 'time', faults }, {})
  const drawn = await write('drawn', { name: 'members', rows: 400, columns: memberColumns }, 5)
  await compareWork(workspace, { ...club, real, synthetic: drawn, holdout: others }, {})
}

export const longModelName = 'a-model-with-quite-a-long-name-that-somebody-gave-it.v2-final'

const memberColumns: Columns = {
  member: { id: 'C#####' },
  age: { distribution: 'triangular', min: 18, mode: 40, max: 90, decimals: 0 },
  sport: { values: { tennis: 5, rowing: 3, chess: 1 } },
  fee: { formula: "40 + age / 3 + if(sport = 'rowing', 25, 0) + normal(0, 4)", decimals: 2, missing: 0.1 },
  left: { formula: "if(fee > 75, 'yes', 'no')" },
  'a column whose name goes on for much longer than anybody would have thought': {
    values: ['a text that goes on for quite a while too, so that it is cut somewhere', '標籤'],
  },
}

const wideColumns: Columns = Object.fromEntries(
  Array.from({ length: 40 }, (_, at) => [
    `measurement_${at + 1}`,
    { distribution: 'normal', mean: at, sd: 1, decimals: 3 },
  ]),
)

const plantSeries: Series = {
  time: { start: '2026-01-01', interval: '10 min', readings: 300 },
  sensors: { temperature: { level: 40, noise: 1 }, pressure: { level: 3, noise: 0.1 } },
}

const sentences = [
  {
    text: 'Ada Lovelace met Charles Babbage in London.',
    spans: [
      [0, 12, 'PER'],
      [17, 32, 'PER'],
      [36, 42, 'LOC'],
    ],
  },
  {
    text: 'The Royal Society sent 👩🏽‍🔬 Marie Curie to Paris.',
    spans: [
      [4, 17, 'ORG'],
      [31, 42, 'PER'],
      [46, 51, 'LOC'],
    ],
  },
  {
    text: 'سافرت ليلى إلى القاهرة أمس.',
    spans: [
      [6, 10, 'PER'],
      [15, 22, 'LOC'],
    ],
  },
].map(({ text, spans }) => ({ text, label: spans }))

const strangeLabels = [
  ...Array.from({ length: 40 }, (_, i) => `label_number_${i + 1}`),
  'a label whose name goes on for much longer than anybody would ever have thought it could go on for',
  'تسمية',
  '標籤',
  '<script>alert(1)</script>',
]

const strangeTexts = [
  'x'.repeat(5000),
  'word '.repeat(4000),
  'line\n'.repeat(300),
  '<img src=x onerror="alert(1)"> <b>not bold</b>',
  'مرحبا بالعالم '.repeat(60),
  '👨‍👩‍👧‍👦🏳️‍🌈 e\u0301 \u202Egnp.exe',
  '',
  ' ',
  'https://example.org/'.padEnd(900, 'path/'),
].map(text => (text.trim() === '' ? 'short' : text))
