/** Dataset folders for Hugging Face: a file a split, and a card whose head names them. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { parse } from 'yaml'
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
  expect(written).toEqual({ folder: out, records: 3, files: [...files, 'README.md'], languages: ['en', 'de'] })
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
