/** What a generator plans with some parameters, before there is a recipe: nothing is sent, and no teacher is needed. */
import type { Generator, Plan } from '../../engine/define.ts'
import type { AugmentParams } from '../../generators/augment.ts'
import type { FewShotParams } from '../../generators/few-shot/few-shot-params.ts'
import type { TemplaticParams } from '../../generators/templatic/templatic-params.ts'
import type { Json } from '../../model/json.ts'
import type { Project } from '../../model/project.ts'
import { recipe as recipeSchema } from '../../model/recipe.ts'
import { randomStream } from '../../stats/random-stream.ts'
import type { TemplateSet } from '../../text/template-set.ts'
import { insideFolder } from '../inside-folder.ts'
import { requireProject } from '../projects.ts'
import { readTextFile } from '../read-text-file.ts'
import { badRecipe } from '../recipe-file.ts'
import { recipeProblems } from '../recipe-problems.ts'
import type { Workspace } from '../workspace.ts'

export interface PreviewChoice {
  project: string
  /** As they are written in a recipe. */
  params: Record<string, Json>
  /** The recipe's: with the same one, a run plans the same. */
  seed: number
}

/** Parameters by kind of generator, defaults filled in. */
interface PreviewedParams {
  augment: AugmentParams
  'few-shot': FewShotParams
  template: TemplateSet
  templatic: TemplaticParams
}

export interface PlannedPreview<P> {
  project: Project
  generator: Generator<P>
  params: P
  plan: Plan
}

/**
 * Where the run would ask an embedder for similar texts, words decide here. Paths start from the workspace's folder and stay in it.
 *
 * @throws CultivarError `bad-recipe` for parameters that are wrong, `not-found` for the project or a file, what planning throws.
 */
export async function planPreview<K extends keyof PreviewedParams>(
  workspace: Workspace,
  kind: K,
  { project: name, params: written, seed }: PreviewChoice,
): Promise<PlannedPreview<PreviewedParams[K]>> {
  const problems = recipeProblems({ project: name, generator: kind, params: written }, workspace.plugins)
  if (problems.length > 0) throw badRecipe(problems.map(({ text }) => text))
  const { project, nextPosition } = await requireProject(workspace, name)
  const recipe = recipeSchema.parse({ project: name, generator: kind, params: written, seed })
  const generator: Generator<PreviewedParams[K]> = workspace.plugins.generators.find(each => each.kind === kind)!
  const params = generator.params.parse(recipe.params)
  const plan = await generator.plan({
    params,
    project,
    random: randomStream(`${recipe.seed}`).fork('plan'),
    records: () => workspace.store.streamRecords(name, { before: nextPosition, statuses: ['pending', 'accepted'] }),
    readText: async path => readTextFile(await insideFolder(workspace.folder, path)),
  })
  return { project, generator, params, plan }
}
