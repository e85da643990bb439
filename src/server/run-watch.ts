/** Runs of this server: begun and resumed as jobs, stopped, and watched by whoever comes, whoever grows them. */
import { hostname } from 'node:os'
import { requireRun } from '../app/find-stored.ts'
import { badRecipe } from '../app/recipe-file.ts'
import { type RecipeProblem, recipeProblems } from '../app/recipe-problems.ts'
import type { RunReport } from '../app/report/report.ts'
import {
  cancelRun,
  type GrowOptions,
  type ResumeOptions,
  type RunOptions,
  resumeRun,
  runRecipe,
} from '../app/run-recipe.ts'
import { growerOf, viewRun } from '../app/run-view.ts'
import type { Workspace } from '../app/workspace.ts'
import type { Job } from '../model/api/jobs.ts'
import type { RunView } from '../model/api/run-shapes.ts'
import { CultivarError } from '../model/error.ts'
import type { Recipe } from '../model/recipe.ts'
import type { RunEvent } from '../model/run-event.ts'
import type { Jobs } from './jobs.ts'
import { GrowingRun } from './run-watch-growing.ts'
import { RunPace } from './run-watch-pace.ts'

interface StartedRun {
  run: string
  job: string
}

export interface RunWatch {
  /** Resolves once the run is opened. Throws what stopped it before, as CultivarError `run-held` while another grows the project. */
  start(recipe: Recipe, options: { fresh: boolean; who: string }): Promise<StartedRun>
  /** Waits until nobody grows the project, as a job. */
  queue(recipe: Recipe, options: { fresh: boolean; who: string }): { job: string }
  /** To its last target and budget, or those given. */
  resume(id: string, options: Pick<ResumeOptions, 'target' | 'budget'>): Promise<StartedRun>
  /** Stops it, whoever grows it; with `now`, calls in flight are given up. Throws `not-found`, and `run-held` for another machine’s. */
  stop(id: string, options: { now: boolean }): Promise<void>
  /** The run as it is. */
  view(id: string): Promise<RunView>
  /** The run as it is, again as it changes, until it has ended. */
  watch(id: string, signal: AbortSignal): AsyncIterable<RunView>
}

/** Four times a second is live to the eye; a view of very many cells is long. */
const shortestMs = 250
const longestMs = 1000
const manyCells = 300
/** Another process’s run is read from the store. */
const storedMs = 1000
/** Rates and times go on while nothing happens. */
const refreshMs = 2000

