/** Simulations as lists show them: all in a line each, or one with its parameters and tables. */
import { builtInSimulations } from '../../simulations/built-in.ts'
import { type DescribedSimulation, describedSimulation } from './described-simulation.ts'
import { findSimulation, isPath } from './find-simulation.ts'
import { type KnownSimulation, knownOf } from './known-simulation.ts'
import { describeInThread } from './look-thread.ts'
import { usualStepTimeoutMs } from './step-timeout.ts'

export function listSimulations(): KnownSimulation[] {
  return builtInSimulations.map(simulation => knownOf({ simulation, from: 'built-in' }))
}

/** @throws CultivarError as `findSimulation`; for a model that cannot be made with its defaults; `too-slow` for one without an end */
export async function describeSimulation(
  nameOrPath: string,
  limitMs = usualStepTimeoutMs,
): Promise<DescribedSimulation> {
  if (isPath(nameOrPath)) return describeInThread(nameOrPath, limitMs)
  return describedSimulation(await findSimulation(nameOrPath))
}
