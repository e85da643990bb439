/** Pages, counts and facets of a dataset, on each database: whatever is searched for and however it is cut into pages. */
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { allOf } from '../../test/all-of.ts'
import { testDatabases } from '../../test/databases.ts'
import { growTinyRun } from '../../test/grown-run.ts'
import type { RecordSearch } from '../model/api/record-shapes.ts'
import type { Decision } from '../model/decision.ts'
import { project } from '../model/project.ts'
import type { StoredRecord } from '../model/record.ts'
import type { ImportedRecord } from './record-queries.ts'
import { runStore } from './run-store.ts'
import { type WorkspaceStore, workspaceStore } from './workspace-store.ts'

const texts = [
  'My card is LOST',
  '100% of it_all',
  'say "hi"\nC:\\new',
  'Привет, МИР',
  '訂單還沒到',
  '\0 and \ud83d',
  'Größe',
]
const labels = ['found', 'lost', '', 'a'.repeat(300), `${'a'.repeat(200)}b`]
const tags = ['x', 'y', ',', 'a,b', '["x"', 'quote"x', 'back\\', '\ud83d', 'long '.repeat(100)]
const words = [
  'card',
  'lost',
  '0% of',
  '_a',
  '%',
  '"hi"',
  '\n',
  'C:\\N',
  'привет',
  'мИр',
  '還沒',
  'GRÖSSE',
  'größe',
  'text',
  '12',
  '\0',
  '!',
  '*',
]
const never = () => false

