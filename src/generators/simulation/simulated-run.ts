/** The run that rows are taken from: found, checked, and driven in slices, so that others get their turn meanwhile. */
import { scheduler } from 'node:timers/promises'
import type { FindSimulation, RunnableSimulation, SlicedRun } from '../../engine/define.ts'
import { CultivarError } from '../../model/error.ts'
import type { Json } from '../../model/json.ts'
import { type SimulationOrder, startSimulation } from '../../simulations/run-simulation.ts'
import { checkParameters, type Simulation } from '../../simulations/simulation.ts'
import type { ColumnHeader, Table } from '../../tables/table.ts'
import type { TableKeys } from '../../tables/table-keys.ts'
import { nearestName } from '../../text/nearest-name.ts'
import type { SimulationParams } from './simulation-params.ts'

/** Which run it is and which of its tables: all that it takes to have the same rows again. */
export interface RunFacts {
  simulation: string
  version: number
  /** Of its files, where it is not built in. */
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

export interface FoundRun extends Pick<RunnableSimulation, 'simulation' | 'start'> {
  facts: RunFacts
  shape: RunShape
}

/** @throws CultivarError `not-found` for the simulation, `bad-input` for its parameters, `bad-recipe` for the table; what setting up throws. */
export async function findRun(
  params: SimulationParams,
  seed: number,
  find: FindSimulation = builtInSimulation,
): Promise<FoundRun> {
  const { simulation, hash, start } = await find(params.simulation)
  const facts = {
    simulation: params.simulation,
    version: simulation.version,
    ...(hash !== undefined && { hash }),
    parameters: checkParameters(simulation, params.parameters) as Record<string, Json>,
    seed,
    steps: params.steps ?? simulation.steps,
  }
  const { tables } = start(facts)
  const table = tableOf(params, tables)
  return { facts: { ...facts, table }, shape: { tables, keys: simulation.keys ?? [] }, simulation, start }
}

const builtInSimulation: FindSimulation = async name => {
  const { findBuiltIn } = await import('../../simulations/built-in.ts')
  const simulation = findBuiltIn(name)
  return { simulation, start: order => unguarded(simulation, order) }
}

/** Steps in a slice. */
const stepsAtOnce = 50

/** Every step of what is built in comes to its end. */
function unguarded(simulation: Simulation, order: SimulationOrder): SlicedRun {
  const run = startSimulation(simulation, order)
  let outcome: SlicedRun['outcome']
  return {
    tables: run.tables,
    get outcome() {
      return outcome
    },
    goOn(all) {
      try {
        for (let step = 0; step < stepsAtOnce && !run.isOver; step++) run.advance()
        if (run.isOver) {
          run.end()
          outcome = {}
        }
      } catch (failure) {
        outcome = { failure: failure as CultivarError }
      }
      return run.model.takeBlocks(all || outcome !== undefined).map(block => ({ block }))
    },
  }
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
 * @throws CultivarError what the model throws, `too-slow` for a step that does not end; after all that came before.
 */
export async function* blocksOf({ start, facts }: Pick<FoundRun, 'start' | 'facts'>): AsyncGenerator<Table> {
  const run = start(facts)
  while (!run.outcome) {
    // Whoever wants the first rows does not wait for a full block.
    for (const { block } of run.goOn(true)) yield asWritten(block)
    // A lease must be renewed and a stop be heard.
    await scheduler.yield()
  }
  if (run.outcome.failure) throw run.outcome.failure
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
