/** Decisions on each database: stored in one order, applied to what is there, taken back exactly or not at all. */
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { allOf } from '../../test/all-of.ts'
import { testDatabases } from '../../test/databases.ts'
import { growTinyRun } from '../../test/grown-run.ts'
import type { Decision } from '../model/decision.ts'
import { CultivarError } from '../model/error.ts'
import { project } from '../model/project.ts'
import type { ImportedRecord } from './record-queries.ts'
import { runStore } from './run-store.ts'
import { type WorkspaceStore, workspaceStore } from './workspace-store.ts'

const texts = ['Ada lives in Paris', 'Bo went to Rome', 'nobody']
const ids = ['r0', 'r1', 'r2']

describe.each(testDatabases())('Decisions on $name', kind => {
  let opened: Awaited<ReturnType<typeof kind.open>>
  let store: WorkspaceStore
  beforeEach(async () => {
    opened = await kind.open()
    store = workspaceStore(opened.database)
    await store.createProject(project.parse({ name: 'support' }), 1)
    await store.addRecords('support', texts.map(imported), 1)
  })
  afterEach(() => opened.close())

  const decide = (...decisions: Decision[]) => store.decide('support', decisions, 'ada', 5)
  const undo = (which: Parameters<WorkspaceStore['undo']>[1]) => store.undo('support', which, 'bo', 6)
  const record = async (id: string) => (await store.recordsById([id]))[0]!
  const dataset = () => allOf(store.streamRecords('support'))
  const code = (work: Promise<unknown>) =>
    work.then(
      () => 'no error',
      (error: unknown) => (error instanceof CultivarError ? error.code : String(error)),
    )

  it('change the record and say who did what when, from what to what', async () => {
    const { decisions, unchanged } = await decide(
      { kind: 'accept', record: 'r0' },
      { kind: 'accept', record: 'r0' },
      { kind: 'relabel', record: 'r0', labels: ['found', 'more'] },
      { kind: 'tag', record: 'r1', tag: 'odd' },
      { kind: 'untag', record: 'r1', tag: 'never there' },
      { kind: 'reject', record: 'r1' },
    )
    expect(unchanged).toEqual(['r0', 'r1'])
    expect(decisions.map(({ sequence, record, kind }) => [sequence, record, kind])).toEqual([
      [1, 'r0', 'accept'],
      [2, 'r0', 'relabel'],
      [3, 'r1', 'tag'],
      [4, 'r1', 'reject'],
    ])
    expect(decisions[0]).toEqual({
      ...{ project: 'support', sequence: 1, record: 'r0', kind: 'accept', who: 'ada', atMs: 5, undone: null },
      ...{ before: { status: 'pending' }, after: { status: 'accepted' } },
    })
    expect(await record('r0')).toMatchObject({ status: 'accepted', labels: ['found', 'more'], cell: 'all' })
    expect(await record('r1')).toMatchObject({ status: 'rejected', tags: ['odd'] })
    expect((await allOf(store.streamRecords('support', { labels: ['found'] }))).map(({ id }) => id)).toEqual(['r0'])
    expect(await store.decisionsOf('r1')).toEqual(decisions.slice(2))
    expect(await store.listDecisions('support', 3)).toEqual(decisions.toReversed().slice(0, 3))
    expect((await store.findProject('support'))?.decisions).toBe(4)
    expect(await store.reviewsOf(ids)).toEqual(
      new Map([
        ['r0', { edits: 1, reviewer: 'ada' }],
        ['r1', { edits: 0, reviewer: 'ada' }],
      ]),
    )
  })

  it('move spans along with an edit, and tell which it cut', async () => {
    const { dropped } = await decide(
      { kind: 'edit', record: 'r0', fields: { text: 'Yesterday Ada lived in Paris' } },
      { kind: 'edit', record: 'r0', fields: { text: 'Yesterday Ada lived in Pau' } },
    )
    expect(dropped).toEqual([{ record: 'r0', field: 'text', start: 23, end: 28, label: 'LOC', words: 'Paris' }])
    expect(await record('r0')).toMatchObject({
      fields: { text: 'Yesterday Ada lived in Pau' },
      spans: [{ field: 'text', start: 10, end: 13, label: 'PER' }],
    })
    const given = [{ field: 'text', start: 0, end: 2, label: 'PER' }]
    await decide({ kind: 'edit', record: 'r1', fields: { text: 'Bo is home', note: 1 }, spans: given })
    expect(await record('r1')).toMatchObject({ fields: { text: 'Bo is home', note: 1 }, spans: given })
  })

  it('are all stored or none', async () => {
    const before = await dataset()
    expect(await code(decide({ kind: 'accept', record: 'r0' }, { kind: 'accept', record: 'r9' }))).toBe('not-found')
    expect(await code(decide({ kind: 'accept', record: 'r0' }, { kind: 'restore', record: 'r1' }))).toBe('bad-input')
    expect(await code(store.decide('nobody', [{ kind: 'accept', record: 'r0' }], 'ada', 1))).toBe('not-found')
    expect(await dataset()).toEqual(before)
    expect(await store.listDecisions('support', 10)).toEqual([])
    await store.createProject(project.parse({ name: 'other' }), 1)
    expect(await code(store.decide('other', [{ kind: 'accept', record: 'r0' }], 'ada', 1))).toBe('not-found')
  })

  it('take a candidate into the dataset at its end, and out again', async () => {
    const { rejected, surplus } = await growTinyRun(runStore(opened.database), { project: 'support' })
    expect(await code(decide({ kind: 'accept', record: rejected }))).toBe('bad-input')
    await decide({ kind: 'restore', record: rejected }, { kind: 'restore', record: surplus })
    expect((await dataset()).slice(3).map(({ id, position, outcome }) => [id, position, outcome])).toEqual([
      ['aaaa000000.0.0', 3, 'kept'],
      [rejected, 4, 'restored'],
      [surplus, 5, 'restored'],
    ])
    await store.addRecords('support', [imported('next', 9)], 7)
    expect((await record('r9')).position).toBe(6)
    expect((await allOf(store.streamRejects('aaaa000000'))).length).toBe(0)
    await decide({ kind: 'accept', record: rejected })
    expect(await code(undo({ sequences: [1] }))).toBe('bad-input')
    await undo({ sequences: [1, 3] })
    expect(await record(rejected)).toMatchObject({ position: null, outcome: 'rejected', status: 'pending' })
    expect((await allOf(store.streamRejects('aaaa000000'))).map(({ id }) => id)).toEqual([rejected])
    await decide({ kind: 'restore', record: rejected })
    expect((await dataset()).at(-1)).toMatchObject({ id: rejected, position: 7 })
  })

  it('are taken back the latest first, each once, and not where a later one changed the same', async () => {
    await decide(
      { kind: 'accept', record: 'r0' },
      { kind: 'tag', record: 'r0', tag: 'x' },
      { kind: 'reject', record: 'r0' },
    )
    expect(await code(undo({ sequences: [1] }))).toBe('bad-input')
    expect((await undo({ sequences: [2] })).map(({ sequence, undone }) => [sequence, undone])).toEqual([[2, 4]])
    expect(await record('r0')).toMatchObject({ status: 'rejected', tags: [] })
    expect(await code(undo({ sequences: [2] }))).toBe('bad-input')
    expect(await code(undo({ sequences: [4] }))).toBe('bad-input')
    expect(await code(undo({ sequences: [99] }))).toBe('not-found')
    expect((await undo({ last: 1 })).map(({ sequence }) => sequence)).toEqual([3])
    expect((await record('r0')).status).toBe('accepted')
    expect((await undo({ record: 'r0' })).map(({ sequence }) => sequence)).toEqual([1])
    expect((await record('r0')).status).toBe('pending')
    expect(await code(undo({ last: 1 }))).toBe('not-found')
    expect(await code(undo({ record: 'r0' }))).toBe('not-found')
    expect((await store.listDecisions('support', 9)).map(({ kind, who, undone }) => [kind, who, undone])).toEqual([
      ['undo', 'bo', null],
      ['undo', 'bo', null],
      ['undo', 'bo', null],
      ['reject', 'ada', 5],
      ['tag', 'ada', 4],
      ['accept', 'ada', 6],
    ])
    expect(await store.reviewsOf(ids)).toEqual(new Map())
  })

  it('of one person are taken back without those of another', async () => {
    await store.decide('support', [{ kind: 'accept', record: 'r0' }], 'ada', 1)
    await store.decide('support', [{ kind: 'accept', record: 'r1' }], 'bo', 2)
    await undo({ last: 5, who: 'ada' })
    expect((await dataset()).map(({ status }) => status)).toEqual(['pending', 'accepted', 'pending'])
    expect(await code(undo({ last: 1, who: 'ada' }))).toBe('not-found')
  })

  it('taken back to the first leave every record as it was, whatever they were', async () => {
    const before = await dataset()
    const one = fc.constantFrom(...ids)
    const word = fc.constantFrom('a', 'Paris', 'b c', '', '\0 and \ud83d')
    const decision: fc.Arbitrary<Decision> = fc.oneof(
      fc.record({ kind: fc.constantFrom('accept' as const, 'reject' as const, 'reset' as const), record: one }),
      fc.record({ kind: fc.constantFrom('tag' as const, 'untag' as const), record: one, tag: word }),
      fc.record({ kind: fc.constant('relabel' as const), record: one, labels: fc.array(word, { maxLength: 2 }) }),
      fc.record({ kind: fc.constant('edit' as const), record: one, fields: fc.record({ text: word }) }),
    )
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(decision, { minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 4 }),
        async batches => {
          let stored = 0
          for (const batch of batches) stored += (await decide(...batch)).decisions.length
          const standing = await store.listDecisions('support', stored)
          for (const { record: id, after } of standing.toReversed()) expect(Object.keys(after), id).not.toEqual([])
          while (stored > 0) stored -= (await undo({ last: 3 })).length
          expect(await dataset()).toEqual(before)
        },
      ),
      { numRuns: 25 },
    )
  })

  it('of two people at once are all stored, in one order, each seeing what came before', async () => {
    const tags = (who: string) => Array.from({ length: 30 }, (_, i) => `${who} ${i}`)
    const decideOneByOne = async (who: string) => {
      for (const tag of tags(who)) await store.decide('support', [{ kind: 'tag', record: 'r0', tag }], who, 1)
    }
    await Promise.all([decideOneByOne('ada'), decideOneByOne('bo')])
    expect((await record('r0')).tags.toSorted()).toEqual([...tags('ada'), ...tags('bo')].toSorted())
    const decisions = await store.decisionsOf('r0')
    expect(decisions.map(({ sequence }) => sequence)).toEqual(decisions.map((_, i) => i + 1))
    for (const [i, { before }] of decisions.entries()) expect(before.tags).toEqual(decisions[i - 1]?.after.tags ?? [])
  })

  it('on what was seen of a record are stored whole or, where it changed since, not at all', async () => {
    const decideSeen = (seen: Record<string, number>, ...decisions: Decision[]) =>
      store.decide('support', decisions, 'bo', 7, seen)
    await decide({ kind: 'accept', record: 'r0' })
    const both = (kind: 'accept' | 'reject'): Decision[] => [
      { kind, record: 'r1' },
      { kind, record: 'r0' },
    ]
    const late = decideSeen({ r0: 0, r1: 0 }, ...both('reject'))
    expect(await code(late)).toBe('record-changed')
    expect(await late.catch((error: CultivarError) => error.details)).toEqual({ records: ['r0'] })
    expect((await record('r1')).status).toBe('pending')
    // Sent again after its answer was lost, or wished by both: there is nothing to lose.
    expect((await decideSeen({ r0: 0, r1: 0 }, ...both('accept'))).unchanged).toEqual(['r0'])
    expect((await decideSeen({ r0: 0, r1: 0 }, ...both('accept'))).unchanged).toEqual(['r1', 'r0'])
    expect((await decideSeen({ r0: 1, r2: 0 }, ...both('reject'))).decisions.length).toBe(2)
    await undo({ record: 'r0' })
    expect(await code(decideSeen({ r0: 4 }, { kind: 'reject', record: 'r0' }))).toBe('record-changed')
    expect((await decideSeen({ r0: 5 }, { kind: 'reject', record: 'r0' })).decisions.length).toBe(1)
  })

  it('of several windows at once on the same sight of a record are stored for one of them', async () => {
    for (let version = 0; version < 20; version++) {
      const windows = ['a', 'b', 'c'].map(word =>
        code(
          store.decide('support', [{ kind: 'tag', record: 'r0', tag: `${version} ${word}` }], word, 1, { r0: version }),
        ),
      )
      expect((await Promise.all(windows)).toSorted()).toEqual(['no error', 'record-changed', 'record-changed'])
    }
    expect((await record('r0')).tags.length).toBe(20)
  })

  it('go when their project goes', async () => {
    await decide({ kind: 'accept', record: 'r0' })
    expect(await store.removeProject('support', 10)).toBe(true)
    expect(await store.decisionsOf('r0')).toEqual([])
    await store.createProject(project.parse({ name: 'support' }), 1)
    expect((await store.findProject('support'))?.decisions).toBe(0)
  })
})

function imported(text: string, i: number): ImportedRecord {
  const place = text.indexOf('Paris')
  return {
    ...{ id: `r${i}`, fields: { text }, labels: [], tags: [], split: 'train', status: 'pending', cell: 'all' },
    spans:
      place < 0
        ? []
        : [
            { field: 'text', start: 0, end: 3, label: 'PER' },
            { field: 'text', start: place, end: place + 5, label: 'LOC' },
          ],
    source: `file.csv:${i}`,
  }
}
