/** Records written to files and streams. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { allOf } from '../../test/all-of.ts'
import { calls, growTinyRun } from '../../test/grown-run.ts'
import { temporaryFolder, temporaryWorkspace } from '../../test/temporary-workspace.ts'
import { type ExportOptions, exportText, exportToFile } from './export-records.ts'
import { importRecords } from './import-records.ts'
import { createProject } from './projects.ts'

/** A project of three imported records and one grown from the first of them, whose run also left rejects. */
async function filled() {
  const workspace = await temporaryWorkspace()
  await createProject(workspace, { name: 'support' })
  const folder = temporaryFolder()
  const file = join(folder, 'seeds.csv')
  writeFileSync(file, 'text,label,split\n=1+1,sum,train\nzebra,found,test\nÄpfel,lost,train\n')
  await importRecords(workspace, { project: 'support', file })
  const [first] = await allOf(workspace.store.streamRecords('support'))
  const grown = await growTinyRun(workspace.runs, { project: 'support', seeds: [first!.id] })
  const text = async (options: Omit<ExportOptions, 'of'> & Partial<ExportOptions>) =>
    (await allOf(await exportText(workspace, { of: { project: 'support' }, ...options }))).join('')
  const rows = async (options: Parameters<typeof text>[0]) =>
    (await text(options))
      .split('\n')
      .filter(Boolean)
      .map(line => JSON.parse(line))
  return { workspace, folder, grown, first: first!, text, rows }
}

it('writes the dataset in its order, imported and grown alike, and nothing that was not kept', async () => {
  const { rows, text, grown } = await filled()
  expect((await rows({})).map(({ text }) => text)).toEqual(['=1+1', 'zebra', 'Äpfel', 'My card is gone'])
  expect((await rows({})).at(-1)).toEqual({
    ...{
      id: grown.kept,
      text: 'My card is gone',
      label: 'lost',
      tags: ['synthetic'],
      split: 'train',
      status: 'pending',
    },
  })
  expect(await text({})).toBe(await text({}))
})

it('leaves out what a person rejected, unless asked for it', async () => {
  const { rows, workspace, first } = await filled()
  await workspace.store.decide('support', [{ kind: 'reject', record: first.id }], 'ada', 1)
  expect(await rows({})).toHaveLength(3)
  expect((await rows({ statuses: ['rejected'] })).map(({ text }) => text)).toEqual(['=1+1'])
})

it('narrows by label, split and run', async () => {
  const { rows, grown } = await filled()
  expect((await rows({ labels: ['lost'] })).map(({ text }) => text)).toEqual(['Äpfel', 'My card is gone'])
  expect((await rows({ splits: ['test'] })).map(({ text }) => text)).toEqual(['zebra'])
  expect((await rows({ of: { run: 'aaaa' } })).map(({ id }) => id)).toEqual([grown.kept])
  const rejects = await rows({ of: { run: 'aaaa' }, rejects: true })
  expect(rejects.map(({ id }) => id)).toEqual([grown.rejected, grown.surplus])
})

it('says where each record came from if asked', async () => {
  const { rows, first, grown } = await filled()
  const [imported, , , kept] = await rows({ lineage: true })
  expect(imported.lineage).toMatchObject({ source: 'seeds.csv:1', run: null, call: null, verdicts: [] })
  expect(kept.lineage).toEqual({
    ...{ outcome: 'kept', source: null, run: 'aaaa000000', generator: 'few-shot', cell: 'lost', unit: 0, item: 0 },
    ...{ seeds: [first.id], call: calls.ask, provider: 'teacher', model: 'm1', tokens: 10, nanoUsd: 7 },
    verdicts: [{ critic: 'judge', pass: true, score: 3, reason: null }],
    ...{ edits: 0, reviewer: null },
  })
  expect(kept.id).toBe(grown.kept)
})

