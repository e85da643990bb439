/** Records brought from files. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { allOf } from '../../test/all-of.ts'
import { temporaryFolder, temporaryWorkspace } from '../../test/temporary-workspace.ts'
import { type ImportOptions, importRecords } from './import-records.ts'
import { createProject } from './projects.ts'

async function importing(content: string | Uint8Array, name = 'faq.csv', settings: object = {}) {
  const workspace = await temporaryWorkspace()
  await createProject(workspace, { name: 'support', ...settings })
  const file = join(temporaryFolder(), name)
  writeFileSync(file, content)
  return {
    workspace,
    file,
    run: (options: Partial<ImportOptions> = {}) => importRecords(workspace, { project: 'support', file, ...options }),
    stored: () => allOf(workspace.store.streamRecords('support')),
  }
}

it('brings rows in their order, with the mapping it guessed', async () => {
  const { run, stored } = await importing('text,category\nwhere is it,lost\nhere it is,found\n')
  const report = await run({ tags: ['faq'] })
  expect(report).toMatchObject({
    added: 2,
    skipped: 0,
    badRows: 0,
    bad: [],
    columns: ['text → text', 'category → label'],
  })
  expect(await stored()).toMatchObject([
    {
      ...{
        position: 0,
        fields: { text: 'where is it' },
        labels: ['lost'],
        cell: 'lost',
        split: 'train',
        status: 'pending',
      },
      ...{ outcome: 'imported', source: 'faq.csv:1', tags: ['faq'], run: null },
    },
    { position: 1, fields: { text: 'here it is' }, labels: ['found'], source: 'faq.csv:2' },
  ])
})

it('adds nothing when the same file comes again, whatever it is called, and says so', async () => {
  const { run, stored, file, workspace } = await importing('text,label\na,x\na,x\nb,y\n')
  expect(await run()).toMatchObject({ added: 3, skipped: 0 })
  expect(await run()).toMatchObject({ added: 0, skipped: 3 })
  const copy = `${file}.copy.csv`
  writeFileSync(copy, 'text,label\na,x\na,x\nb,y\n')
  expect(await importRecords(workspace, { project: 'support', file: copy })).toMatchObject({ added: 0, skipped: 3 })
  expect(await stored()).toHaveLength(3)
  await createProject(workspace, { name: 'other' })
  expect(await importRecords(workspace, { project: 'other', file })).toMatchObject({ added: 3 })
})

it('goes on where an interrupted import stopped', async () => {
  const rows = Array.from({ length: 3500 }, (_, i) => `text number ${i},label ${i % 3}`)
  const { run, stored } = await importing(`text,label\n${rows.join('\n')}\n`)
  const stop = new Error('the process ended here')
  const stopped = run({
    observe: ({ added }) => {
      if (added >= 2000) throw stop
    },
  })
  await expect(stopped).rejects.toBe(stop)
  expect(await stored()).toHaveLength(2000)
  expect(await run()).toMatchObject({ added: 1500, skipped: 2000 })
  expect((await stored()).map(({ fields, position }) => [fields['text'], position])).toEqual(
    rows.map((_, i) => [`text number ${i}`, i]),
  )
})

it('takes the good rows and names row and column of the bad ones', async () => {
  const content = 'text,label\nfine,lost\n,lost\nfine too,losst\n"half,lost\n'
  const { run, stored } = await importing(content, 'faq.csv', { labels: ['lost', 'found'] })
  const report = await run()
  expect(report).toMatchObject({ added: 1, badRows: 3 })
  expect(report.bad.map(({ record, line, column }) => [record, line, column])).toEqual([
    [2, 3, 'text'],
    [3, 4, 'label'],
    [4, 5, 'text'],
  ])
  expect(report.bad[1]?.hint).toContain('lost')
  expect(await stored()).toHaveLength(1)
})

it('counts all bad rows and lists the first thousand', async () => {
  const { run } = await importing(`text,label\n${'x,wrong\n'.repeat(2500)}`, 'faq.csv', { labels: ['lost'] })
  const report = await run()
  expect(report).toMatchObject({ added: 0, badRows: 2500 })
  expect(report.bad).toHaveLength(1000)
})

it('stores nothing on a dry run and reports the same', async () => {
  const { run, stored } = await importing('text,label\na,x\n,y\nb,y\n')
  const rehearsed = await run({ dryRun: true })
  expect(await stored()).toEqual([])
  expect(await run()).toEqual(rehearsed)
})

it('obeys the user’s mapping, split and format', async () => {
  const { run, stored } = await importing('{"a":"long text here","b":"short","c":"12"}\n', 'faq.txt')
  await run({ format: 'jsonl', mapping: { text: 'b', labels: ['c'], fields: 'none' }, split: 'test' })
  expect(await stored()).toMatchObject([{ fields: { text: 'short' }, labels: ['12'], split: 'test', cell: '12' }])
})

it('keeps an id that a row brings beside its source', async () => {
  const { run, stored } = await importing('id,text,label\nq-17,where,lost\nq-18,here,found\n')
  await run()
  expect((await stored()).map(({ source }) => source)).toEqual(['faq.csv:1#q-17', 'faq.csv:2#q-18'])
})

it('counts entity records in the cell of their first entity', async () => {
  const row = { text: 'Ada met Bob', spans: [{ start: 0, end: 3, label: 'PERSON' }] }
  const { run, stored } = await importing(`${JSON.stringify(row)}\n`, 'people.jsonl', { kind: 'entities' })
  await run()
  expect(await stored()).toMatchObject([{ cell: 'PERSON', spans: [{ field: 'text', ...row.spans[0] }] }])
})

it.each([
  ['an empty file', ''],
  ['a binary file', Buffer.from(Array.from({ length: 3000 }, (_, i) => (i * 7) % 256))],
])('refuses %s', async (_, content) => {
  const { run } = await importing(content)
  await expect(run()).rejects.toMatchObject({ code: 'bad-file' })
})

it('refuses a missing file, a folder and an unknown project with what to do', async () => {
  const { run, workspace } = await importing('text\na\n')
  await expect(run({ file: '/nowhere/faq.csv' })).rejects.toMatchObject({ code: 'bad-file' })
  await expect(run({ file: workspace.folder, format: 'csv' })).rejects.toMatchObject({ code: 'bad-file' })
  await expect(run({ project: 'suport' })).rejects.toMatchObject({
    code: 'not-found',
    message: expect.stringContaining('did you mean “support”'),
  })
})

it('loses and doubles nothing, whatever the rows', async () => {
  const text = fc
    .string({ unit: 'grapheme', minLength: 1 })
    .filter(t => t.isWellFormed() && t.trim() !== '' && !t.includes('\0'))
  await fc.assert(
    fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 30 }), async texts => {
      const workspace = await temporaryWorkspace()
      await createProject(workspace, { name: 'p', kind: 'text' })
      const file = join(temporaryFolder(), 'rows.jsonl')
      writeFileSync(file, texts.map(text => JSON.stringify({ text })).join('\n'))
      expect(await importRecords(workspace, { project: 'p', file })).toMatchObject({ added: texts.length, badRows: 0 })
      const stored = await allOf(workspace.store.streamRecords('p'))
      expect(stored.map(({ fields }) => fields['text'])).toEqual(texts)
    }),
    { numRuns: 20 },
  )
})

it('finds the spans of a file whose first sentences have none', async () => {
  const plain = Array.from({ length: 250 }, (_, at) => `word${at} O\n`).join('\n')
  const { run, stored } = await importing(`${plain}\nAda B-PER\nran O\n`, 'late.conll', { kind: 'entities' })
  expect(await run()).toMatchObject({ added: 251, badRows: 0, mapping: { spans: 'spans' } })
  expect((await stored()).at(-1)).toMatchObject({ fields: { text: 'Ada ran' }, spans: [{ start: 0, end: 3 }] })
})

it('tells tasks in a JSON file from plain rows, unless somebody says what the columns are', async () => {
  const tasks = [{ id: 1, data: { text: 'where is it' }, annotations: [{ result: [] }] }]
  const { run, stored } = await importing(JSON.stringify(tasks), 'tasks.json')
  expect(await run({ dryRun: true, mapping: { text: null, labels: [] } })).toMatchObject({
    badRows: 0,
    mapping: { text: null },
  })
  const { notes } = await run()
  expect(notes[0]).toBe(
    'format: label-studio, because the file has “data” and “annotations” (--format json reads it as plain rows)',
  )
  expect(await stored()).toMatchObject([{ fields: { text: 'where is it' } }])
})

it('counts the offsets of tokens as it was told', async () => {
  for (const offsets of ['code-points', 'utf16'] as const) {
    const { run, stored } = await importing('😀 O\nAda B-PER\n', 'smile.conll', { kind: 'entities' })
    expect(await run({ mapping: { offsets } })).toMatchObject({ badRows: 0 })
    expect(await stored()).toMatchObject([{ fields: { text: '😀 Ada' }, spans: [{ start: 3, end: 6 }] }])
  }
})
