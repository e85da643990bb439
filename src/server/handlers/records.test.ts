/** The endpoints of records in a workspace: what a screen asks for and gets, from a page to a decision on all that fits. */
import { expect, it, onTestFinished } from 'vitest'
import { z } from 'zod'
import { growTinyRun } from '../../../test/grown-run.ts'
import { temporaryWorkspace } from '../../../test/temporary-workspace.ts'
import { decide as decideThere } from '../../app/decide.ts'
import { createProject } from '../../app/projects.ts'
import type { Answered, Sent } from '../../model/api/endpoint.ts'
import type { Job } from '../../model/api/jobs.ts'
import { recordEndpoints } from '../../model/api/records.ts'
import { CultivarError } from '../../model/error.ts'
import type { Context } from '../handler.ts'
import { openJobs } from '../jobs.ts'
import { recordHandlers } from './records.ts'

type Table = typeof recordEndpoints
const params = { project: 'support' }

/** Thirty records of the labels lost and found, and a run of one kept, one rejected, one surplus. */
async function studio() {
  const workspace = await temporaryWorkspace()
  await createProject(workspace, { name: 'support', labels: ['lost', 'found'] })
  const records = Array.from({ length: 30 }, (_, i) => ({
    ...{ id: `r${i}`, fields: { text: `text ${i}` }, labels: [i % 3 === 0 ? 'lost' : 'found'], spans: [], tags: [] },
    ...{ split: 'train' as const, status: 'pending' as const, cell: '', source: `f.csv:${i}` },
  }))
  await workspace.store.addRecords('support', records, 1)
  const grown = await growTinyRun(workspace.runs, { project: 'support', seeds: ['r0'] })
  const jobs = openJobs(workspace.clock, error => {
    throw error
  })
  onTestFinished(() => jobs.close())
  const context = { workspace, jobs, person: { name: 'ada', role: 'reviewer' } } as Partial<Context> as Context

  /** As the server does: input and answer go through their schemas. */
  const call = async <N extends keyof Table>(name: N, sent: Sent<Table[N]>): Promise<Answered<Table[N]>> => {
    const endpoint: { [part in 'params' | 'query' | 'body' | 'out']?: z.ZodType } = recordEndpoints[name]
    const given = JSON.parse(JSON.stringify(sent))
    const part = (of: 'params' | 'query' | 'body') => endpoint[of]?.parse(given[of] ?? {})
    const work = recordHandlers[name] as (context: Context, received: unknown) => Promise<unknown>
    const answer = await work(context, { params: part('params'), query: part('query'), body: part('body') })
    return z.json().parse(JSON.parse(JSON.stringify(endpoint.out?.parse(answer)))) as Answered<Table[N]>
  }
  const ended = async ({ id }: Job) => {
    let last: Job | undefined
    for await (const job of jobs.watch(id, new AbortController().signal)) last = job
    return last!
  }
  return { workspace, grown, call, ended }
}

it('gives pages, counts, and what there is to search by', async () => {
  const { call } = await studio()
  const query = { label: ['lost'], limit: 4 }
  const first = await call('listRecords', { params, query })
  expect(first.records.map(({ id, version }) => [id, version])).toEqual([0, 3, 6, 9].map(i => [`r${i}`, 0]))
  expect(first).toMatchObject({ next: 9, more: true, from: 0 })
  const second = await call('listRecords', { params, query: { ...query, after: first.next!, from: '2' } })
  expect(second.records.map(({ id }) => id)).toEqual(['r18', 'r21', 'r24', 'r27'])
  expect(await call('countRecords', { params, query: { label: ['lost'] } })).toEqual({
    count: 11,
    exact: true,
    next: null,
  })
  expect(await call('countRecords', { params, query: { search: 'TEXT 2', after: '19' } })).toMatchObject({ count: 10 })
  expect(await call('recordFacets', { params })).toEqual({
    labels: [
      { name: 'found', count: 20 },
      { name: 'lost', count: 11 },
    ],
    tags: [{ name: 'synthetic', count: 1 }],
    runs: [{ run: 'aaaa000000', generator: 'few-shot', count: 1, createdMs: 1000 }],
    critics: ['judge'],
    exact: true,
  })
  await expect(call('listRecords', { params: { project: 'suport' }, query: {} })).rejects.toMatchObject({
    code: 'not-found',
  })
})

it('stores a decision under the name of whoever is signed in, and shows what became of the record', async () => {
  const { call } = await studio()
  const edit = { kind: 'edit' as const, record: 'r1', fields: { text: 'Ada' } }
  const spans = [{ field: 'text', start: 0, end: 3, label: 'PER' }]
  const decided = await call('decide', { params, body: { decisions: [{ ...edit, spans }], seen: { r1: 0 } } })
  expect(decided).toMatchObject({
    decided: 1,
    unchanged: 0,
    first: 1,
    last: 1,
    records: [{ fields: edit.fields, spans, version: 1 }],
  })
  const { decisions } = await call('recordLineage', { params: { record: 'r1' } })
  expect(decisions).toMatchObject([{ sequence: 1, kind: 'edit', who: 'ada', undone: null }])
  for (const wrong of [{ start: 2, end: 4 }, { start: 1, end: 1 }, { field: 'other' }]) {
    const body = { decisions: [{ ...edit, spans: [{ ...spans[0]!, ...wrong }] }] }
    await expect(call('decide', { params, body })).rejects.toThrow('a span must stand in a text among these fields')
  }
})

