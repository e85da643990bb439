/** A dataset looked through as the studio does it: pages, filters, searches, counts and what there is to filter by; and what the indexes for it cost an import. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { createProject } from '../src/app/projects.ts'
import { countRecords, findRecords, recordFacets } from '../src/app/records/find-records.ts'
import { initWorkspace, openWorkspace, type Workspace } from '../src/app/workspace.ts'
import type { RecordSearch } from '../src/model/api/record-shapes.ts'
import { randomStream } from '../src/stats/random-stream.ts'
import { saying } from '../src/testing/saying.ts'
import { type Benchmark, type Figure, peakMemory } from './benchmark.ts'
import { project } from './grow-in-folder.ts'

const times = 9
const batch = 1000
const labels = ['order_status', 'return_item', 'payment_failed', 'damaged_item', 'refund', 'other']

export const records: Benchmark = quick => {
  const size = quick ? 50_000 : 1_000_000
  return [
    { name: `${size.toLocaleString('en-US')} records`, run: () => lookThrough(size, quick ? 'no limits' : 'limits') },
    { name: 'import of 100,000', run: importing },
  ]
}

async function lookThrough(size: number, wish: 'limits' | 'no limits'): Promise<Figure[]> {
  return inWorkspace(async workspace => {
    await importRecords(workspace, size)
    // Every other record as if a run had kept it, with what a critic scored; some decided on.
    await workspace.database.script(`
      update record set outcome = 'kept', run = 'run ' || (position % 20), unit = position, item = 0,
        verdicts = '[{"critic":"length","pass":true},{"critic":"judge","pass":true,"score":' || ((position * 7919 % 100) / 10.0) || '}]'
        where position % 2 = 1;
      update record set status = 'accepted' where position % 10 = 3;
      update record set status = 'rejected' where position > ${size - 50};
      update record set split = 'test' where position % 10 = 7;
      update record set tags = '["augmented"]' where position % 5 = 1;
      update record set tags = '["augmented","odd"]' where position = ${size - 7};`)
    const first =
      (search: RecordSearch, place = {}) =>
      () =>
        findRecords(workspace, project.name, search, { limit: 100, ...place })
    const count = (search: RecordSearch) => () => countRecords(workspace, project.name, search)
    const indexed: Record<string, () => Promise<unknown>> = {
      'first page': first({}),
      'page at the end': first({}, { after: size - 200 }),
      'page from the 900,000th': first({}, { from: Math.round(size * 0.9) }),
      label: first({ label: ['refund'] }),
      'label that one record has': first({ label: ['rare'] }),
      status: first({ status: ['accepted'] }),
      'status at the end': first({ status: ['rejected'] }),
      outcome: first({ outcome: ['kept'] }),
      split: first({ split: ['test'] }),
      run: first({ run: 'run 7' }),
      'run that is none': first({ run: 'none' }),
      'label, status, split, outcome, run': first({
        ...{ label: ['refund'], status: ['accepted'], split: ['train'], outcome: ['kept'], run: 'run 13' },
      }),
      'the same, fitting none': first({
        ...{ label: ['refund', 'other'], status: ['rejected'], split: ['test'], outcome: ['imported'] },
      }),
      'count of all': count({}),
      'count by label and status': count({ label: ['refund'], status: ['accepted'] }),
    }
    const any: Record<string, () => Promise<unknown>> = {
      tag: first({ tag: ['augmented'] }),
      'tag that one record has': first({ tag: ['odd'] }),
      'status, from the 50,000th': first({ status: ['accepted'] }, { from: size / 20 }),
      'search, common': first({ search: 'the' }),
      'search, one record': first({ search: 'Zanzibar' }),
      'search, none': first({ search: 'no such words' }),
      'search, none, with an umlaut': first({ search: 'keine Wörter' }),
      'search, none, beyond ASCII': first({ search: 'привет мир' }),
      'search and status': first({ search: 'Zanzibar', status: ['accepted'] }),
      'score, common': first({ critic: 'judge', minScore: 5 }),
      'score, none': first({ critic: 'judge', minScore: 11 }),
      'critic, none': first({ critic: 'none' }),
      'count of a search, common': count({ search: 'the' }),
      'count of a search, none': count({ search: 'no such words' }),
      'count by tag': count({ tag: ['augmented'] }),
      facets: () => recordFacets(workspace, project.name),
    }
    const held = monitorEventLoopDelay({ resolution: 1 })
    // The loop’s own time is from before what held it up just now.
    await sleep(10)
    held.enable()
    const figures: Figure[] = []
    for (const [name, work] of Object.entries(indexed))
      figures.push(...(await timesOf(name, work, wish === 'limits' ? 100 : undefined)))
    for (const [name, work] of Object.entries(any))
      figures.push(...(await timesOf(name, work, wish === 'limits' ? 500 : undefined)))
    const requests = await requestsFor({ search: 'Zanzibar' }, workspace)
    return [
      ...figures,
      { name: 'requests until “Zanzibar” is found', value: requests, unit: '' },
      { name: 'longest hold of the process', value: held.max / 1e6, unit: 'ms' },
      peakMemory(),
    ]
  })
}

async function timesOf(name: string, work: () => Promise<unknown>, atMost: number | undefined): Promise<Figure[]> {
  const taken: number[] = []
  for (let i = 0; i < times; i++) {
    const startMs = performance.now()
    await work()
    taken.push(performance.now() - startMs)
    // As between requests: others get their turn.
    await sleep(1)
  }
  taken.sort((a, b) => a - b)
  const limit = atMost === undefined ? {} : { limit: { atMost } }
  return [
    { name, value: taken[Math.floor(times / 2)]!, unit: 'ms', ...limit },
    { name: '  at worst', value: taken.at(-1)!, unit: 'ms' },
  ]
}

async function requestsFor(search: RecordSearch, workspace: Workspace): Promise<number> {
  let requests = 0
  for (let after: number | null = -1; after !== null; requests++) {
    const page = await findRecords(workspace, project.name, search, { after, limit: 100 })
    if (page.records.length > 0) return requests + 1
    after = page.next
  }
  throw new Error('What is there was not found.')
}

async function importing(): Promise<Figure[]> {
  const seconds = async (without: boolean, size = 100_000) =>
    inWorkspace(async workspace => {
      if (without)
        for (const index of ['filter', 'label', 'tags', 'grown'])
          await workspace.database.script(`drop index record_${index}`)
      return importRecords(workspace, size)
    })
  // Code that runs for the first time is slow.
  await seconds(false, 10_000)
  const [bare, indexed] = [await seconds(true), await seconds(false)]
  return [
    { name: 'without the indexes of filters', value: bare, unit: 's' },
    { name: 'with them', value: indexed, unit: 's' },
    { name: 'ratio', value: indexed / bare, unit: '' },
  ]
}

/** Returns the seconds that storing took. */
async function importRecords({ store }: Workspace, size: number): Promise<number> {
  const random = randomStream('records')
  let tookMs = 0
  for (let from = 0; from < size; from += batch) {
    const rows = Array.from({ length: batch }, (_, i) => ({
      id: random.int(2 ** 32).toString(36) + (from + i).toString(36),
      fields: { text: `${saying(random)} ${saying(random)}${from + i === Math.round(size * 0.77) ? ' Zanzibar' : ''}` },
      labels: [from + i === Math.round(size * 0.9) ? 'rare' : random.pick(labels)],
      ...{ spans: [], tags: [], split: 'train' as const, status: 'pending' as const, cell: '' },
      source: `records.csv:${from + i}`,
    }))
    const startMs = performance.now()
    await store.addRecords(project.name, rows, 1)
    tookMs += performance.now() - startMs
  }
  return tookMs / 1000
}

async function inWorkspace<T>(work: (workspace: Workspace) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'cultivar-bench-'))
  await initWorkspace(folder)
  const workspace = await openWorkspace({ folder, cwd: folder, environment: {} })
  try {
    await createProject(workspace, project)
    return await work(workspace)
  } finally {
    await workspace.close()
    rmSync(folder, { recursive: true })
  }
}
