/** Runs a recipe in a workspace, goes on with a run that ended early, and stops one that another process grows. */
import { randomUUID } from 'node:crypto'
import { grow } from '../engine/grow.ts'
import type { LanguageModel } from '../engine/ports.ts'
import { chatModelsOf, type RunPlugins } from '../engine/run-plugins.ts'
import { CultivarError } from '../model/error.ts'
import type { Recipe } from '../model/recipe.ts'
import type { JsonMode } from '../model/request.ts'
import type { RunRow } from '../model/run.ts'
import type { RunEvent } from '../model/run-event.ts'
import { leaseHolder } from '../stores/lease-holder.ts'
import { type ComposeOptions, composeRun, modelsOf } from './compose-run.ts'
import { whoDecides } from './decide.ts'
import { embedTexts } from './embed-texts.ts'
import { requireRun } from './find-stored.ts'
import { prepareInWorkspace } from './prepare-in-workspace.ts'
import { interrupt, isAlive, thisProcess } from './process-holder.ts'
import { probeProvider } from './providers.ts'
import { recipeText } from './recipe-line.ts'
import { buildReport, type ReportedModel, type RunReport, writeReport } from './report/report.ts'
import { type RunOrigin, readOrigin, writeRunFile } from './run-files.ts'
import type { Workspace } from './workspace.ts'

export interface GrowOptions extends Pick<ComposeOptions, 'models'> {
  /** What paths in the recipe start from; default: the workspace’s folder, or for a resumed run, where it was begun. */
  recipeFolder?: string
  /** Wait while another run grows the project, instead of refusing. */
  wait?: boolean
  /** Aborted: nothing new is sent, calls in flight may finish, the run ends `cancelled` and can be resumed. */
  signal?: AbortSignal
  /** Aborted: calls in flight are given up too. */
  stopNow?: AbortSignal
  observe?: (event: RunEvent) => void
  /** Who begins it; default: the one the environment knows. */
  who?: string
}

/** What a run that goes on is to come to, instead of what it was begun with. */
export interface ResumeOptions extends GrowOptions, Partial<Pick<Recipe, 'target' | 'budget'>> {}

export interface RunOptions extends GrowOptions {
  /** A run of its own although the recipe was run before: every sample is a new one. */
  fresh?: boolean
  /** Instead of the recipe’s. */
  seed?: number
}

const waitMs = 1000
const heldLeaseMs = 20_000
/** How long a run that was asked to stop is waited for: calls in flight may finish. */
const patienceMs = 60_000
/** Two signals at once may arrive as one. */
const betweenSignalsMs = 300

/**
 * Grows the recipe’s run, or goes on with it if an equal recipe was run before: then `target` and `budget` replace the earlier ones.
 * How it ended is in the report, which is also written to the run’s folder.
 *
 * @throws CultivarError where it cannot begin (`bad-recipe`, `not-found`, `egress-denied`, `provider-failed`, `run-held`,
 * `interrupted` while it waits) or must not go on (`run-taken-over`, storage errors).
 */
export async function runRecipe(workspace: Workspace, recipe: Recipe, options: RunOptions = {}): Promise<RunReport> {
  const { fresh = false, seed = recipe.seed, ...rest } = options
  return growRun(
    workspace,
    { ...recipe, seed },
    { recipeFolder: workspace.folder, ...rest },
    fresh ? randomUUID() : undefined,
  )
}

/**
 * Goes on with a run, to the target and within the budget it had last, or those given. Takes its id or the beginning of it.
 *
 * @throws besides what runRecipe throws, `run-changed` if files, models or versions are not what they were.
 */
export async function resumeRun(workspace: Workspace, id: string, options: ResumeOptions = {}): Promise<RunReport> {
  const { target, budget, ...rest } = options
  const stored = await requireRun(workspace, id)
  const recipeFolder = (await readOrigin(workspace, stored.id))?.recipeFolder ?? workspace.folder
  const { recipe, salt } = stored.snapshot
  const changed = { ...recipe, ...(target !== undefined && { target }), ...(budget && { budget }) }
  const kept = { ...(target === undefined && { targets: stored.targets }), ...(!budget && { budget: stored.budget }) }
  return growRun(workspace, changed, { recipeFolder, ...rest }, salt, {
    id: stored.id,
    snapshot: stored.snapshot,
    kept,
  })
}