export function openRunWatch(workspace: Workspace, jobs: Jobs): RunWatch {
  const { clock, store } = workspace
  const growing = new Map<string, GrowingRun>()
  const here: RunView['holder'] = { here: true, pid: process.pid, host: hostname() }

  /** Grows as a job; `opened` is settled before the job ends. */
  function grow(project: string, title: string, work: (options: GrowOptions) => Promise<RunReport>) {
    const opened = Promise.withResolvers<string>()
    // A queue does not listen to it.
    opened.promise.catch(() => undefined)
    const job = jobs.start({ kind: 'run', project, title }, async ({ signal, stopNow, tell }) => {
      const giveUp = new AbortController()
      let own: GrowingRun | undefined
      let toldMs = 0
      const observe = (event: RunEvent) => {
        if (event.kind === 'opened') {
          const run = { id: event.run, job: job.id, row: store.findRun(event.run) }
          own = new GrowingRun(run, { giveUp: () => giveUp.abort(), now: () => clock.now() })
          growing.set(event.run, own)
          if (signal.aborted) own.pausing()
          signal.addEventListener('abort', () => own?.pausing())
          opened.resolve(event.run)
        } else own?.observe(event)
        if (event.kind !== 'progress' || clock.now() - toldMs >= shortestMs) {
          toldMs = clock.now()
          tell(toldOf(event))
        }
      }
      try {
        const stop = AbortSignal.any([signal, giveUp.signal])
        const report = await work({ signal: stop, stopNow: AbortSignal.any([stopNow, giveUp.signal]), observe })
        const { run, state, kept, target } = report
        return { run, state, kept, target }
      } catch (error) {
        opened.reject(error)
        throw error
      } finally {
        if (own && growing.get(own.id) === own) growing.delete(own.id)
      }
    })
    return { job: job.id, opened: opened.promise }
  }

  const liveView = (id: string) => growing.get(id)?.view(here, () => store.runTallies(id))

  /** Problems with the place of each, before anything is asked of anybody. */
  const checked = (recipe: Recipe) => {
    const problems = recipeProblems(recipe, workspace.plugins)
    if (problems.length > 0) throw refused(problems)
    return recipe
  }
  const growRecipe = (recipe: Recipe, options: RunOptions) =>
    grow(recipe.project, `Growing with ${recipe.generator}`, watching =>
      runRecipe(workspace, checked(recipe), { ...watching, ...options }),
    )
  const begun = async ({ job, opened }: ReturnType<typeof grow>): Promise<StartedRun> => ({ run: await opened, job })

  return {
    async start(recipe, options) {
      checked(recipe)
      await refuseHeld(workspace, recipe.project)
      return begun(growRecipe(recipe, options))
    },

    queue(recipe, options) {
      checked(recipe)
      return { job: growRecipe(recipe, { ...options, wait: true }).job }
    },

    async resume(id, options) {
      const { id: run, project, snapshot } = await requireRun(workspace, id)
      await refuseHeld(workspace, project)
      const title = `Growing on with ${snapshot.recipe.generator}`
      return begun(grow(project, title, watching => resumeRun(workspace, run, { ...watching, ...options })))
    },

    async stop(id, { now }) {
      const run = await requireRun(workspace, id)
      const own = growing.get(run.id)
      if (!own) await cancelRun(workspace, run.id, { now })
      else if (now) own.giveUp()
      else jobs.cancel(own.job)
    },

    view: async id => (await liveView((await requireRun(workspace, id)).id)) ?? viewRun(workspace, id),

    async *watch(id, signal) {
      const run = (await requireRun(workspace, id)).id
      const pace = new RunPace()
      let told = { version: -1, text: '', atMs: 0 }
      while (!signal.aborted) {
        const own = growing.get(run)
        const nowMs = clock.now()
        const version = own?.version ?? -1
        let waitMs = shortestMs
        if (!own || version !== told.version || nowMs - told.atMs >= refreshMs) {
          const view = (await liveView(run)) ?? paced(await viewRun(workspace, run), pace, nowMs)
          const text = own ? '' : JSON.stringify(view)
          if (own || text !== told.text) yield view
          if (view.state !== 'running') return
          told = { version, text, atMs: nowMs }
          waitMs = !own ? storedMs : Object.keys(view.targets).length > manyCells ? longestMs : shortestMs
        }
        await clock.sleep(waitMs, signal).catch(() => undefined)
      }
    },
  }
}

/** A run that another process grows goes as fast as what is stored of it. */
function paced(view: RunView, pace: RunPace, nowMs: number): RunView {
  if (!view.growing) return view
  pace.remember(nowMs, view.tallies, view.spent)
  return { ...view, rate: pace.rate(nowMs), history: [...pace.history] }
}

function toldOf(event: RunEvent): Partial<Pick<Job, 'done' | 'total' | 'note'>> {
  if (event.kind === 'waiting') return { note: `Waiting: ${event.why}` }
  if (event.kind === 'note') return { note: event.text }
  const total = sum(Object.values(event.targets))
  if (event.kind === 'opened') return { total, note: `Run ${event.run}` }
  const done = sum(Object.values(event.tallies).map(({ kept }) => kept))
  return { done, total, note: `${done.toLocaleString('en')} of ${total.toLocaleString('en')} kept` }
}

/** Planning may take long, and would be for nothing. */
async function refuseHeld(workspace: Workspace, project: string): Promise<void> {
  const grower = await growerOf(workspace, project)
  if (!grower) return
  const { run, holder } = grower
  const where = holder.here ? 'here' : `by process ${holder.pid} on ${holder.host}`
  throw new CultivarError(
    'run-held',
    `Project “${project}” is being grown already: run ${run}, ${where}.`,
    'Wait until it has ended, or pause it.',
    { run, ...holder },
  )
}

function refused(problems: RecipeProblem[]): CultivarError {
  const { code, message, hint, details } = badRecipe(problems.map(({ text }) => text))
  const errors = problems.map(({ path, text }) => ({ path: ['body', 'recipe', ...path].join('.'), message: text }))
  return new CultivarError(code, message, hint, { ...details, errors })
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