it('defuses formulas in CSV and gives every record every column, lineage included', async () => {
  const { text } = await filled()
  const [header, ...lines] = (await text({ format: 'csv', lineage: true })).split(/\r?\n/).filter(Boolean)
  expect(header).toMatch(/^id,text,label,.*lineage\.run/)
  expect(lines).toHaveLength(4)
  expect(lines[0]).toContain("'=1+1")
  expect(await text({ format: 'csv', defuseFormulas: false })).not.toContain("'=1+1")
})

it('comes back from its own export as it was', async () => {
  const { workspace, folder } = await filled()
  await createProject(workspace, { name: 'copy' })
  for (const name of ['all.jsonl', 'all.csv', 'all.json']) {
    const out = join(folder, name)
    await exportToFile(workspace, { of: { project: 'support' }, out, defuseFormulas: false })
    await importRecords(workspace, { project: 'copy', file: out })
  }
  const content = async (project: string) =>
    (await allOf(workspace.store.streamRecords(project))).map(({ fields, labels, split }) => ({
      fields,
      labels,
      split,
    }))
  const original = await content('support')
  expect(await content('copy')).toEqual([...original, ...original, ...original])
})

it('replaces a file whole or not at all', async () => {
  const { workspace, folder } = await filled()
  const out = join(folder, 'out.jsonl')
  writeFileSync(out, 'what was there')
  const broken = { ...workspace, store: { ...workspace.store, streamRecords: breaking } }
  await expect(exportToFile(broken, { of: { project: 'support' }, out })).rejects.toThrow('disk gone')
  expect(readFileSync(out, 'utf8')).toBe('what was there')
  expect(await exportToFile(workspace, { of: { project: 'support' }, out })).toEqual({
    file: out,
    records: 4,
    notes: [],
  })
  expect(readFileSync(out, 'utf8').split('\n').filter(Boolean)).toHaveLength(4)
  expect(readdirSync(folder).toSorted()).toEqual(['out.jsonl', 'seeds.csv'])

  async function* breaking(...args: Parameters<typeof workspace.store.streamRecords>) {
    for await (const record of workspace.store.streamRecords(...args)) {
      yield record
      if (record.position === 1) throw new Error('disk gone')
    }
  }
})

it('says what is wrong with a place or a name', async () => {
  const { workspace, folder, text } = await filled()
  mkdirSync(join(folder, 'taken.csv'))
  const exporting = (out: string) => exportToFile(workspace, { of: { project: 'support' }, out })
  await expect(exporting(join(folder, 'taken.csv'))).rejects.toMatchObject({ code: 'bad-input' })
  await expect(exporting(join(folder, 'no', 'such.csv'))).rejects.toMatchObject({ code: 'bad-input' })
  await expect(exporting(join(folder, 'out.xls'))).rejects.toMatchObject({ code: 'bad-input' })
  expect(readdirSync(folder).toSorted()).toEqual(['seeds.csv', 'taken.csv'])
  await expect(text({ of: { project: 'nobody' } })).rejects.toMatchObject({ code: 'not-found' })
  await expect(text({ of: { run: 'ffff' } })).rejects.toMatchObject({ code: 'not-found' })
  await expect(text({ rejects: true })).rejects.toMatchObject({ code: 'bad-input' })
})

it('says what the format could not hold, and lays a second file beside where the next tool needs one', async () => {
  const { workspace, folder } = await filled()
  const of = { project: 'support' }
  const plain = await exportToFile(workspace, { of, out: join(folder, 'all.conll') })
  expect(plain.notes).toEqual([
    'Not written: labels, which conll cannot hold (4 records)',
    'Not written: the split, which conll cannot hold (1 record)',
    'Not written: tags, which conll cannot hold (1 record)',
  ])
  expect(plain.beside).toBeUndefined()
  const tasks = await exportToFile(workspace, { of, format: 'label-studio', out: join(folder, 'tasks.json') })
  expect(tasks).toMatchObject({ notes: [], beside: join(folder, 'tasks.config.xml') })
  expect(readFileSync(tasks.beside!, 'utf8')).toContain('<Choice value="found"/>')
})