/** A run that goes on, and what it keeps of what it was last asked for. */
interface Resumed extends Pick<RunRow, 'id' | 'snapshot'> {
  kept: Partial<Pick<RunRow, 'targets' | 'budget'>>
}

/**
 * Stops a run: one that a process of this machine grows is asked to, as by Ctrl-C; one that nobody grows any more is marked
 * as stopped. It can be resumed. With `now`, calls in flight are given up, as by a second Ctrl-C. The report says `running` if it
 * has not stopped within a minute.
 *
 * @throws CultivarError `not-found`, or `run-held` if it is grown on another machine.
 */
export async function cancelRun(
  workspace: Workspace,
  id: string,
  { now = false }: { now?: boolean } = {},
): Promise<RunReport> {
  const { runs, clock, database } = workspace
  const run = await requireRun(workspace, id)
  const held = await leaseHolder(database, run.project, clock.now())
  if (held?.run === run.id && isAlive(held.holder)) {
    if (!interrupt(held.holder)) {
      throw new CultivarError(
        'run-held',
        `Run ${run.id} is grown by process ${held.holder.pid} on ${held.holder.host}.`,
        'Stop it there.',
      )
    }
    const isHeld = async () =>
      (await leaseHolder(database, run.project, clock.now()))?.holder.token === held.holder.token
    if (now) {
      await clock.sleep(betweenSignalsMs)
      if (await isHeld()) interrupt(held.holder)
    }
    for (const untilMs = clock.now() + patienceMs; clock.now() < untilMs && (await isHeld()); ) await clock.sleep(100)
  } else if (run.state === 'running') {
    const { targets, budget } = run
    const taker = { holder: thisProcess(clock.now()), nowMs: clock.now(), leaseMs: heldLeaseMs, isAlive }
    const { lease } = await runs.openRun(run, { targets, budget }, taker)
    const hint = `It can go on: cultivar runs resume ${run.id}`
    await runs.closeRun(lease, { state: 'cancelled', reason: 'It was stopped.', hint }, clock.now())
  }
  return buildReport(workspace, run.id)
}

type Compose = (jsonModes?: Record<string, JsonMode>) => Promise<RunPlugins>

/** Closes the models that it opened, however the run ends. */
async function growRun(
  workspace: Workspace,
  recipe: Recipe,
  options: GrowOptions & { recipeFolder: string },
  salt: string | undefined,
  resumed?: Resumed,
): Promise<RunReport> {
  const { models, recipeFolder } = options
  const opened = new Set<LanguageModel>()
  const compose: Compose = async jsonModes => {
    const plugins = await composeRun(workspace, recipe, { models, recipeFolder, ...(jsonModes && { jsonModes }) })
    for (const model of modelsOf(plugins)) if (!models?.includes(model)) opened.add(model)
    return plugins
  }
  try {
    return await growComposed(workspace, recipe, options, { salt, resumed, compose })
  } finally {
    for (const model of opened) await model.close?.()
  }
}

async function growComposed(
  workspace: Workspace,
  recipe: Recipe,
  options: GrowOptions & { recipeFolder: string },
  { salt, resumed, compose }: { salt: string | undefined; resumed: Resumed | undefined; compose: Compose },
): Promise<RunReport> {
  const { clock, runs } = workspace
  const { signal, stopNow, observe, recipeFolder } = options
  const composed = await compose()
  for (;;) {
    if (options.wait) await untilFree(workspace, recipe.project, options)
    const startedMs = clock.now()
    const { redact, embedder } = composed
    const embed = embedder && embedTexts(embedder, { runs, clock, redact, signal })
    const { previous, ...prepared } = await prepareInWorkspace(workspace, recipe, composed, {
      recipeFolder,
      salt,
      embed,
    })
    if (resumed && previous?.id !== resumed.id) throw runChanged(resumed, prepared.run.snapshot.versions)
    if (resumed) Object.assign(prepared, resumed.kept)
    const jsonModes = (previous?.snapshot.jsonModes ?? (await probeModes(workspace, composed, options))) as Record<
      string,
      JsonMode
    >
    prepared.run.snapshot.jsonModes = jsonModes
    const plugins = await compose(jsonModes)
    await writeOrigin(workspace, prepared.run.id, recipe, {
      recipeFolder,
      who: whoDecides(workspace.environment, options.who),
    })
    const holder = thisProcess(clock.now())
    try {
      const { notes } = await grow({
        ...{ prepared, plugins, store: runs, clock, holder, isAlive, limits: recipe.limits },
        ...(signal && { signal }),
        ...(stopNow && { stopNow }),
        ...(observe && { observe }),
      })
      return await writeReport(workspace, prepared.run.id, {
        models: reportedModels(plugins),
        durationMs: clock.now() - startedMs,
        notes: [...prepared.notes, ...notes],
        egress: { level: plugins.project.egress, redacted: plugins.redact !== undefined },
      })
    } catch (error) {
      const held = error instanceof CultivarError && error.code === 'run-held'
      if (!held || !options.wait) throw error
    }
  }
}

