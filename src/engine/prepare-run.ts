/** Prepares a run: what it is (its identity), what is frozen with it, and what is wanted of it. */
import { CultivarError } from '../model/error.ts'
import { canonicalJson, type Json } from '../model/json.ts'
import type { Project } from '../model/project.ts'
import type { Recipe } from '../model/recipe.ts'
import type { StoredRecord } from '../model/record.ts'
import type { RunRow, Snapshot, Spending } from '../model/run.ts'
import { randomStream } from '../stats/random-stream.ts'
import type { Plan, PlanContext, Sources } from './define.ts'
import { hashedSimulations, hashedSources } from './hashed-sources.ts'
import { sha256 } from './ledger-key.ts'
import type { LanguageModel, NewRun } from './ports.ts'
import { chatModelsOf, type RunPlugins } from './run-plugins.ts'
import { targetedCells, targetsOf } from './run-targets.ts'

/** Raise it when the same frozen inputs would be selected differently. */
const engineVersion = '2'
const roundSizes = { withFeedback: 64, without: 2048 }
/** Cells that a message lists. */
const mostListed = 20
/** Share of candidates expected to be kept where the project has no history. */
const defaultYields = { asking: 0.8, pure: 1 }

export interface PreparedRun {
  run: NewRun
  targets: Record<string, number>
  budget: Partial<Spending>
  /** What the plug-ins found and chose, for people. */
  notes: string[]
}

export interface PrepareInput {
  recipe: Recipe
  plugins: RunPlugins
  /** The project’s next position: records below it are visible. */
  position: number
  /** How many decisions the project had then: the run sees records as these left them. */
  decisions: number
  /** The project’s records that are not rejected, for `{ to: N }`; `undefined` asks for all cells together. */
  existing: (cell: string | undefined) => number
  records(): AsyncIterable<StoredRecord>
  readText(path: string): Promise<string>
  sources?: Sources
  embed?: (texts: string[]) => Promise<number[][]>
  /** From the project’s history with this generator. */
  expectedYield?: number
  /** Makes a run of its own out of an equal recipe. */
  salt?: string
  findRun(id: string): Promise<RunRow | undefined>
}

/** Plans a new run, or takes up the one of the same identity with what was frozen then. */
export async function prepareRun(input: PrepareInput): Promise<PreparedRun> {
  const { recipe, plugins } = input
  const files: Record<string, string> = {}
  const { plan, criticMaterial, cells } = await planAll(input, files)
  const versions = { ...versionsOf(plugins), ...files }
  const identity = sha256(canonicalJson([identityOf(recipe, plugins), versions, input.salt ?? null]))
  const id = identity.slice(0, 10)
  const budget = budgetOf(recipe, plugins)
  const previous = await input.findRun(id)
  if (previous) {
    const { project, snapshot } = previous
    return { run: { id, project, identity, snapshot }, targets: targetsOf(recipe, snapshot), budget, notes: plan.notes }
  }
  const snapshot: Snapshot = {
    // Teacher and critic by name, so that the run can go on when the project has got another provider meanwhile.
    recipe: {
      ...recipe,
      ...(plugins.teacher && { teacher: plugins.teacher.name }),
      ...(plugins.critic && { critic: plugins.critic.name }),
    },
    position: input.position,
    decisions: input.decisions,
    existing: Object.fromEntries(['', ...cells].map(cell => [cell, input.existing(cell === '' ? undefined : cell)])),
    material: plan.material,
    criticMaterial,
    cells,
    ...(plan.targets === undefined ? {} : { targets: plan.targets }),
    ...(plan.defaultTarget === undefined ? {} : { defaultTarget: plan.defaultTarget }),
    versions,
    jsonModes: Object.fromEntries(chatModelsOf(plugins).map(model => [model.name, model.jsonMode])),
    expectedYield:
      input.expectedYield ??
      (plugins.generator.usesModel && plugins.teacher ? defaultYields.asking : defaultYields.pure),
    perUnit: plan.perUnit,
    roundSize: recipe.rounds.size ?? plan.roundSize ?? usualRoundSize(plugins),
    ...(input.salt === undefined ? {} : { salt: input.salt }),
  }
  return {
    run: { id, project: recipe.project, identity, snapshot },
    targets: targetsOf(recipe, snapshot),
    budget,
    notes: plan.notes,
  }
}

