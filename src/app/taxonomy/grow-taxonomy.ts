/** Growing a taxonomy in one step: its project is made if need be, and the recipe is written from a few choices. */
import { basename, relative, resolve } from 'node:path'
import { CultivarError } from '../../model/error.ts'
import type { Recipe } from '../../model/recipe.ts'
import { createProject } from '../projects.ts'
import { assignProvider } from '../providers.ts'
import { type RecipeLine, recipeFromLine } from '../recipe-line.ts'
import type { Workspace } from '../workspace.ts'

export interface TaxonomyChoice extends Omit<RecipeLine, 'project' | 'generator'> {
  /** Folder of the taxonomy, and of local documents. */
  folder: string
  documents?: string
  /** What paths in the recipe start from. */
  recipeFolder: string
  /** Default: the taxonomy's folder. */
  project?: string
  /** Provider that judges. */
  critic?: string
}

export interface TaxonomyRecipe {
  recipe: Recipe
  /** What was made for it, in words. */
  made: string[]
}

/** Throws CultivarError `bad-recipe` for choices that make no recipe, `bad-input` for a project of another kind. */
export async function taxonomyRecipe(workspace: Workspace, choice: TaxonomyChoice): Promise<TaxonomyRecipe> {
  const { folder, documents, recipeFolder, critic, project: named, params = [], ...line } = choice
  const project = named ?? projectNameOf(folder)
  const path = (to: string) => JSON.stringify(relative(recipeFolder, resolve(to)).replaceAll('\\', '/') || '.')
  const paths = [`taxonomy=${path(folder)}`, ...(documents === undefined ? [] : [`documents=${path(documents)}`])]
  const recipe = recipeFromLine(
    { ...line, project, generator: 'taxonomy', params: [...paths, ...params] },
    workspace.plugins,
  )
  const made = await requireProjectOfRecords(workspace, project, [line.teacher, critic])
  return { recipe: { ...recipe, ...(critic !== undefined && { critic }) }, made }
}

/** A new project may use the providers that were named for it, else the only one that there is. */
async function requireProjectOfRecords(
  workspace: Workspace,
  name: string,
  named: (string | undefined)[],
): Promise<string[]> {
  const found = await workspace.store.findProject(name)
  if (found?.project.kind === 'records') return []
  if (found) {
    throw new CultivarError(
      'bad-input',
      `Project “${name}” is of the kind ${found.project.kind}; questions and answers need one of records.`,
      'Name another with --project; it is made if there is none of that name.',
    )
  }
  await createProject(workspace, { name, kind: 'records' })
  const known = (await workspace.store.listProviders()).map(({ provider }) => provider.name)
  const wanted = named.filter(provider => provider !== undefined && known.includes(provider))
  const chosen = wanted.length === 0 && known.length === 1 ? known : [...new Set(wanted as string[])]
  for (const provider of chosen) await assignProvider(workspace, provider, name)
  const use = chosen.length > 0 ? `, which may use ${chosen.join(' and ')}` : ''
  return [`Made project ${name} for its records${use}`]
}

/** The folder's name as far as a project can have it. */
function projectNameOf(folder: string): string {
  const name = basename(resolve(folder))
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[^a-z0-9]+/, '')
    .slice(0, 64)
  return name === '' ? 'taxonomy' : name
}
