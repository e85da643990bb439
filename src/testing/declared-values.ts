/** The values of declared tables, and what tests measure of them. */
import type { Declaration } from '../tables/declare/declaration.ts'
import { openDeclaration } from '../tables/declare/open-declaration.ts'
import type { BlockSource } from '../tables/table.ts'
import { correlation, variance } from './moments.ts'

export type Value = number | string | null

/** Values of each column over all blocks. */
export function valuesOf(source: BlockSource): Record<string, Value[]> {
  const out: Record<string, Value[]> = Object.fromEntries(source.columns.map(({ name }) => [name, []]))
  for (let block = 0; block < source.blocks; block++) {
    for (const column of source.block(block).columns) {
      const to = out[column.name]!
      if (column.storage === 'texts') for (const value of column.values) to.push(value)
      else if (column.storage === 'codes') for (const code of column.codes) to.push(column.dictionary[code] ?? null)
      else for (const value of column.values) to.push(Number.isNaN(value) ? null : value)
    }
  }
  return out
}

export function declaredValues(declaration: Declaration, rows = 2_000, seed = 1) {
  return valuesOf(openDeclaration(declaration, { seed, rows }).sources[0]!)
}

export const declaredColumn = (choice: unknown, rows?: number) =>
  declaredValues({ columns: { x: choice } } as Declaration, rows)['x']!
export const numbers = (values: Value[]) => values as number[]
export const deviation = (values: number[]) => Math.sqrt(variance(values))

export function correlationOf(first: Value[], second: Value[]): number {
  return correlation(numbers(first), numbers(second))
}
