/** Samples and counts of a project, on each database. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { testDatabases } from '../../test/databases.ts'
import { growTinyRun } from '../../test/grown-run.ts'
import { project } from '../model/project.ts'
import type { ImportedRecord } from './record-queries.ts'
import { runStore } from './run-store.ts'
import type { SampleFilter } from './survey-queries.ts'
import { type WorkspaceStore, workspaceStore } from './workspace-store.ts'

describe.each(testDatabases())('Surveys on $name', ({ open }) => {
  let opened: Awaited<ReturnType<typeof open>>
  let store: WorkspaceStore
  beforeEach(async () => {
    opened = await open()
    store = workspaceStore(opened.database)
    await store.createProject(project.parse({ name: 'support' }), 1)
  })
  afterEach(() => opened.close())

  const positions = async (filter: SampleFilter, most: number) => {
    const found: number[] = []
    for await (const { position } of store.sampleRecords('support', filter, most)) found.push(position ?? -1)
    return found
  }

  it('takes all where there are no more than wanted, and as many as wanted, evenly spread, where there are', async () => {
    await store.addRecords('support', imported(3000), 2)
    expect(await positions({ real: true }, 3000)).toEqual(Array.from({ length: 3000 }, (_, at) => at))
    const some = await positions({ real: true }, 300)
    expect(Math.abs(some.length - 300)).toBeLessThanOrEqual(3)
    expect(await positions({ real: true }, 300)).toEqual(some)
    for (let from = 0; from < 3000; from += 500) {
      expect(
        Math.abs(some.filter(position => position >= from && position < from + 500).length - 50),
      ).toBeLessThanOrEqual(3)
    }
    // Whatever rhythm a dataset has, no beat of it is missed.
    for (const beat of [2, 3, 4, 5, 7, 10]) expect(new Set(some.map(position => position % beat)).size).toBe(beat)
  })

  it('narrows samples by origin, split, status, run and position', async () => {
    await store.addRecords('support', imported(10), 2)
    const { kept } = await growTinyRun(runStore(opened.database), { project: 'support' })
    expect(await positions({ real: true, splits: ['test'] }, 100)).toEqual([1, 4, 7])
    expect(await positions({ real: true, before: 3 }, 100)).toEqual([0, 1, 2])
    expect(await positions({ real: false }, 100)).toEqual([10])
    expect(await positions({ real: false, run: 'other' }, 100)).toEqual([])
    await store.decide('support', [{ record: kept, kind: 'reject' }], 'ada', 3)
    expect(await positions({ real: false }, 100)).toEqual([])
    expect(await positions({ real: false, statuses: ['rejected'] }, 100)).toEqual([10])
  })

  it('counts records by file, by run and by what was decided on them', async () => {
    await store.addRecords('support', imported(10), 2)
    const { kept, surplus } = await growTinyRun(runStore(opened.database), { project: 'support' })
    expect(await store.countBySource('support')).toEqual(
      new Map([
        ['faq.csv', 5],
        ['more.csv', 5],
      ]),
    )
    expect(await store.countByRun('support')).toEqual(new Map([['aaaa000000', 1]]))
    await store.decide(
      'support',
      [
        { record: surplus, kind: 'restore' },
        { record: 'r0', kind: 'reject' },
      ],
      'ada',
      3,
    )
    await store.decide('support', [{ record: kept, kind: 'relabel', labels: ['a'] }], 'ada', 4)
    await store.decide('support', [{ record: kept, kind: 'relabel', labels: ['b'] }], 'ada', 5)
    expect(await store.countByDecision('support')).toEqual(
      new Map([
        ['restore', 1],
        ['reject', 1],
        ['relabel', 1],
      ]),
    )
    await store.undo('support', { record: 'r0' }, 'ada', 6)
    expect((await store.countByDecision('support')).has('reject')).toBe(false)
    expect(await store.countByRun('support')).toEqual(new Map([['aaaa000000', 2]]))
    expect((await store.countBySource('support')).get('faq.csv')).toBe(5)
  })

  it('reads the reasons a critic gave, and whether the record is in the dataset', async () => {
    const { rejected } = await growTinyRun(runStore(opened.database), { project: 'support' })
    const reasons = (critic: string) => Array.fromAsync(store.streamReasons('support', critic))
    expect(await reasons('judge')).toEqual([{ inDataset: false, reason: 'off topic' }])
    expect(await reasons('jud')).toEqual([])
    await store.decide('support', [{ record: rejected, kind: 'restore' }], 'ada', 3)
    expect(await reasons('judge')).toEqual([{ inDataset: true, reason: 'off topic' }])
  })

  it('sums what runs were charged by who answered', async () => {
    await growTinyRun(runStore(opened.database), { project: 'support' })
    expect(await store.spendingByModel(['aaaa000000'])).toEqual([
      { provider: 'teacher', model: 'm1', calls: 4, tokens: 40, nanoUsd: 28 },
    ])
    expect(await store.spendingByModel(['other'])).toEqual([])
    expect(await store.spendingByModel([])).toEqual([])
  })
})

function imported(count: number): ImportedRecord[] {
  return Array.from({ length: count }, (_, at) => ({
    ...{ id: `r${at}`, fields: { text: `text ${at}` }, labels: [], spans: [], tags: [], cell: '' },
    ...{ split: at % 3 === 1 ? 'test' : 'train', status: 'pending' as const },
    source: at % 2 === 0 ? `faq.csv:${at}` : `more.csv:${at}#${at}`,
  })) as ImportedRecord[]
}