describe.each(testDatabases())('Pages of records on $name', kind => {
  let opened: Awaited<ReturnType<typeof kind.open>>
  let store: WorkspaceStore
  beforeEach(async () => {
    opened = await kind.open()
    store = workspaceStore(opened.database)
    await store.createProject(project.parse({ name: 'support' }), 1)
  })
  afterEach(() => opened.close())

  const end = async () => (await store.findProject('support'))!.nextPosition
  const dataset = () => allOf(store.streamRecords('support'))

  /** Forty records of every kind, as far apart as fifty thousand: whoever looks through them needs many statements. */
  async function makeDataset(): Promise<void> {
    await store.addRecords('support', Array.from({ length: 40 }, imported), 1)
    for (const id of ['aaaa000000', 'bbbb000000']) {
      const { rejected } = await growTinyRun(runStore(opened.database), { project: 'support', id })
      await store.decide('support', [{ kind: 'restore', record: rejected }], 'ada', 2)
    }
    await opened.database.transact(async connection => {
      await sql`update record set position = position * 1201 where position is not null`.execute(connection)
      await sql`update project set next_position = next_position * 1201`.execute(connection)
    })
  }

  it('are the whole of what fits, however it is cut and wherever one has to stop', async () => {
    await makeDataset()
    const all = await dataset()
    expect(all.length).toBe(44)
    const last = await end()
    await fc.assert(
      fc.asyncProperty(
        searches,
        fc.record({ limit: fc.integer({ min: 1, max: 50 }), from: fc.integer({ min: 0, max: 50 }) }),
        fc.infiniteStream(fc.boolean()),
        async (search, { limit, from }, stops) => {
          const isOver = () => stops.next().value === true
          const wanted = all.filter(record => fits(record, search))
          const found: StoredRecord[] = []
          let toPass = from
          for (let after: number | null = -1; after !== null; ) {
            const page = await store.findPage('support', search, { after, before: last, from: toPass, limit }, isOver)
            expect(page.records.length).toBeLessThanOrEqual(limit)
            found.push(...page.records)
            if (page.next !== null) expect(page.next).toBeGreaterThan(after)
            ;({ next: after, from: toPass } = page)
          }
          expect(found.map(({ id }) => id)).toEqual(wanted.slice(from).map(({ id }) => id))
          let count = 0
          for (let after: number | null = -1; after !== null; ) {
            const counted = await store.countFitting('support', search, { after, before: last }, isOver)
            count += counted.count
            after = counted.next
          }
          expect(count).toBe(wanted.length)
        },
      ),
      { numRuns: 80 },
    )
  })

  it('neither repeat nor lose what goes on to fit while others are decided on', async () => {
    await makeDataset()
    await fc.assert(
      fc.asyncProperty(
        searches,
        fc.integer({ min: 1, max: 9 }),
        fc.array(changes, { minLength: 40 }),
        async (search, limit, decisions) => {
          const last = await end()
          const stayed = new Set((await dataset()).map(({ id }) => id))
          const found: string[] = []
          for (let after: number | null = -1; after !== null; ) {
            for (const { id } of (await dataset()).filter(record => !fits(record, search))) stayed.delete(id)
            const page = await store.findPage('support', search, { after, before: last, from: 0, limit }, never)
            for (const record of page.records) expect(fits(record, search)).toBe(true)
            found.push(...page.records.map(({ id }) => id))
            after = page.next
            await store.decide('support', decisions.splice(0, 3), 'ada', 3)
          }
          expect(new Set(found).size).toBe(found.length)
          expect([...stayed].filter(id => !found.includes(id))).toEqual([])
        },
      ),
      { numRuns: 20 },
    )
  })

  it('find what hundreds of others only seem to hold', async () => {
    const many = Array.from({ length: 1300 }, (_, i) => ({ ...imported(0, i), fields: { zeta: `text ${i}` } }))
    await store.addRecords('support', many, 1)
    const place = { after: -1, before: await end(), from: 0, limit: 10 }
    // Each record’s JSON has the word as the name of its field.
    expect((await store.findPage('support', { search: 'zeta' }, place, never)).records).toEqual([])
    const { records } = await store.findPage('support', { search: 'Text 1299' }, place, never)
    expect(records.map(({ id }) => id)).toEqual(['r1299'])
    expect(await store.countFitting('support', { search: 'TEXT' }, place, never)).toEqual({ count: 1300, next: null })
  })

  it('tell the version of each record: its last decision, taken back or not', async () => {
    await makeDataset()
    const [first, second] = (await dataset()).map(({ id }) => id) as [string, string]
    const versions = async () => {
      const { records } = await store.findPage('support', {}, { after: -1, before: 3 * 1201, from: 0, limit: 9 }, never)
      return records.map(({ version }) => version)
    }
    const { decisions } = await store.decide('support', [{ kind: 'accept', record: first }], 'ada', 3)
    const { sequence } = decisions[0]!
    expect(await versions()).toEqual([sequence, 0, 0])
    await store.decide('support', [{ kind: 'tag', record: second, tag: 'new' }], 'ada', 3)
    await store.undo('support', { record: first }, 'ada', 4)
    expect(await versions()).toEqual([sequence + 2, sequence + 1, 0])
    expect((await store.versionedRecords([second, 'none', first])).map(({ version }) => version)).toEqual([
      sequence + 1,
      sequence + 2,
    ])
  })

  it('come with what there is to search by', async () => {
    await makeDataset()
    const all = await dataset()
    const facets = await store.recordFacets('support')
    const counted = (names: string[]) =>
      Object.fromEntries([...Map.groupBy(names, name => name)].map(([name, of]) => [name, of.length]))
    const asObject = (list: { name: string; count: number }[]) =>
      Object.fromEntries(list.map(({ name, count }) => [name, count]))
    expect(asObject(facets.labels)).toEqual(counted(all.map(record => (record.labels[0] ?? '').slice(0, 200))))
    const short = all.flatMap(record => record.tags).filter(tag => tag.length < 100)
    expect(asObject(facets.tags)).toEqual(counted(short))
    expect(facets.exact).toBe(false)
    expect(facets.runs).toEqual([
      { name: 'aaaa000000', count: 2 },
      { name: 'bbbb000000', count: 2 },
    ])
    expect(facets.critics).toEqual(['judge'])
    for (const { name, count } of facets.labels) {
      const place = { after: -1, before: await end() }
      expect((await store.countFitting('support', { label: [name] }, place, never)).count, name).toBe(count)
    }
    expect(await store.recordFacets('nobody')).toEqual({ labels: [], tags: [], runs: [], critics: [], exact: true })
  })
})

