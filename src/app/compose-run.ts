/** Looks up what a recipe names: project, generator, critics, and the models they ask. */
import type { AnyCritic } from '../engine/define.ts'
import type { LanguageModel } from '../engine/ports.ts'
import { type ChosenCritic, chatModelsOf, type RunPlugins } from '../engine/run-plugins.ts'
import { CultivarError } from '../model/error.ts'
import type { Project } from '../model/project.ts'
import { type CriticChoice, type CriticChoiceInput, criticChoice, type Recipe } from '../model/recipe.ts'
import type { JsonMode } from '../model/request.ts'
import { redact } from '../text/redact.ts'
import { requireProject } from './projects.ts'
import { defaultProvider, openModel } from './providers.ts'
import { badRecipe } from './recipe-file.ts'
import { recipeProblems } from './recipe-problems.ts'
import { recipeSimulations } from './simulations/recipe-simulations.ts'
import type { Workspace } from './workspace.ts'

export interface ComposeOptions {
  /** Models in this process, taken before configured providers of the same name. */
  models?: LanguageModel[] | undefined
  /** By provider: the JSON mode that was probed and frozen. */
  jsonModes?: Record<string, JsonMode>
  /** What paths in the recipe start from; default: the workspace’s folder. */
  recipeFolder?: string
}

/**
 * The recipe’s plug-ins with their parameters parsed. Critics that are on by default come first, then those
 * that the generator brings along, unless the recipe lists them.
 * Sends nothing to a model.
 *
 * @throws CultivarError `bad-recipe`, `not-found` (project, provider), `egress-denied`.
 */
export async function composeRun(
  workspace: Workspace,
  recipe: Recipe,
  options: ComposeOptions = {},
): Promise<RunPlugins> {
  const { plugins } = workspace
  const problems = recipeProblems(recipe, plugins)
  if (problems.length > 0) throw badRecipe(problems.map(({ text }) => text))
  const { project } = await requireProject(workspace, recipe.project)
  const generator = plugins.generators.find(({ kind }) => kind === recipe.generator)!
  const params = generator.params.parse(recipe.params)
  const chosen = chooseCritics(recipe, plugins.critics, generator.critics?.(params) ?? [])
  const opened = new Map<string, Promise<LanguageModel>>()
  const open = (name: string) => {
    const own = options.models?.find(model => model.name === name)
    if (!opened.has(name))
      opened.set(name, own ? inProcess(own, project) : openModel(workspace, name, project, options.jsonModes?.[name]))
    return opened.get(name)!
  }
  const usesModel = generator.usesModel && (generator.asks?.(params) ?? true)
  const asksTeacher = usesModel || chosen.some(({ critic, provider }) => critic.phase === 'model' && !provider)
  const { usesCritic = false } = generator
  const teacherName = asksTeacher
    ? (recipe.teacher ?? (await defaultTeacher(workspace, recipe, project, options.models)))
    : undefined
  const critics: ChosenCritic[] = []
  for (const { critic, params, provider } of chosen) {
    const judge = critic.phase === 'model' ? (provider ?? teacherName) : undefined
    critics.push({ critic, params, ...(judge !== undefined && { model: await open(judge) }) })
  }
  const teacher = usesModel && teacherName !== undefined ? await open(teacherName) : undefined
  const criticName = usesCritic ? (recipe.critic ?? teacherName) : undefined
  const critic = criticName === undefined ? undefined : await open(criticName)
  const embedder = usesModel && project.embedder !== undefined ? await open(project.embedder) : undefined
  const leaves = (await Promise.all(opened.values())).some(model => !model.loopback)
  return {
    project,
    generator,
    params,
    critics,
    ...(teacher && { teacher }),
    ...(critic && { critic }),
    ...(embedder && { embedder }),
    ...(project.egress === 'redacted' && leaves && { redact }),
    findSimulation: recipeSimulations(workspace, options.recipeFolder ?? workspace.folder),
  }
}

/** The models of a run, each once, by name. */
export function modelsOf(plugins: RunPlugins): LanguageModel[] {
  const { embedder } = plugins
  const models = [...chatModelsOf(plugins), ...(embedder ? [embedder] : [])]
  return [...new Map(models.map(model => [model.name, model])).values()]
}

interface CriticInRecipe {
  critic: AnyCritic
  params: unknown
  provider?: string | undefined
}

function chooseCritics({ critics }: Recipe, known: AnyCritic[], brought: CriticChoiceInput[]): CriticInRecipe[] {
  const listed = new Set(critics.map(({ kind }) => kind))
  const unlisted = brought.filter(({ kind }) => !listed.has(kind)).map(choice => criticChoice.parse(choice))
  for (const { kind } of unlisted) listed.add(kind)
  const byDefault = known.filter(critic => critic.onByDefault && !listed.has(critic.kind))
  return [
    ...byDefault.map(critic => ({ critic, params: critic.params.parse({}) })),
    ...[...unlisted, ...critics].filter(({ enabled }) => enabled).map(choice => inRecipe(choice, known)),
  ]
}

function inRecipe({ kind, provider, enabled: _, ...params }: CriticChoice, known: AnyCritic[]): CriticInRecipe {
  const critic = known.find(critic => critic.kind === kind)
  if (!critic) {
    const kinds = known.map(critic => critic.kind).join(', ')
    throw new CultivarError(
      'bad-recipe',
      `The generator brings critic “${kind}” along, and there is none of that kind.`,
      `There are: ${kinds}. A plug-in’s module must export its critics too.`,
    )
  }
  return { critic, params: critic.params.parse(params), provider }
}

async function inProcess(model: LanguageModel, project: Project): Promise<LanguageModel> {
  if (model.loopback || project.egress !== 'none') return model
  throw new CultivarError(
    'egress-denied',
    `Project “${project.name}” lets no text leave this machine, and model “${model.name}” is elsewhere.`,
    'Choose a model on this machine, or change the project’s egress.',
  )
}

async function defaultTeacher(
  workspace: Workspace,
  recipe: Recipe,
  project: Project,
  models: LanguageModel[] | undefined,
): Promise<string> {
  const name = models?.length === 1 ? models[0]!.name : await defaultProvider(workspace, project.name)
  if (name !== undefined) return name
  throw new CultivarError(
    'not-found',
    `The recipe asks a model (${recipe.generator}), but names no teacher, and project “${project.name}” has no provider to take instead.`,
    'Add one with “cultivar providers add” and assign it to the project, or name one as “teacher” in the recipe.',
  )
}
