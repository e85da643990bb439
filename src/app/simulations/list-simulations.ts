/** Simulations as lists show them: all in a line each, or one with its parameters and tables. */
import { checkParameters } from '../../simulations/simulation.ts'
import type { TableHead } from '../../table-files/index.ts'
import { builtInSimulations, findSimulation } from './find-simulation.ts'
import { type KnownSimulation, knownOf } from './known-simulation.ts'

export function listSimulations(): KnownSimulation[] {
  return builtInSimulations().map(simulation => knownOf({ simulation, from: 'built-in' }))
}

export interface DescribedSimulation extends KnownSimulation {
  tables: TableHead[]
}

/** @throws CultivarError as `findSimulation`; for a model that cannot be made with its defaults */
export async function describeSimulation(nameOrPath: string): Promise<DescribedSimulation> {
  const found = await findSimulation(nameOrPath)
  const { simulation } = found
  // Its tables are known once it is made, before it is set up.
  const model = new simulation.model({ parameters: checkParameters(simulation, {}), seed: 1 })
  return { ...knownOf(found), tables: model.tables.map(({ name, headers }) => ({ name, columns: headers })) }
}
