/** Gives the engine what a workspace knows when a run is prepared: records, counts, history, files. */
import { type PreparedRun, prepareRun } from '../engine/prepare-run.ts'
import type { RunPlugins } from '../engine/run-plugins.ts'
import type { Recipe } from '../model/recipe.ts'
import type { RunRow, Tally } from '../model/run.ts'
import { existingRecords } from './existing-records.ts'
import { requireProject } from './projects.ts'
import { readTextFile } from './read-text-file.ts'
import { recipePaths } from './recipe-paths.ts'
import { sourcesOf } from './sources.ts'
import type { Workspace } from './workspace.ts'

export interface PreparedInWorkspace extends PreparedRun {
  /** The run as it is stored, if there is one of this identity. */
  previous: RunRow | undefined
}

/** Candidates a history must hold before it is believed. */
const leastHistory = 20
const lowestYield = 0.05

export async function prepareInWorkspace(
  workspace: Workspace,
  recipe: Recipe,
  plugins: RunPlugins,
  options: {
    /** What paths in the recipe start from. */
    recipeFolder: string
    salt?: string | undefined
    embed?: ((texts: string[]) => Promise<number[][]>) | undefined
  },
): Promise<PreparedInWorkspace> {
  const { store } = workspace
  const { nextPosition, decisions, project } = await requireProject(workspace, recipe.project)
  const expectedYield = yieldOf(await store.history(recipe.project, recipe.generator))
  const { salt, embed, recipeFolder } = options
  let previous: RunRow | undefined
  const prepared = await prepareRun({
    recipe,
    plugins,
    position: nextPosition,
    decisions,
    existing: await existingRecords(workspace, project),
    records: () => store.streamRecords(recipe.project, { before: nextPosition, statuses: ['pending', 'accepted'] }),
    readText: async path => readTextFile(await recipePaths(workspace, recipeFolder)(path)),
    sources: sourcesOf(workspace, recipe.project, recipeFolder),
    findRun: async id => {
      previous = await store.findRun(id)
      return previous
    },
    ...(embed && { embed }),
    ...(expectedYield !== undefined && { expectedYield }),
    ...(salt !== undefined && { salt }),
  })
  return { ...prepared, previous }
}

function yieldOf({ yielded, asked }: Tally): number | undefined {
  return asked < leastHistory ? undefined : Math.min(1, Math.max(lowestYield, yielded / asked))
}