function usualRoundSize({ generator }: RunPlugins): number {
  return generator.usesFeedback ? roundSizes.withFeedback : roundSizes.without
}

async function planAll(
  { recipe, plugins, records, readText, sources, embed }: PrepareInput,
  files: Record<string, string>,
): Promise<{ plan: Plan; criticMaterial: Json[]; cells: string[] }> {
  const context: Omit<PlanContext<unknown>, 'params' | 'random'> = {
    project: plugins.project,
    records,
    async readText(path) {
      const text = await readText(path)
      files[`file:${path}`] = sha256(text)
      return text
    },
    ...(sources && { sources: hashedSources(sources, files) }),
    ...(embed === undefined ? {} : { embed }),
    ...(plugins.findSimulation && { findSimulation: hashedSimulations(plugins.findSimulation, files) }),
  }
  const stream = randomStream(`${recipe.seed}`)
  const plan = await plugins.generator.plan({ ...context, params: plugins.params, random: stream.fork('plan') })
  // All of them, even where the target names some: a later one may name others, and it is the same run.
  const { cells, seeds } = plan
  const unknown = targetedCells(recipe, cells).find(cell => !cells.includes(cell))
  if (unknown !== undefined) throw unknownCell(unknown, recipe, cells)
  const criticMaterial: Json[] = []
  for (const [place, { critic, params }] of plugins.critics.entries()) {
    criticMaterial.push(
      (await critic.plan?.({
        ...{ ...context, params, random: stream.fork(`critic ${place}`), cells },
        ...(seeds && { seeds }),
      })) ?? null,
    )
  }
  return { plan, criticMaterial, cells }
}

function unknownCell(cell: string, { generator }: Recipe, cells: string[]): CultivarError {
  const listed = cells.slice(0, mostListed).map(each => `“${each}”`)
  const more = cells.length > mostListed ? [`${cells.length - mostListed} more`] : []
  return new CultivarError(
    'bad-recipe',
    `The target names cell “${cell}”, but generator “${generator}” has the cells ${[...listed, ...more].join(', ')}.`,
    'Name one of these in “target”, or give one number for all.',
  )
}

/** Everything that shapes the sequence; target, budget and limits do not. */
function identityOf(recipe: Recipe, plugins: RunPlugins) {
  const { target, budget, limits, ...shaping } = recipe
  return {
    ...shaping,
    params: plugins.params,
    project: projectIdentity(plugins.project),
    teacher: plugins.teacher && modelIdentity(plugins.teacher),
    critic: plugins.critic && modelIdentity(plugins.critic),
    critics: plugins.critics.map(({ critic, params, model }) => [critic.kind, params, model && modelIdentity(model)]),
    embedder: plugins.embedder && modelIdentity(plugins.embedder),
    redacted: plugins.redact !== undefined,
  }
}

/** What plug-ins see of the project; who may read its text, and which model compares it, is not part of that. */
function projectIdentity({ name, kind, labels, instructions }: Project) {
  return { name, kind, labels, instructions }
}

function modelIdentity({ kind, endpoint, model }: LanguageModel) {
  return { kind, endpoint, model }
}

function versionsOf(plugins: RunPlugins): Record<string, string> {
  const versions: Record<string, string> = { engine: engineVersion }
  for (const { kind, version, prompts } of [plugins.generator, ...plugins.critics.map(({ critic }) => critic)]) {
    versions[kind] = [version, ...prompts].join(' ')
  }
  return versions
}

function budgetOf({ budget }: Recipe, plugins: RunPlugins): Partial<Spending> {
  const unpriced = chatModelsOf(plugins).find(model => model.price === undefined)
  if (budget.usd !== undefined && unpriced) {
    throw new CultivarError(
      'bad-recipe',
      `The budget is in dollars, but provider “${unpriced.name}” has no prices.`,
      `State them: cultivar providers set ${unpriced.name} --input-usd USD --output-usd USD. Or give a budget in calls or tokens.`,
    )
  }
  return {
    ...(budget.calls === undefined ? {} : { calls: budget.calls }),
    ...(budget.tokens === undefined ? {} : { tokens: budget.tokens }),
    ...(budget.usd === undefined ? {} : { nanoUsd: Math.round(budget.usd * 1e9) }),
  }
}
