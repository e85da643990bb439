/** Dataset folders for Hugging Face: a file a split, and a card whose head names them. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { parse } from 'yaml'
import { allOf } from '../../test/all-of.ts'
import { growTinyRun } from '../../test/grown-run.ts'
import { temporaryFolder, temporaryWorkspace } from '../../test/temporary-workspace.ts'
import { exportHuggingFace } from './export-hugging-face.ts'
import { importRecords } from './import-records.ts'
import { createProject } from './projects.ts'

async function filled(kind = 'classification') {
  const workspace = await temporaryWorkspace()
  await createProject(workspace, { name: 'support', kind })
  const folder = temporaryFolder()
  const add = (name: string, text: string) => {
    writeFileSync(join(folder, name), text)
    return importRecords(workspace, { project: 'support', file: join(folder, name) })
  }
  const out = join(folder, 'hub')
  const head = () => parse(readFileSync(join(out, 'README.md'), 'utf8').split('---')[1]!)
  const rows = (split: string) =>
    readFileSync(join(out, 'data', `${split}-00000-of-00001.jsonl`), 'utf8')
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line))
  return { workspace, add, out, head, rows }
}

const german = 'Meine Karte ist gestern verloren gegangen und ich brauche bitte schnell eine neue.'
const english = 'My card was lost yesterday, and I would like to have another one quickly, please.'

it('writes each split to a file, and a card whose head names them', async () => {
  const { workspace, add, out, head, rows } = await filled()
  await add('a.csv', `text,label,split\n"${english}",lost,train\n"${german}",lost,test\n`)
  await growTinyRun(workspace.runs, { project: 'support' })
  const written = await exportHuggingFace(workspace, { of: { project: 'support' }, out, license: 'cc-by-4.0' })
  const files = ['data/train-00000-of-00001.jsonl', 'data/test-00000-of-00001.jsonl']
  expect(written).toEqual({
    folder: out,
    records: 3,
    files: [...files, 'README.md'],
    languages: ['en', 'de'],
    notes: [],
  })
  expect(rows('train').map(({ text }) => text)).toEqual([english, 'My card is gone'])
  expect(rows('test').map(({ text }) => text)).toEqual([german])
  expect(head()).toEqual({
    ...{ pretty_name: 'support', license: 'cc-by-4.0', language: ['en', 'de'], tags: ['synthetic', 'cultivar'] },
    ...{ task_categories: ['text-classification'], size_categories: ['n<1K'] },
    configs: [
      {
        config_name: 'default',
        data_files: [
          { split: 'train', path: files[0] },
          { split: 'test', path: files[1] },
        ],
      },
    ],
    dataset_info: {
      features: [
        { name: 'id', dtype: 'string' },
        { name: 'text', dtype: 'string' },
        { name: 'label', dtype: { class_label: { names: { 0: 'lost' } } } },
        { name: 'tags', sequence: 'string' },
        { name: 'split', dtype: 'string' },
        { name: 'status', dtype: 'string' },
      ],
    },
  })
  const text = readFileSync(join(out, 'README.md'), 'utf8')
  expect(text).toContain('## What to know before using it')
  expect(text).toContain('load_dataset("hub")')
})

it('says what is not known of licence and language, and nothing of splits there are none of', async () => {
  const { workspace, add, out, head } = await filled('records')
  await add('a.csv', 'question,answer\n1+1?,2\n')
  await exportHuggingFace(workspace, { of: { project: 'support' }, out })
  expect(head()).toMatchObject({ license: 'unknown', task_categories: ['question-answering'] })
  expect(head().language).toBeUndefined()
  await exportHuggingFace(workspace, { of: { project: 'support' }, out, languages: ['la'] })
  expect(head().language).toEqual(['la'])
})

it('removes the file of a split that has no records any more, and nothing else', async () => {
  const { workspace, add, out, head } = await filled()
  await add('a.csv', `text,label,split\n${english.replaceAll(',', '')},lost,train\nHeld,lost,test\n`)
  const of = { project: 'support' }
  await exportHuggingFace(workspace, { of, out })
  writeFileSync(join(out, 'data', 'notes.txt'), 'mine')
  await exportHuggingFace(workspace, { of, out, splits: ['train'] })
  expect(readdirSync(join(out, 'data')).sort()).toEqual(['notes.txt', 'train-00000-of-00001.jsonl'])
  expect(head().configs[0].data_files).toHaveLength(1)
  expect(readFileSync(join(out, 'README.md'), 'utf8')).toContain('a part of the dataset: split train')
})

it('writes a card for a dataset without records', async () => {
  const { workspace, out, head } = await filled()
  await exportHuggingFace(workspace, { of: { project: 'support' }, out })
  expect(existsSync(join(out, 'data', 'train-00000-of-00001.jsonl'))).toBe(false)
  expect(head().configs).toBeUndefined()
})

it('says when the folder cannot be made', async () => {
  const { workspace, out } = await filled()
  writeFileSync(out, 'a file')
  await expect(exportHuggingFace(workspace, { of: { project: 'support' }, out })).rejects.toMatchObject({
    code: 'bad-input',
    hint: expect.stringContaining('--out'),
  })
})

const people = [
  {
    text: 'Ada Lovelace met Bob.',
    spans: [
      { start: 0, end: 12, label: 'PER' },
      { start: 17, end: 20, label: 'PER' },
    ],
    split: 'train',
  },
  { text: 'In 東京 😀 today', spans: [{ start: 3, end: 5, label: 'LOC' }], split: 'test', note: 'x' },
  { text: 'Nobody  here', split: 'test' },
]

it('writes entities as tokens and numbered tags, in one order over all splits, and brings them back whole', async () => {
  const { workspace, add, out, head, rows } = await filled('entities')
  await add('a.jsonl', people.map(row => JSON.stringify(row)).join('\n'))
  await exportHuggingFace(workspace, { of: { project: 'support' }, out })
  const names = { 0: 'O', 1: 'B-LOC', 2: 'I-LOC', 3: 'B-PER', 4: 'I-PER' }
  expect(head().dataset_info.features).toContainEqual({ name: 'ner_tags', sequence: { class_label: { names } } })
  expect(rows('train')[0]).toMatchObject({ tokens: ['Ada', 'Lovelace', 'met', 'Bob', '.'], ner_tags: [3, 4, 0, 3, 0] })
  expect(rows('test')[0]).toMatchObject({ tokens: ['In', '東', '京', '😀', 'today'], ner_tags: [0, 1, 2, 0, 0] })

  await createProject(workspace, { name: 'again', kind: 'entities' })
  const report = await importRecords(workspace, { project: 'again', file: out })
  expect(report).toMatchObject({ added: 3, badRows: 0 })
  const content = async (project: string) =>
    (await allOf(workspace.store.streamRecords(project))).map(({ fields, spans, split }) => ({ fields, spans, split }))
  expect(await content('again')).toEqual(await content('support'))
})

it('reads the numbers of a folder by the names on its card, and nothing outside of the folder', async () => {
  const { workspace, out } = await filled('entities')
  mkdirSync(join(out, 'data'), { recursive: true })
  const card = (path: string) =>
    writeFileSync(
      join(out, 'README.md'),
      `---
configs:
  - {config_name: other, data_files: nothing.jsonl}
  - {config_name: default, data_files: [{split: train, path: "${path}"}, {split: validation, path: [data/val.jsonl]}]}
dataset_info:
  - {config_name: other, features: []}
  - config_name: default
    features:
      - {name: tokens, sequence: string}
      - {name: ner_tags, sequence: {class_label: {names: {'0': O, '1': B-PER, '2': I-PER}}}}
---
`,
    )
  card('data/tr*.jsonl')
  writeFileSync(
    join(out, 'data', 'train.jsonl'),
    '{"tokens":["Ada","Love","ran"],"ner_tags":[1,2,0]}\n{"tokens":["x"],"ner_tags":[7]}',
  )
  writeFileSync(join(out, 'data', 'val.jsonl'), '{"tokens":["Bob"],"ner_tags":[1]}')
  writeFileSync(join(out, '..', 'secret.jsonl'), '{"tokens":["secret"],"ner_tags":[0]}')
  const report = await importRecords(workspace, { project: 'support', file: out })
  expect(report).toMatchObject({
    added: 2,
    badRows: 1,
    bad: [{ column: 'ner_tags', message: expect.stringContaining('7') }],
  })
  expect(await allOf(workspace.store.streamRecords('support'))).toMatchObject([
    { fields: { text: 'Ada Love ran' }, spans: [{ start: 0, end: 8, label: 'PER' }], split: 'train' },
    { fields: { text: 'Bob' }, split: 'validation' },
  ])
  card('../secret.jsonl')
  await importRecords(workspace, { project: 'support', file: out })
  expect(JSON.stringify(await allOf(workspace.store.streamRecords('support')))).not.toContain('secret')
})

it('says that Parquet is not read', async () => {
  const { workspace, out } = await filled('entities')
  mkdirSync(out)
  writeFileSync(join(out, 'train.parquet'), 'PAR1')
  await expect(importRecords(workspace, { project: 'support', file: out })).rejects.toMatchObject({
    code: 'bad-file',
    hint: expect.stringContaining('to_json'),
  })
})

it('does not describe columns of several kinds, and says so', async () => {
  const { workspace, add, out, head } = await filled()
  await add('a.jsonl', '{"text":"a","label":"x","size":1}\n{"text":"b","label":"x","size":"big"}')
  const { notes } = await exportHuggingFace(workspace, { of: { project: 'support' }, out })
  expect(head().dataset_info).toBeUndefined()
  expect(notes.join()).toContain('size')
})
