/** Runs of the production line for tests: what was observed, minute by minute, and the tables. */

import type { Machine } from '../src/simulations/models/production-line/machine.ts'
import { productionLine } from '../src/simulations/models/production-line.ts'
import { checkParameters } from '../src/simulations/simulation.ts'
import type { Table } from '../src/tables/table.ts'

export type TestedLine = InstanceType<typeof productionLine.model>

/** @param observe after each minute */
export function runLine<T = never>(
  parameters: Record<string, unknown>,
  seed: number | string,
  steps: number,
  observe?: (model: TestedLine) => T,
) {
  const model = new productionLine.model({ parameters: checkParameters(productionLine, parameters), seed })
  const observed: T[] = []
  const blocks: Table[] = []
  model.begin()
  while (model.steps < steps) {
    model.advance()
    if (observe) observed.push(observe(model))
    blocks.push(...model.takeBlocks())
  }
  model.end()
  blocks.push(...model.takeBlocks(true))
  const machines: Machine[] = [...model.machines]
  return { model, machines, observed, blocks }
}

/** All values of a column of numbers. */
export function columnNumbers({ blocks }: { blocks: readonly Table[] }, table: string, column: string): number[] {
  return blocks
    .filter(({ name }) => name === table)
    .flatMap(({ columns }) => {
      const found = columns.find(({ name }) => name === column)
      if (found?.storage !== 'numbers') throw new RangeError(`${table} has no numbers ${column}`)
      return [...found.values]
    })
}

/** All words of a column of categories. */
export function columnWords(
  { blocks }: { blocks: readonly Table[] },
  table: string,
  column: string,
): (string | null)[] {
  return blocks
    .filter(({ name }) => name === table)
    .flatMap(({ columns }) => {
      const found = columns.find(({ name }) => name === column)
      if (found?.storage !== 'codes') throw new RangeError(`${table} has no words ${column}`)
      return Array.from(found.codes, code => found.dictionary[code] ?? null)
    })
}
