/** The run that rows are taken from: found, checked, and driven in slices, so that others get their turn meanwhile. */
import { scheduler } from 'node:timers/promises'
import type { FindSimulation } from '../../engine/define.ts'
import { CultivarError } from '../../model/error.ts'
import type { Json } from '../../model/json.ts'
import { startSimulation } from '../../simulations/run-simulation.ts'
import { checkParameters, type Simulation } from '../../simulations/simulation.ts'
import type { ColumnHeader, Table } from '../../tables/table.ts'
import type { TableKeys } from '../../tables/table-keys.ts'
import { nearestName } from '../../text/nearest-name.ts'
import type { SimulationParams } from './simulation-params.ts'

/** Which run it is and which of its tables: all that it takes to have the same rows again. */
export interface RunFacts {
  simulation: string
  version: number
  /** Of the file, where it is not built in. */
  hash?: string
  /** With the defaults that were not given. */
  parameters: Record<string, Json>
  seed: number
  steps: number
  table: string
}

/** What a table of the run is, and what hangs together with it. */
export interface RunShape {
  tables: { name: string; columns: ColumnHeader[] }[]
  keys: TableKeys[]
}

export interface FoundRun {
  facts: RunFacts
  shape: RunShape
  simulation: Simulation
}

/** Steps, and agents in them, after which others get their turn: a lease must be renewed and a stop be heard. */
const stepsInSlice = 50
const agentStepsInSlice = 200_000
/** Steps whose rows make a block at most, so that whoever wants the first rows need not wait for a full one. */
const stepsInBlock = 500

/** @throws CultivarError `not-found` for the simulation, `bad-input` for its parameters, `bad-recipe` for the table. */
export async function findRun(
  params: SimulationParams,
  seed: number,
  find: FindSimulation = builtInSimulation,
): Promise<FoundRun> {
  const { simulation, hash } = await find(params.simulation)
  const facts = {
    simulation: params.simulation,
    version: simulation.version,
    ...(hash !== undefined && { hash }),
    parameters: checkParameters(simulation, params.parameters) as Record<string, Json>,
    seed,
    steps: params.steps ?? simulation.steps,
  }
  const { tables } = startSimulation(simulation, facts)
  const table = tableOf(params, tables)
  return { facts: { ...facts, table }, shape: { tables, keys: simulation.keys ?? [] }, simulation }
}

const builtInSimulation: FindSimulation = async name => {
  const { findBuiltIn } = await import('../../simulations/built-in.ts')
  return { simulation: findBuiltIn(name) }
}

function tableOf({ table, simulation }: SimulationParams, tables: RunShape['tables']): string {
  const names = tables.map(({ name }) => name)
  if (table !== undefined && names.includes(table)) return table
  if (table === undefined && names.length === 1) return names[0]!
  const near = table === undefined ? undefined : nearestName(table, names)
  throw new CultivarError(
    'bad-recipe',
    table === undefined
      ? `“${simulation}” writes ${names.length} tables, and the recipe does not say whose rows become records.`
      : `“${simulation}” writes no table “${table}”.`,
    near
      ? `Did you mean “${near}”?`
      : names.length === 0
        ? 'A model writes tables by createTable.'
        : `Give params.table: ${names.join(', ')}.`,
  )
}

/**
 * The blocks of all its tables, each as soon as it is there, with numbers as they are written.
 *
 * @throws CultivarError what the model throws, after all that came before.
 */
export async function* blocksOf(simulation: Simulation, facts: RunFacts): AsyncGenerator<Table> {
  const run = startSimulation(simulation, facts)
  const { model } = run
  let failure: unknown
  const attempt = (work: () => void) => {
    try {
      work()
    } catch (error) {
      failure = error
    }
  }
  let agentSteps = 0
  while (!run.isOver && failure === undefined) {
    for (const block of model.takeBlocks(model.steps % stepsInBlock === 0)) yield asWritten(block)
    if (model.steps % stepsInSlice === 0 || agentSteps >= agentStepsInSlice) {
      await scheduler.yield()
      agentSteps = 0
    }
    attempt(run.advance)
    for (const { size } of model.populations) agentSteps += size
  }
  if (failure === undefined) attempt(run.end)
  for (const block of model.takeBlocks(true)) yield asWritten(block)
  if (failure !== undefined) throw failure
}

/** With no more digits than are written: a condition must hold of what the record says. */
function asWritten(block: Table): Table {
  const columns = block.columns.map(column => {
    if (column.storage !== 'numbers' || column.decimals === undefined) return column
    const { decimals } = column
    return { ...column, values: column.values.map(value => Number(value.toFixed(decimals))) }
  })
  return { ...block, columns }
}