it('tells the later of two windows, with the record as it is now', async () => {
  const { call, workspace } = await studio()
  await decideThere(workspace, 'support', [{ kind: 'tag', record: 'r1', tag: 'odd' }], 'bo')
  const accept = (record: string) => ({ kind: 'accept' as const, record })
  const body = { decisions: [accept('r0'), accept('r1')], seen: { r0: 0, r1: 0 } }
  const refusal = await call('decide', { params, body }).catch((error: CultivarError) => error)
  expect(refusal).toBeInstanceOf(CultivarError)
  expect(refusal).toMatchObject({
    code: 'record-changed',
    details: { records: [{ id: 'r1', tags: ['odd'], version: 1 }] },
  })
  expect((await call('showRecord', { params: { record: 'r0' } })).status).toBe('pending')
  expect(await call('decide', { params, body: { ...body, seen: { r0: 0, r1: 1 } } })).toMatchObject({ decided: 2 })
})

it('takes back one’s own last decisions, and gives the records as they are then', async () => {
  const { call, workspace } = await studio()
  await call('decide', { params, body: { decisions: [{ kind: 'reject', record: 'r1' }] } })
  await decideThere(workspace, 'support', [{ kind: 'reject', record: 'r2' }], 'bo')
  const undone = await call('undo', { params, body: { last: 5 } })
  expect(undone).toMatchObject({
    undone: 1,
    decisions: [{ sequence: 1, undone: 3 }],
    records: [{ id: 'r1', status: 'pending', version: 3 }],
  })
  expect((await call('undo', { params, body: { sequences: [2] } })).records).toMatchObject([
    { id: 'r2', status: 'pending' },
  ])
  await expect(call('undo', { params, body: { last: 5 } })).rejects.toMatchObject({ code: 'not-found' })
})

it('decides the same on all that fit, and takes it back but where somebody decided since', async () => {
  const { call, ended, workspace } = await studio()
  await decideThere(workspace, 'support', [{ kind: 'reject', record: 'r3' }], 'bo')
  const reject = { filter: { label: ['lost'] }, decision: { kind: 'reject' as const } }
  const job = await ended(await call('decideAll', { params, body: reject }))
  expect(job).toMatchObject({
    state: 'done',
    done: 11,
    total: 11,
    result: { decided: 10, unchanged: 1, first: 2, last: 11 },
  })
  const rejected = { params, query: { status: ['rejected' as const] } }
  expect((await call('countRecords', rejected)).count).toBe(11)
  await decideThere(workspace, 'support', [{ kind: 'accept', record: 'r6' }], 'bo')
  const back = await ended(await call('undoAll', { params, body: { first: 1, last: 11 } }))
  expect(back).toMatchObject({ state: 'done', result: { undone: 9, kept: 1 } })
  expect((await call('listRecords', rejected)).records.map(({ id }) => id)).toEqual(['r3'])
  expect((await call('showRecord', { params: { record: 'r6' } })).status).toBe('accepted')

  const foreign = { filter: {}, decision: { kind: 'relabel' as const, labels: ['fuond'] } }
  await expect(call('decideAll', { params, body: foreign })).rejects.toMatchObject({ code: 'bad-input' })
  const misspelt = { filter: { lable: ['lost'] }, decision: { kind: 'reject' } } as unknown as typeof reject
  await expect(call('decideAll', { params, body: misspelt })).rejects.toThrow('lable')
})

it('restores all candidates of a run that fit', async () => {
  const { call, ended, grown } = await studio()
  const restore = { kind: 'restore' as const }
  await expect(call('decideAll', { params, body: { filter: {}, decision: restore } })).rejects.toMatchObject({
    code: 'bad-input',
  })
  const body = { filter: { run: 'aaaa', critic: 'judge', maxScore: 2 }, decision: restore }
  expect((await ended(await call('decideAll', { params, body }))).result).toMatchObject({ decided: 1 })
  expect(await call('showRecord', { params: { record: grown.rejected } })).toMatchObject({
    outcome: 'restored',
    position: 31,
  })
  expect((await call('showRecord', { params: { record: grown.surplus } })).position).toBe(null)
})

it('tells of a record where it came from, from seeds to cost', async () => {
  const { call, grown, workspace } = await studio()
  const lineage = await call('recordLineage', { params: { record: grown.kept } })
  expect(lineage).toMatchObject({
    record: { id: grown.kept, version: 0 },
    run: { id: 'aaaa000000', generator: 'few-shot', recipe: { project: 'support' } },
    unit: { ordinal: 0, cell: 'lost' },
    seeds: [{ id: 'r0', fields: { text: 'text 0' } }],
    verdicts: [{ critic: 'judge', pass: true, score: 3 }],
    cost: { calls: 3, tokens: 30, nanoUsd: 21 },
    sharedBy: 3,
  })
  expect(lineage.calls.map(({ role, reply }) => [role, reply.text])).toEqual([
    ['proposed', 'a reply'],
    ['unit', 'a reply'],
    ['judged', 'a reply'],
  ])
  const edits = [[{ start: 5, end: 6, text: '7' }], [{ start: 0, end: 4, text: 'TEXT', letterwise: true }]]
  const steps = edits.map(of => ({ kind: 'add_typo', field: 'text', edits: of }))
  await workspace.database.transact(async connection => {
    await connection
      .updateTable('record')
      .set({ steps: JSON.stringify(steps) })
      .where('id', '=', grown.kept)
      .execute()
  })
  const changed = await call('recordLineage', { params: { record: grown.kept } })
  expect(changed.steps.map(({ before, after }) => [before, after])).toEqual([
    ['text 0', 'text 7'],
    ['text 7', 'TEXT 7'],
  ])
  await expect(call('recordLineage', { params: { record: 'none' } })).rejects.toMatchObject({ code: 'not-found' })
})
