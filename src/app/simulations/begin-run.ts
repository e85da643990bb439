/** A run as it is asked for, from words to a model that is set up. */
import type { SimulationOrder } from '../../simulations/run-simulation.ts'
import { checkParameters } from '../../simulations/simulation.ts'
import type { TableHead } from '../../table-files/index.ts'
import type { FoundSimulation } from './find-simulation.ts'
import { spelledParameters } from './given-parameters.ts'
import { GuardedRun } from './guarded-run.ts'
import { type KnownSimulation, knownOf } from './known-simulation.ts'

export interface AskedRun extends SimulationOrder {
  /** A name, or the path of a file. */
  simulation: string
  /** `name=value`; they come before `parameters`. */
  spelled?: string[]
  stepTimeoutMs: number
}

export interface BegunRun {
  simulation: KnownSimulation
  /** With the defaults of those that were not given. */
  parameters: Record<string, unknown>
  /** At most. */
  steps: number
  tables: TableHead[]
  notes: readonly string[]
}

/** Sets it up, in this thread. @throws CultivarError as `startSimulation` */
export function beginRun(
  found: FoundSimulation,
  { spelled = [], stepTimeoutMs, parameters: given, simulation: _, ...order }: AskedRun,
): { run: GuardedRun; begun: BegunRun } {
  const { simulation } = found
  const parameters = checkParameters(simulation, { ...spelledParameters(simulation, spelled), ...given })
  const run = new GuardedRun(simulation, { ...order, parameters }, stepTimeoutMs)
  const steps = order.steps ?? simulation.steps
  return { run, begun: { simulation: knownOf(found), parameters, steps, tables: run.tables, notes: run.notes } }
}
