/** The laws of the workspace store, on each database. */
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { allOf } from '../../test/all-of.ts'
import { testDatabases } from '../../test/databases.ts'
import { calls, growTinyRun } from '../../test/grown-run.ts'
import { CultivarError } from '../model/error.ts'
import { project } from '../model/project.ts'
import { provider } from '../model/provider.ts'
import type { ImportedRecord, RecordFilter } from './record-queries.ts'
import { runStore } from './run-store.ts'
import { type WorkspaceStore, workspaceStore } from './workspace-store.ts'

const support = project.parse({ name: 'support', labels: ['lost', 'found'] })
const gpt = provider.parse({ name: 'gpt', kind: 'openai', model: 'gpt-x' })

describe.each(testDatabases())('The workspace store on $name', ({ open }) => {
  let opened: Awaited<ReturnType<typeof open>>
  let store: WorkspaceStore
  beforeEach(async () => {
    opened = await open()
    store = workspaceStore(opened.database)
    await store.createProject(support, 1)
  })
  afterEach(() => opened.close())

  const code = (work: Promise<unknown>) =>
    work.then(
      () => 'no error',
      (error: unknown) => (error instanceof CultivarError ? error.code : String(error)),
    )

  it('gives projects back as they were stored and refuses a name twice', async () => {
    expect(await store.findProject('support')).toEqual({
      project: support,
      nextPosition: 0,
      decisions: 0,
      createdMs: 1,
    })
    expect(await code(store.createProject(support, 2))).toBe('already-exists')
    const changed = { ...support, egress: 'none' as const }
    expect(await store.updateProject(changed)).toBe(true)
    expect(await store.updateProject({ ...changed, name: 'nobody' })).toBe(false)
    expect((await store.listProjects()).map(({ project }) => project)).toEqual([changed])
  })

  it('numbers what is added without gaps, and adds the same id once', async () => {
    const three = records(['a', 'b', 'c'])
    expect(await store.addRecords('support', [three[0]!, three[1]!, three[0]!], 5)).toBe(2)
    expect(await store.addRecords('support', three, 6)).toBe(1)
    expect(await store.addRecords('support', three, 7)).toBe(0)
    expect((await read({})).map(({ id, position }) => [id, position])).toEqual([
      ['ra', 0],
      ['rb', 1],
      ['rc', 2],
    ])
    expect((await store.findProject('support'))?.nextPosition).toBe(3)
  })

  it('adds each record once though two import at the same time', async () => {
    const many = records(Array.from({ length: 700 }, (_, i) => `x${i}`))
    const added = await Promise.all([store.addRecords('support', many, 1), store.addRecords('support', many, 1)])
    expect(added.toSorted((a, b) => a - b)).toEqual([0, 700])
    expect((await read({})).map(({ position }) => position)).toEqual(many.map((_, i) => i))
  })

  it('gives back text as it came in, whatever it is', async () => {
    const anything = fc.string({ unit: 'grapheme' }).filter(text => text.isWellFormed() && !text.includes('\0'))
    let n = 0
    await fc.assert(
      fc.asyncProperty(anything, anything, async (text, label) => {
        const record: ImportedRecord = {
          ...records([`any${n++}`])[0]!,
          fields: { text, more: [text, 1, null] },
          labels: [label],
        }
        await store.addRecords('support', [record], 1)
        expect(await store.recordsById([record.id])).toMatchObject([record])
      }),
      { numRuns: 50 },
    )
  })

  it('streams a dataset of many pages in order and narrows it', async () => {
    const names = Array.from({ length: 2500 }, (_, i) => String(i))
    const labelled = records(names).map((record, i) => ({
      ...record,
      labels: [i % 2 ? 'lost' : 'found'],
      cell: i % 2 ? 'lost' : 'found',
      split: i % 5 ? ('train' as const) : ('test' as const),
    }))
    await store.addRecords('support', labelled, 1)
    await store.decide('support', [reject('r10'), reject('r11')], 'ada', 1)
    const ids = async (filter: RecordFilter) => (await read(filter)).map(({ id }) => id)
    const expected = (fits: (i: number) => boolean) => names.filter((_, i) => fits(i)).map(name => `r${name}`)
    expect(await ids({})).toEqual(expected(() => true))
    expect(await ids({ before: 1500 })).toEqual(expected(i => i < 1500))
    expect(await ids({ labels: ['lost'], splits: ['train'] })).toEqual(expected(i => i % 2 === 1 && i % 5 !== 0))
    expect(await ids({ statuses: ['rejected'] })).toEqual(['r10', 'r11'])
    expect(await ids({ cells: ['found'], before: 3 })).toEqual(['r0', 'r2'])
  })

  it('counts every record once', async () => {
    await store.addRecords('support', records(['a', 'b', 'c']), 1)
    await store.decide('support', [reject('ra')], 'ada', 1)
    await growTinyRun(runStore(opened.database), { project: 'support' })
    const counts = await store.countRecords('support')
    expect(counts.reduce((sum, { count }) => sum + count, 0)).toBe(6)
    expect(counts.find(({ outcome }) => outcome === 'kept')).toEqual({
      ...{ outcome: 'kept', status: 'pending', split: 'train', label: 'lost', cell: 'lost', count: 1 },
    })
    expect(counts.find(({ status }) => status === 'rejected')?.count).toBe(1)
  })

  it('finds records and runs by the beginning of their id, and two if it fits several', async () => {
    await store.addRecords('support', records(['abc', 'abd']), 1)
    const { kept } = await growTinyRun(runStore(opened.database), { project: 'support' })
    const found = async (prefix: string) => (await store.findRecords(prefix)).map(({ id }) => id)
    expect(await found('rabc')).toEqual(['rabc'])
    expect(await found('rab')).toEqual(['rabc', 'rabd'])
    expect(await found('r%')).toEqual([])
    expect(await found('')).toEqual([])
    expect(await found(kept)).toEqual([kept])
    expect((await store.findRuns('aaaa')).map(({ id }) => id)).toEqual(['aaaa000000'])
    expect(await store.findRuns('aaaa%')).toEqual([])
  })

  it('tells what a run did not keep, which units failed and what it came to', async () => {
    const { rejected, surplus } = await growTinyRun(runStore(opened.database), { project: 'support' })
    const rejects = await allOf(store.streamRejects('aaaa000000'))
    expect(rejects.map(({ id, outcome, position }) => [id, outcome, position])).toEqual([
      [rejected, 'rejected', null],
      [surplus, 'surplus', null],
    ])
    expect(await allOf(store.streamRejects('aaaa000000', { outcomes: ['surplus'] }))).toHaveLength(1)
    expect(await store.failedUnits('aaaa000000')).toMatchObject([{ ordinal: 1, code: 'gave-up', calls: [] }])
    expect(await store.runTallies('aaaa000000')).toMatchObject({ lost: { candidates: 3, kept: 1, surplus: 1 } })
    expect(await store.findUnit('aaaa000000', 0)).toMatchObject({ cell: 'lost', state: 'proposed', asks: 3 })
  })

  it('remembers the yield of runs with the same generator alone', async () => {
    await growTinyRun(runStore(opened.database), { project: 'support' })
    await growTinyRun(runStore(opened.database), { project: 'support', id: 'bbbb000000' })
    expect(await store.history('support', 'few-shot')).toMatchObject({ asked: 12, yielded: 2, rejected: { judge: 2 } })
    expect(await store.history('support', 'prompt')).toMatchObject({ asked: 0, yielded: 0 })
  })

  it('gives calls back with what was said, what it cost and how often it was tried', async () => {
    await growTinyRun(runStore(opened.database), { project: 'support' })
    const found = await store.findCalls([calls.judgedKept, 'unheard-of', calls.ask])
    expect(found.map(({ key }) => key)).toEqual([calls.judgedKept, calls.ask])
    expect(found[1]).toMatchObject({
      ...{ provider: 'teacher', model: 'm1', tokens: 10, nanoUsd: 7, reply: { text: 'a reply' } },
      request: { messages: [{ role: 'user', content: 'please ask' }] },
      attempts: [{ run: 'aaaa000000', state: 'settled', charged: { calls: 1, tokens: 10, nanoUsd: 7 }, fault: null }],
    })
    const cost = { provider: 'teacher', model: 'm1', tokens: 10, nanoUsd: 7 }
    expect(await store.callCosts([calls.ask, 'unheard-of'])).toEqual(new Map([[calls.ask, cost]]))
  })

  it('keeps providers with their sealed secret and the projects that may use them', async () => {
    await store.addProvider(gpt, 'sealed', 1)
    expect(await code(store.addProvider(gpt, null, 1))).toBe('already-exists')
    await store.assign('gpt', 'support')
    await store.assign('gpt', 'support')
    expect(await store.findProvider('gpt')).toEqual({
      ...{ provider: gpt, secret: 'sealed', projects: ['support'], createdMs: 1 },
    })
    await store.unassign('gpt', 'support')
    expect((await store.listProviders()).map(({ projects }) => projects)).toEqual([[]])
    expect(await store.removeProvider('gpt')).toBe(true)
    expect(await store.removeProvider('gpt')).toBe(false)
    expect(await store.findProvider('gpt')).toBeUndefined()
  })

  it('removes a project with all that is its own, and leaves what models replied', async () => {
    const other = project.parse({ name: 'other' })
    await store.createProject(other, 1)
    await store.addRecords('other', records(['kept']), 1)
    await store.addProvider(gpt, null, 1)
    await store.assign('gpt', 'support')
    await growTinyRun(runStore(opened.database), { project: 'support' })
    expect(await store.removeProject('support', 10_000)).toBe(true)
    expect(await store.removeProject('support', 10_000)).toBe(false)
    expect((await store.listProjects()).map(({ project }) => project.name)).toEqual(['other'])
    expect(await store.listRuns()).toEqual([])
    expect(await store.findRecords('aaaa')).toEqual([])
    expect((await store.findProvider('gpt'))?.projects).toEqual([])
    expect(await store.findCalls([calls.ask])).toHaveLength(1)
    expect(await store.findRecords('rkept')).toHaveLength(1)
  })

  it('does not remove a project that a run is growing', async () => {
    await runStore(opened.database).openRun(
      { id: 'cccc000000', project: 'support', identity: 'x', snapshot: {} as never },
      { targets: {}, budget: {} },
      { holder: { token: 't', pid: 1, host: 'here', sinceMs: 0 }, nowMs: 1000, leaseMs: 1000, isAlive: () => true },
    )
    expect(await code(store.removeProject('support', 1500))).toBe('run-held')
    expect(await store.findProject('support')).toBeDefined()
    expect(await store.removeProject('support', 2500)).toBe(true)
  })

  const read = (filter: RecordFilter) => allOf(store.streamRecords('support', filter))
})

const reject = (record: string) => ({ kind: 'reject', record }) as const

function records(names: string[]): ImportedRecord[] {
  return names.map(name => ({
    id: `r${name}`,
    fields: { text: name },
    labels: [],
    spans: [],
    tags: [],
    split: 'train',
    status: 'pending',
    cell: 'all',
    source: `file.csv:${name}`,
  }))
}
