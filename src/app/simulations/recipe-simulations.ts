/** The simulations that a recipe may name: those built in, and files of the user's own beside it. */
import type { FindSimulation, RunnableSimulation } from '../../engine/define.ts'
import { CultivarError } from '../../model/error.ts'
import { recipePaths } from '../recipe-paths.ts'
import type { Workspace } from '../workspace.ts'
import { findSimulation, isPath } from './find-simulation.ts'
import { GuardedRun } from './guarded-run.ts'
import { usualStepTimeoutMs } from './step-timeout.ts'

const moreTime = 'let it do less: only “cultivar simulations run” gives more time, by --step-timeout SECONDS.'

/**
 * Paths start from the recipe's folder. A file of a simulation is code, and runs when it is loaded: a confined workspace loads none,
 * for whoever writes a recipe there need not be whom the machine belongs to. A step that takes longer than `stepTimeoutMs` ends its run.
 */
export function recipeSimulations(
  workspace: Pick<Workspace, 'folder' | 'confined'>,
  recipeFolder: string,
  stepTimeoutMs = usualStepTimeoutMs,
): FindSimulation {
  const found = async (nameOrPath: string): Promise<RunnableSimulation> => {
    const { simulation, hashed } = await findSimulation(nameOrPath)
    const start: RunnableSimulation['start'] = order => new GuardedRun(simulation, order, stepTimeoutMs, moreTime)
    return { simulation, start, ...(hashed && { hash: hashed.hash }) }
  }
  return async name => {
    if (!isPath(name)) return found(name)
    if (workspace.confined) {
      throw new CultivarError(
        'bad-recipe',
        `“${name}” is a file of your own, and the studio runs no code that a recipe names.`,
        'Run the recipe from the command line: cultivar run RECIPE.yaml. Its records are in the project then.',
      )
    }
    return found(await recipePaths(workspace, recipeFolder)(name))
  }
}
