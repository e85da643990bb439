/** One run of a simulation: its tables come block by block while it goes on. */
import { CultivarError } from '../model/error.ts'
import type { ColumnHeader, Table } from '../tables/table.ts'
import type { Model } from './model.ts'
import { checkParameters, type Simulation } from './simulation.ts'

export interface SimulationOrder {
  /** As given: defaults are filled in here. */
  parameters?: Record<string, unknown>
  seed: number | string
  /** Steps at most; as the simulation says, unless given. */
  steps?: number
  mostAgents?: number
}

export interface SimulationEnd {
  steps: number
  /** `finished`: the model ended it; `stopped`: whoever runs it. */
  why: 'steps' | 'finished' | 'stopped'
}

export interface StartedSimulation {
  model: Model
  /** Name and columns of each table that it writes. */
  tables: { name: string; columns: ColumnHeader[] }[]
  /**
   * Goes on to the end. When a step throws, all that was collected before comes first, then the error.
   *
   * @param stopped asked before each step
   * @throws CultivarError `bad-input`, saying which agent, in which step.
   */
  run(observe?: (step: number) => void, stopped?: () => boolean): Generator<Table, SimulationEnd>
}

const mostSteps = 1_000_000_000

/** @throws CultivarError `bad-input` for parameters out of their range, and what the model throws while it is set up. */
export function startSimulation(simulation: Simulation, order: SimulationOrder): StartedSimulation {
  const parameters = checkParameters(simulation, order.parameters)
  const steps = order.steps ?? simulation.steps
  if (!Number.isInteger(steps) || steps < 0 || steps > mostSteps) {
    throw new CultivarError(
      'bad-input',
      `${steps} steps cannot be run.`,
      `Steps are a whole number from 0 to ${mostSteps}.`,
    )
  }
  const { seed, mostAgents } = order
  let model: Model | undefined
  try {
    model = new simulation.model({ parameters, seed, ...(mostAgents !== undefined && { mostAgents }) })
    model.begin()
  } catch (error) {
    throw stepError(simulation, model, error)
  }
  const started = model
  return {
    model: started,
    tables: started.tables.map(({ name, headers }) => ({ name, columns: headers })),
    *run(observe, stopped) {
      let why: SimulationEnd['why'] = started.isFinished ? 'finished' : 'steps'
      let failure: unknown
      while (started.steps < steps && !started.isFinished) {
        if (stopped?.()) {
          why = 'stopped'
          break
        }
        try {
          started.advance()
        } catch (error) {
          failure = stepError(simulation, started, error)
          break
        }
        if (started.isFinished) why = 'finished'
        yield* started.takeBlocks()
        observe?.(started.steps)
      }
      yield* started.takeBlocks(true)
      if (failure !== undefined) throw failure
      return { steps: started.steps, why }
    },
  }
}

/** The same error, with the agent whose turn it was and the step; of a fault in the model’s own code also the line. */
export function stepError(simulation: Simulation, model: Model | undefined, error: unknown): CultivarError {
  const steps = model?.steps ?? 0
  const acting = model?.populations.map(({ acting: agent, name }) => agent && { name, id: agent.id }).find(Boolean)
  const where = `${steps === 0 ? 'while it was set up' : `at step ${steps}`}${acting ? `, when ${acting.name} ${acting.id} acted` : ''}`
  const details = { step: steps, ...(acting && { population: acting.name, agent: acting.id }) }
  if (error instanceof CultivarError)
    return new CultivarError(error.code, `“${simulation.name}” stopped ${where}: ${error.message}`, error.hint, {
      ...error.details,
      ...details,
    })
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  const line = error instanceof Error ? placeOf(error) : undefined
  return new CultivarError(
    'bad-input',
    `“${simulation.name}” stopped ${where}: ${message}`,
    `${line === undefined ? 'The fault is in the model.' : `The fault is in the model: ${line}.`} The same seed brings it there again.`,
    details,
  )
}

/** File and line of the first call, without the folders. */
function placeOf(error: Error): string | undefined {
  const found = /([^/\\\s(]+\.[cm]?[jt]s)(?:\?[^:]*)?:(\d+):\d+/.exec(
    error.stack?.split('\n').slice(1).join('\n') ?? '',
  )
  return found ? `${found[1]}, line ${found[2]}` : undefined
}
