/** One run of a simulation: its tables come block by block while it goes on. */
import { CultivarError } from '../model/error.ts'
import type { ColumnHeader, Table } from '../tables/table.ts'
import type { Model, ModelStart } from './model.ts'
import { checkOwnNames } from './own-names.ts'
import { checkParameters, type Simulation } from './simulation.ts'

export interface SimulationOrder {
  /** As given: defaults are filled in here. */
  parameters?: Record<string, unknown>
  seed: number | string
  /** Steps at most; as the simulation says, unless given. */
  steps?: number
  mostAgents?: number
  /** By population: a row for each agent that it begins with. */
  populations?: Readonly<Record<string, Table>>
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
  /** For those who go step by step instead: whether no step is left. */
  readonly isOver: boolean
  /** One step. @throws CultivarError as `run` */
  advance(): void
  /** After the last step. @throws CultivarError as `run` */
  end(): SimulationEnd
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
  const { seed, mostAgents, populations } = order
  const started = makeModel(simulation, {
    parameters,
    seed,
    ...(mostAgents !== undefined && { mostAgents }),
    ...(populations && { populations }),
  })
  const act = (action: () => void) => {
    try {
      action()
    } catch (error) {
      throw stepError(simulation, started, error)
    }
  }
  act(() => started.begin())
  const run: StartedSimulation = {
    model: started,
    tables: started.tables.map(({ name, headers }) => ({ name, columns: headers })),
    *run(observe, stopped) {
      let end: SimulationEnd | undefined
      let failure: unknown
      try {
        while (!run.isOver && !stopped?.()) {
          run.advance()
          yield* started.takeBlocks()
          observe?.(started.steps)
        }
        end = run.end()
      } catch (error) {
        failure = error
      }
      yield* started.takeBlocks(true)
      if (end === undefined) throw failure
      return end
    },
    get isOver() {
      return started.isFinished || started.steps >= steps
    },
    advance: () => act(() => started.advance()),
    end() {
      act(() => started.conclude())
      const why = started.isFinished ? 'finished' : started.steps < steps ? 'stopped' : 'steps'
      return { steps: started.steps, why }
    },
  }
  return run
}

/** A model that is not set up yet. @throws CultivarError what its fields throw; `bad-file` where it hides what every model has. */
export function makeModel(simulation: Simulation, start: ModelStart<Record<string, unknown>>): Model {
  let model: Model
  try {
    model = new simulation.model(start)
  } catch (error) {
    throw stepError(simulation, undefined, error)
  }
  checkOwnNames(simulation.name, model)
  return model
}

/** The same error, with the agent whose turn it was and the step; of a fault in the model’s own code also the line. */
export function stepError(simulation: Simulation, model: Model | undefined, error: unknown): CultivarError {
  const { steps, time } = model ?? { steps: 0, time: 0 }
  // Between two steps only events act.
  const when = time > steps ? `at time ${time}` : steps === 0 ? 'while it was set up' : `at step ${steps}`
  const acting = model?.actingAgent
  const where = `${when}${acting ? `, when ${acting.population.name} ${acting.id} acted` : ''}`
  const details = { step: steps, ...(acting && { population: acting.population.name, agent: acting.id }) }
  const line = error instanceof Error ? placeOf(error) : undefined
  if (error instanceof CultivarError) {
    const hint = line === undefined ? error.hint : `${error.hint} It was at ${line}.`
    return new CultivarError(error.code, `“${simulation.name}” stopped ${where}: ${error.message}`, hint, {
      ...error.details,
      ...details,
    })
  }
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  return new CultivarError(
    'bad-input',
    `“${simulation.name}” stopped ${where}: ${message}`,
    `${line === undefined ? 'The fault is in the model.' : `The fault is in the model: ${line}.`} The same seed brings it there again.`,
    details,
  )
}

const home = new URL('.', import.meta.url).href

/** File and line, without the folders, of the first call that is the model’s own; none where what was amiss came to light later. */
function placeOf(error: Error): string | undefined {
  const calls = error.stack?.split('\n').slice(1) ?? []
  // Whoever runs the model called it, and is no part of it.
  const run = calls.findIndex(call => call.includes(`${home}run-simulation.`))
  if (run < 0 && error instanceof CultivarError) return undefined
  const own = (run < 0 ? calls : calls.slice(0, run)).filter(
    call => !call.includes(home) || call.includes(`${home}models/`),
  )
  const found = /([^/\\\s(]+\.[cm]?[jt]s)(?:\?[^:]*)?:(\d+):\d+/.exec(own.join('\n'))
  return found ? `${found[1]}, line ${found[2]}` : undefined
}
