/** Decisions in a workspace: on what is named or chosen, checked against the project, seen in lineage and exports. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { allOf } from '../../test/all-of.ts'
import { growTinyRun } from '../../test/grown-run.ts'
import { temporaryFolder, temporaryWorkspace } from '../../test/temporary-workspace.ts'
import { decide, recordsByFilter, recordsByIds, takeBack, whoDecides } from './decide.ts'
import { decisionsFromJson, editsOf, recordAsJson } from './edit-record.ts'
import { exportText } from './export-records.ts'
import { importRecords } from './import-records.ts'
import { lineageOf } from './lineage.ts'
import { createProject } from './projects.ts'
import { buildReport } from './report/report.ts'
import { reportText } from './report/report-text.ts'

async function filled(kind: 'classification' | 'entities' = 'classification') {
  const workspace = await temporaryWorkspace()
  await createProject(workspace, {
    name: 'support',
    kind,
    labels: kind === 'entities' ? ['LOC', 'PER'] : ['lost', 'found'],
  })
  const file = join(temporaryFolder(), 'a.jsonl')
  const rows = ['Ada lives in Paris', 'Bo went to Rome', 'nobody'].map(text => ({ text, label: 'lost' }))
  writeFileSync(file, rows.map(row => JSON.stringify(row)).join('\n'))
  await importRecords(workspace, { project: 'support', file })
  const grown = await growTinyRun(workspace.runs, { project: 'support' })
  const records = await allOf(workspace.store.streamRecords('support'))
  return { workspace, grown, records, ids: records.map(({ id }) => id) }
}

it('are made on records named by the beginning of their id, or chosen together', async () => {
  const { workspace, ids, grown } = await filled()
  expect(await recordsByIds(workspace, [ids[0]!.slice(0, 10), ids[0]!])).toEqual({
    project: 'support',
    records: [ids[0]],
  })
  expect(await recordsByFilter(workspace, { run: 'aaaa' })).toEqual({ project: 'support', records: [grown.kept] })
  expect(await recordsByFilter(workspace, { project: 'support', tags: ['synthetic'] })).toMatchObject({
    records: [grown.kept],
  })
  expect(await recordsByFilter(workspace, { project: 'support', outcomes: ['imported'] })).toMatchObject({
    records: ids.slice(0, 3),
  })
  await createProject(workspace, { name: 'other' })
  const file = join(temporaryFolder(), 'other.csv')
  writeFileSync(file, 'text\nsomething else\n')
  await importRecords(workspace, { project: 'other', file })
  const [elsewhere] = await allOf(workspace.store.streamRecords('other'))
  await expect(recordsByIds(workspace, [ids[0]!, elsewhere!.id])).rejects.toMatchObject({ code: 'bad-input' })
  await expect(recordsByIds(workspace, ['zzz'])).rejects.toMatchObject({ code: 'not-found' })
  await expect(recordsByIds(workspace, [])).rejects.toMatchObject({ code: 'bad-input' })
})

it('keep to a closed label list, and say which label was meant', async () => {
  const { workspace, ids } = await filled()
  const relabel = (label: string) =>
    decide(workspace, 'support', [{ kind: 'relabel', record: ids[0]!, labels: [label] }], 'ada')
  await expect(relabel('fuond')).rejects.toMatchObject({ message: expect.stringContaining('did you mean “found”') })
  await expect(relabel(' ')).rejects.toMatchObject({ code: 'bad-input' })
  expect(await relabel('found')).toMatchObject({ decided: 1, records: 1, first: 1, last: 1, unchanged: 0 })
  expect(await relabel('found')).toMatchObject({ decided: 0, first: null, unchanged: 1 })
  const entities = await filled('entities')
  const [record] = entities.records
  const mark = (text: string) =>
    decide(entities.workspace, 'support', editsOf(record!, [{ field: 'text', text, marked: true }]), 'ada')
  await expect(mark('[[LOK: Paris]]')).rejects.toMatchObject({ message: expect.stringContaining('did you mean “LOC”') })
  await mark('[[PER: Ada]] lives in [[LOC: Paris]]')
  expect((await entities.workspace.store.recordsById([record!.id]))[0]!.spans.map(({ label }) => label)).toEqual([
    'PER',
    'LOC',
  ])
})

it('are part of the lineage, whole, and of an export in short', async () => {
  const { workspace, ids } = await filled()
  const [id] = ids as [string]
  await decide(workspace, 'support', [{ kind: 'edit', record: id, fields: { text: 'Ada left Paris' } }], 'ada')
  await decide(workspace, 'support', [{ kind: 'accept', record: id }], 'bo')
  await decide(workspace, 'support', [{ kind: 'tag', record: id, tag: 'x' }], 'cy')
  await takeBack(workspace, 'support', { last: 1 }, 'cy')
  const { decisions } = await lineageOf(workspace, id)
  expect(decisions.map(({ kind, who, undone }) => [kind, who, undone])).toEqual([
    ['edit', 'ada', null],
    ['accept', 'bo', null],
    ['tag', 'cy', 4],
    ['undo', 'cy', null],
  ])
  expect(decisions[0]).toMatchObject({
    before: { content: { fields: { text: 'Ada lives in Paris' } } },
    after: { content: { fields: { text: 'Ada left Paris' } } },
    atMs: expect.any(Number),
  })
  const lines = (await allOf(await exportText(workspace, { of: { project: 'support' }, lineage: true })))
    .join('')
    .split('\n')
  expect(JSON.parse(lines[0]!)).toMatchObject({
    text: 'Ada left Paris',
    status: 'accepted',
    lineage: { edits: 1, reviewer: 'bo' },
  })
  expect(JSON.parse(lines[1]!)).toMatchObject({ lineage: { edits: 0, reviewer: null } })
})

it('bring restored records into exports, marked as such, and count them apart in the report', async () => {
  const { workspace, grown } = await filled()
  await decide(workspace, 'support', [{ kind: 'restore', record: grown.surplus }], 'ada')
  const rows = (await allOf(await exportText(workspace, { of: { run: 'aaaa' }, lineage: true })))
    .join('')
    .trim()
    .split('\n')
  expect(rows.map(row => JSON.parse(row).lineage.outcome)).toEqual(['kept', 'restored'])
  const report = await buildReport(workspace, 'aaaa')
  expect(report.funnel).toMatchObject({ proposed: 3, kept: 1, restored: 1 })
  expect(reportText(report)).toContain('1 of the others restored by a person since')
})

it('are made of what was written in an editor, and only of what was changed there', async () => {
  const { workspace, records } = await filled()
  const [record] = records as [(typeof records)[0]]
  const shown = recordAsJson(record, false)
  expect(decisionsFromJson(record, shown, false)).toEqual([])
  const written = JSON.stringify({ fields: { text: 'Ada', note: 7 }, labels: ['found'] })
  await decide(workspace, 'support', decisionsFromJson(record, written, false), 'ada')
  expect(await workspace.store.recordsById([record.id])).toMatchObject([
    { fields: { text: 'Ada', note: 7 }, labels: ['found'] },
  ])
  for (const broken of ['{', '[]', '{"fields":{},"labels":[]}', '{"fields":{"text":"a"}}'])
    expect(() => decisionsFromJson(record, broken, false)).toThrow(expect.objectContaining({ code: 'bad-input' }))
})

it('read values as JSON only where a field holds no text', async () => {
  const { records } = await filled()
  const record = { ...records[0]!, fields: { text: 'a', size: 3 } }
  const edit = (field: string, text: string) => editsOf(record, [{ field, text, marked: false }])
  expect(edit('text', '5')).toMatchObject([{ fields: { text: '5' } }])
  expect(edit('size', '5')).toMatchObject([{ fields: { size: 5 } }])
  expect(edit('size', 'five')).toMatchObject([{ fields: { size: 'five' } }])
  expect(() => edit('txt', 'a')).toThrow(/did you mean “text”/)
  expect(() => editsOf(record, [{ field: 'text', text: 'a [[b', marked: true }])).toThrow(/cannot be read/)
})

it('are signed with the name given, else the environment’s', () => {
  expect(whoDecides({ USER: 'ada' }, 'bo')).toBe('bo')
  expect(whoDecides({ USER: ' ', USERNAME: 'cy' })).toBe('cy')
  expect(whoDecides({})).toBe('someone')
})