const some = <T>(values: readonly T[]) =>
  fc.option(fc.uniqueArray(fc.constantFrom(...values), { maxLength: 2 }), { nil: undefined })
const perhaps = <T>(values: readonly T[]) => fc.option(fc.constantFrom(...values), { nil: undefined, freq: 1 })
const searches: fc.Arbitrary<RecordSearch> = fc.record({
  search: perhaps(words),
  label: some(labels),
  tag: some(tags),
  status: some(['pending', 'accepted', 'rejected'] as const),
  outcome: some(['imported', 'kept', 'restored'] as const),
  split: some(['train', 'test'] as const),
  run: perhaps(['aaaa000000', 'none']),
  critic: perhaps(['judge', 'length']),
  minScore: perhaps([1, 2.5]),
  maxScore: perhaps([2, 3]),
})
const changes: fc.Arbitrary<Decision> = fc.integer({ min: 0, max: 39 }).chain(i => {
  const record = `r${i}`
  return fc.oneof(
    fc.constantFrom<Decision>({ kind: 'accept', record }, { kind: 'reject', record }, { kind: 'reset', record }),
    fc.constantFrom(...tags).map((tag): Decision => ({ kind: 'tag', record, tag })),
    fc.constantFrom(...labels).map((label): Decision => ({ kind: 'relabel', record, labels: [label] })),
    fc.constantFrom(...texts).map((text): Decision => ({ kind: 'edit', record, fields: { text } })),
  )
})

function imported(_: unknown, i: number): ImportedRecord {
  const label = labels[i % labels.length]!
  return {
    ...{ id: `r${i}`, spans: [], cell: '', source: `f.csv:${i}` },
    fields: { text: texts[i % texts.length]!, [`nested ${i % 2}`]: { more: [i, `${words[i % words.length]} ${i}`] } },
    labels: label === '' ? [] : [label, 'second'],
    tags: tags.filter((_tag, at) => (i * 7 + at * 5) % 11 < 2),
    split: i % 3 === 0 ? 'test' : 'train',
    status: (['pending', 'accepted', 'rejected'] as const)[i % 4] ?? 'pending',
  }
}

/** What fits, said once more and as simply as can be. */
function fits(record: StoredRecord, search: RecordSearch): boolean {
  const one = <T>(wanted: readonly T[] = [], value: T) => wanted.length === 0 || wanted.includes(value)
  const { critic, minScore = Number.NEGATIVE_INFINITY, maxScore = Number.POSITIVE_INFINITY } = search
  const scored = search.minScore !== undefined || search.maxScore !== undefined
  const judged = record.verdicts
    .filter(verdict => critic === undefined || verdict.critic === critic)
    .some(({ score }) => (score === undefined ? !scored : score >= minScore && score <= maxScore))
  const spoken = (value: unknown): string[] =>
    value !== null && typeof value === 'object' ? Object.values(value).flatMap(spoken) : [String(value)]
  const needle = search.search?.toLowerCase()
  return (
    one(search.status, record.status) &&
    one(search.outcome as string[], record.outcome) &&
    one(search.split, record.split) &&
    one(
      search.label?.map(label => label.slice(0, 200)),
      (record.labels[0] ?? '').slice(0, 200),
    ) &&
    (search.tag ?? []).every(tag => record.tags.includes(tag)) &&
    (search.run === undefined || record.run === search.run) &&
    ((critic === undefined && !scored) || judged) &&
    (needle === undefined || spoken(record.fields).some(text => text.toLowerCase().includes(needle)))
  )
}
