/** The built-in simulations as a list, and one of them by its name. */
import { CultivarError } from '../model/error.ts'
import { nearestName } from '../text/nearest-name.ts'
import * as models from './models/index.ts'
import type { Simulation } from './simulation.ts'

/** Each knows its own parameters; whoever takes them from a list checks them by the schema. */
export const builtInSimulations = Object.values(models) as unknown as readonly Simulation[]

/** @throws CultivarError `not-found`, with the name that was most likely meant. */
export function findBuiltIn(name: string): Simulation {
  const found = builtInSimulations.find(simulation => simulation.name === name)
  if (found) return found
  const names = builtInSimulations.map(simulation => simulation.name)
  const near = nearestName(name, names)
  const meant = near === undefined ? `There are ${names.join(', ')}.` : `Did you mean “${near}”?`
  throw new CultivarError(
    'not-found',
    `There is no simulation “${name}”.`,
    `${meant} A model of your own is named by its path: ./model.ts`,
    { name },
  )
}
