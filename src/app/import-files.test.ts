/** Several files brought at once, looked at first and then imported. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { temporaryFolder, temporaryWorkspace } from '../../test/temporary-workspace.ts'
import { importFiles } from './import-files.ts'
import { peekImport } from './peek-import.ts'
import { createProject, requireProject } from './projects.ts'

/** As uploads lie: each in a folder of its own. */
function uploaded(files: Record<string, string>): string[] {
  const folder = temporaryFolder()
  return Object.entries(files).map(([name, text], at) => {
    mkdirSync(join(folder, String(at)))
    const path = join(folder, String(at), name)
    writeFileSync(path, text)
    return path
  })
}

it('shows each column with its role, and the records as an import then stores them', async () => {
  const workspace = await temporaryWorkspace()
  await createProject(workspace, { name: 'shop', labels: ['refund'] })
  const files = uploaded({
    'a.csv': 'nr,body,topic\n1,Where is my money?,refund\n2,,refund\n3,It leaks badly.,damage\n',
  })
  const peek = await peekImport(workspace, { project: 'shop', files })
  expect(peek.columns.map(({ name, role }) => [name, role])).toEqual([
    ['nr', 'field'],
    ['body', 'text'],
    ['topic', 'label'],
  ])
  expect(peek).toMatchObject({ format: 'csv', rows: 2, badRows: 1, more: false, newLabels: ['damage'] })
  expect(peek.bad[0]).toMatchObject({ record: 2, line: 3, column: 'body' })
  const refusing = await importFiles(workspace, { project: 'shop', files, mapping: { fields: 'none' } })
  expect(refusing).toMatchObject({ added: 1, badRows: 2 })
  const adding = await importFiles(workspace, { project: 'shop', files, mapping: { fields: 'none' }, newLabels: 'add' })
  expect(adding).toMatchObject({ added: 1, skipped: 1, badRows: 1 })
  expect((await requireProject(workspace, 'shop')).project.labels).toEqual(['refund', 'damage'])
  const stored = await Array.fromAsync(workspace.store.streamRecords('shop'))
  expect(stored.map(({ fields, labels }) => [fields, labels])).toEqual(
    peek.records.map(({ fields, labels }) => [{ text: fields['text'] }, labels]),
  )
})

it('asks which column is the text where none looks like one, instead of refusing the file', async () => {
  const workspace = await temporaryWorkspace()
  await createProject(workspace, { name: 'shop' })
  const files = uploaded({ 'a.csv': 'x,y\n1,2\n3,4\n' })
  const peek = await peekImport(workspace, { project: 'shop', files })
  expect(peek).toMatchObject({ lacksText: true, mapping: { text: null } })
  const said = await peekImport(workspace, { project: 'shop', files, format: 'csv', mapping: { text: 'x' } })
  expect(said).toMatchObject({ lacksText: false, mapping: { text: 'x' } })
})

it('takes files that a README describes as one dataset, each into its split', async () => {
  const workspace = await temporaryWorkspace()
  await createProject(workspace, { name: 'shop' })
  const files = uploaded({
    'README.md':
      '---\nconfigs:\n- config_name: default\n  data_files:\n  - split: train\n    path: data/train.jsonl\n  - split: test\n    path: data/test.jsonl\ndataset_info:\n  features:\n  - name: label\n    dtype:\n      class_label:\n        names: {0: no, 1: yes}\n---\n',
    'train.jsonl': '{"text":"A long enough text","label":1}\n',
    'test.jsonl': '{"text":"Another text of it","label":0}\n',
  })
  const peek = await peekImport(workspace, { project: 'shop', files })
  expect(peek).toMatchObject({ format: 'hugging-face', files: ['train.jsonl', 'test.jsonl'], rows: 1 })
  expect(peek.records[0]!.labels).toEqual(['yes'])
  expect(await importFiles(workspace, { project: 'shop', files })).toMatchObject({ added: 2 })
  const stored = await Array.fromAsync(workspace.store.streamRecords('shop'))
  expect(stored.map(({ split, labels }) => [split, labels])).toEqual([
    ['train', ['yes']],
    ['test', ['no']],
  ])
})

it('imports other files one after another, and bad rows name theirs', async () => {
  const workspace = await temporaryWorkspace()
  await createProject(workspace, { name: 'shop' })
  const files = uploaded({ 'a.csv': 'text\nOne text of it\n', 'b.csv': 'text,n\nTwo texts of it,1\n,2\n' })
  const seen: number[] = []
  const report = await importFiles(workspace, { project: 'shop', files, observe: ({ bytes }) => seen.push(bytes) })
  expect(report).toMatchObject({ added: 2, badRows: 1 })
  expect(report.bad[0]!.message).toMatch(/^b\.csv: /)
  expect(seen.at(-1)).toBe(20 + 28)
})
