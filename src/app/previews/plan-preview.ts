/** What a generator plans with some parameters, before there is a recipe: nothing is sent, and no teacher is needed. */
import type { AnyGenerator, Plan } from '../../engine/define.ts'
import type { Json } from '../../model/json.ts'
import type { Project } from '../../model/project.ts'
import { recipe as recipeSchema } from '../../model/recipe.ts'
import { randomStream } from '../../stats/random-stream.ts'
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

export interface PlannedPreview {
  project: Project
  generator: AnyGenerator
  /** With defaults. */
  // biome-ignore lint/suspicious/noExplicitAny: whoever names the generator knows its parameters
  params: any
  plan: Plan
}

/**
 * Where the run would ask an embedder for similar texts, words decide here. Paths start from the workspace's folder and stay in it.
 *
 * @throws CultivarError `bad-recipe` for parameters that are wrong, `not-found` for the project or a file, what planning throws.
 */
export async function planPreview(
  workspace: Workspace,
  kind: string,
  { project: name, params: written, seed }: PreviewChoice,
): Promise<PlannedPreview> {
  const problems = recipeProblems({ project: name, generator: kind, params: written }, workspace.plugins)
  if (problems.length > 0) throw badRecipe(problems.map(({ text }) => text))
  const { project, nextPosition } = await requireProject(workspace, name)
  const recipe = recipeSchema.parse({ project: name, generator: kind, params: written, seed })
  const generator = workspace.plugins.generators.find(each => each.kind === kind)!
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