/** Waits until nobody grows the project. What was planned before would not know what that run keeps. */
async function untilFree(
  { database, clock }: Workspace,
  project: string,
  { signal, observe }: GrowOptions,
): Promise<void> {
  for (let told = ''; ; ) {
    const held = await leaseHolder(database, project, clock.now())
    if (!held || !isAlive(held.holder)) return
    if (told !== held.run)
      observe?.({
        kind: 'waiting',
        why: `Run ${held.run} is growing project “${project}” (process ${held.holder.pid} on ${held.holder.host}).`,
      })
    told = held.run
    await clock.sleep(waitMs, signal).catch(() => {
      throw new CultivarError(
        'interrupted',
        `Stopped while waiting for run ${held.run}.`,
        'Nothing was begun; run it again.',
      )
    })
  }
}

/** The JSON mode of each model that is asked for text: as configured, else found out by trying. */
async function probeModes(
  workspace: Workspace,
  plugins: RunPlugins,
  { models }: GrowOptions,
): Promise<Record<string, JsonMode>> {
  const modes: Record<string, JsonMode> = {}
  for (const model of chatModelsOf(plugins)) {
    if (modes[model.name]) continue
    const known =
      models?.some(({ name }) => name === model.name) ||
      (await workspace.store.findProvider(model.name))?.provider.jsonMode
    modes[model.name] = known ? model.jsonMode : await probeProvider(workspace, model.name, plugins.project)
  }
  return modes
}

function reportedModels({ teacher, critic, critics, embedder }: RunPlugins): ReportedModel[] {
  const roles = [
    { role: 'teacher', model: teacher },
    { role: 'critic', model: critic },
    ...critics.map(({ critic, model }) => ({ role: critic.kind, model })),
    { role: 'embedder', model: embedder },
  ]
  return roles.flatMap(({ role, model }) => {
    if (!model) return []
    const { name: provider, model: asked, endpoint, loopback } = model
    return [{ role, provider, model: asked, host: URL.parse(endpoint)?.host ?? '', loopback }]
  })
}

function runChanged(run: Resumed, versions: Record<string, string>): CultivarError {
  const before = run.snapshot.versions
  const changed = [...new Set([...Object.keys(before), ...Object.keys(versions)])].filter(
    name => before[name] !== versions[name],
  )
  const what = changed.length > 0 ? changed.join(', ') : 'the models or settings it used'
  return new CultivarError(
    'run-changed',
    `Run ${run.id} cannot go on as it was begun: ${what} changed since.`,
    'Run the recipe again: that is a new run, and replies that were paid for are found in the ledger.',
    { run: run.id, changed },
  )
}

/** The recipe and where it comes from, for people and for resuming; who began it stays when others go on. */
async function writeOrigin(workspace: Workspace, run: string, recipe: Recipe, origin: RunOrigin): Promise<void> {
  const begun = await readOrigin(workspace, run)
  await writeRunFile(workspace, run, 'recipe.yaml', recipeText(recipe))
  await writeRunFile(
    workspace,
    run,
    'origin.json',
    JSON.stringify({ ...origin, ...(begun?.who && { who: begun.who }) }),
  )
}
