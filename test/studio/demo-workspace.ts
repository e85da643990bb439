/** A workspace with something on every page: what the quickstart makes, a provider, documents, entities, long and strange content. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { importRecords } from '../../src/app/import-records.ts'
import { createProject } from '../../src/app/projects.ts'
import { addProvider } from '../../src/app/providers.ts'
import { openWorkspace } from '../../src/app/workspace.ts'
import { cultivar, examples } from '../e2e/command-line.ts'
import { temporaryFolder } from '../temporary-workspace.ts'

/** Projects of it: `support` (grown by a run), `tickets` (a model, a suite, an improvement), `news` (entities), `manuals` (documents), `strange`, `empty`. */
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
