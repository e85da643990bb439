/** Runs of the server: begun, paused, resumed, and watched by whoever comes and goes. */
import { expect, it, onTestFinished } from 'vitest'
import { serve, shopWorkspace } from '../../test/e2e/command-line.ts'
import { listRuns } from '../app/list-runs.ts'
import { runRecipe } from '../app/run-recipe.ts'
import { openWorkspace } from '../app/workspace.ts'
import type { RunView } from '../model/api/run-shapes.ts'
import { type RecipeInput, recipe } from '../model/recipe.ts'
import { type Script, teacher } from '../testing/index.ts'
import { openJobs } from './jobs.ts'
import { problemOf } from './problem-of.ts'
import { openRunWatch } from './run-watch.ts'

/** Says the same to the same question whenever it is asked. */
const steady: Script = request => teacher()({ ...request, repeat: 0 })

const few = (more: Partial<RecipeInput> = {}) =>
  recipe.parse({
    project: 'support',
    generator: 'few-shot',
    params: { label: 'order_status', perCall: 2 },
    target: 16,
    limits: { concurrency: 2 },
    ...more,
  })
const own = { fresh: false, who: 'ada' }

async function openServer(ms = 40) {
  const server = await serve({ script: steady, latency: { kind: 'fixed', ms } })
  const workspace = await openWorkspace({ cwd: await shopWorkspace(server), environment: {} })
  const faults: unknown[] = []
  const jobs = openJobs(workspace.clock, fault => faults.push(fault))
  onTestFinished(async () => {
    await jobs.close(AbortSignal.abort())
    await workspace.close()
    expect(faults).toEqual([])
  })
  return { server, workspace, jobs, runs: openRunWatch(workspace, jobs) }
}

const keptIn = ({ tallies }: RunView) => Object.values(tallies).reduce((sum, { kept }) => sum + kept, 0)
const forever = new AbortController().signal

/** Whole views until it ends, or as many as asked for. */
async function watched(views: AsyncIterable<RunView>, most = Number.POSITIVE_INFINITY): Promise<RunView[]> {
  const seen: RunView[] = []
  for await (const view of views) {
    seen.push(view)
    if (seen.length >= most) break
  }
  return seen
}

it('shows each watcher the run as it is, however late it comes and often it goes, until it has ended', async () => {
  const { runs, workspace } = await openServer()
  const { run } = await runs.start(few(), own)
  expect(await listRuns(workspace, 'support')).toMatchObject([{ id: run, state: 'running', holder: { here: true } }])
  const stays = watched(runs.watch(run, forever))
  const [first] = await watched(runs.watch(run, forever), 1)
  expect(first).toMatchObject({ id: run, state: 'running', growing: true, holder: { here: true }, stopping: null })
  const gone = new AbortController()
  const leaves = watched(runs.watch(run, gone.signal))
  gone.abort()
  await leaves
  const came = await watched(runs.watch(run, forever))
  const seen = await stays
  for (const views of [seen, came]) {
    expect(views.at(-1)).toMatchObject({ state: 'done', growing: false, holder: null, callsInFlight: 0 })
    expect(views.map(keptIn)).toEqual(views.map(keptIn).toSorted((a, b) => a - b))
    expect(keptIn(views.at(-1)!)).toBe(16)
  }
  expect(seen.some(view => view.growing && keptIn(view) > 0)).toBe(true)
  // Who asks again later gets the end at once, and nothing more.
  expect(await watched(runs.watch(run, forever))).toHaveLength(1)
  const line = { id: run, generator: 'few-shot', state: 'done', kept: 16, target: 16, who: 'ada', holder: null }
  expect(await listRuns(workspace, 'support')).toMatchObject([line])
})

it('sees a run that something else grows, from the store, and its end', async () => {
  const { workspace, runs } = await openServer(80)
  const opened = Promise.withResolvers<string>()
  const growing = runRecipe(workspace, few({ target: 12, limits: { concurrency: 1 } }), {
    observe: event => event.kind === 'opened' && opened.resolve(event.run),
  })
  const views = await watched(runs.watch(await opened.promise, forever))
  await growing
  expect(views[0]).toMatchObject({ state: 'running', growing: true, holder: { pid: process.pid } })
  expect(views.at(-1)).toMatchObject({ state: 'done', growing: false })
  expect(keptIn(views.at(-1)!)).toBe(12)
})

it('pauses without giving up a call, and goes on with the same run to a higher target', async () => {
  const { server, runs } = await openServer()
  const { run } = await runs.start(few(), own)
  const views = watched(runs.watch(run, forever))
  await until(() => server.counts.answered >= 3)
  await runs.stop(run, { now: false })
  const paused = (await views).at(-1)!
  expect(paused).toMatchObject({ state: 'cancelled', growing: false })
  expect(keptIn(paused)).toBeLessThan(16)
  expect(server.counts.aborted).toBe(0)

  const again = await runs.resume(run, { target: 18 })
  expect(again.run).toBe(run)
  const ended = (await watched(runs.watch(run, forever))).at(-1)!
  expect(ended).toMatchObject({ state: 'done', targets: { order_status: 18 } })
  expect(keptIn(ended)).toBe(18)
  expect(server.counts.received).toBe(new Set(server.requests.map(({ body }) => JSON.stringify(body))).size)

  // The same recipe with more wanted is the same run; without, it is done already.
  expect((await runs.start(few({ target: 20 }), own)).run).toBe(run)
  expect(keptIn((await watched(runs.watch(run, forever))).at(-1)!)).toBe(20)
})

it('gives calls in flight up when it is to stop now', async () => {
  const { server, runs } = await openServer(5000)
  const { run } = await runs.start(few(), own)
  const views = watched(runs.watch(run, forever))
  await until(() => server.counts.inFlight > 0)
  await runs.stop(run, { now: true })
  expect((await views).at(-1)).toMatchObject({ state: 'cancelled', growing: false })
  await until(() => server.counts.aborted > 0)
})

it('refuses a recipe with the place of each problem, and a second run with who grows the project', async () => {
  const { server, jobs, runs } = await openServer(100)
  const refused = await runs.start(few({ params: { label: 3, perCal: 2 } }), own).catch(problemOf)
  expect(refused).toMatchObject({ code: 'bad-recipe', status: 400 })
  expect('errors' in refused && refused.errors.map(({ path }) => path).toSorted()).toEqual([
    'body.recipe.params.label',
    'body.recipe.params.perCal',
  ])
  expect(server.counts.received).toBe(0)

  const { run } = await runs.start(few(), own)
  const other = few({ params: { label: 'return_item' }, target: 2 })
  await expect(runs.start(other, own)).rejects.toMatchObject({ code: 'run-held', details: { run, here: true } })
  const { job } = runs.queue(other, own)
  await until(() => jobs.list().some(({ id, note }) => id === job && note.includes(run)))
  await runs.stop(run, { now: true })
  await until(() => jobs.list().some(({ id, state }) => id === job && state === 'done'))
  expect(jobs.list().find(({ id }) => id === job)?.result).toMatchObject({ kept: 2 })
})

it('drains when the server closes, so that the run can go on in the next one', async () => {
  const { server, jobs, runs } = await openServer()
  const { run } = await runs.start(few(), own)
  await until(() => server.counts.answered >= 2)
  await jobs.close()
  expect(await runs.view(run)).toMatchObject({ state: 'cancelled', growing: false })
  expect(server.counts.aborted).toBe(0)
})

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise(resolve => setTimeout(resolve, 10))
}
