/** Values of a column one by one, as databases take them. */
import type { Column } from '../tables/table.ts'

/**
 * Numbers that are not finite are null; those of a column with so many decimals are rounded to them, as text files have them. Dates are
 * numbers.
 */
export function rawValues(column: Column): (row: number) => number | string | null {
  if (column.storage === 'codes') {
    const { codes, dictionary } = column
    return row => (codes[row] === -1 ? null : (dictionary[codes[row] as number] as string))
  }
  const { values } = column
  if (column.storage === 'texts') return row => values[row] as string | null
  const power = column.type === 'decimal' && column.decimals !== undefined ? 10 ** column.decimals : Number.NaN
  return row => {
    const value = values[row] as number
    return value - value !== 0 ? null : rounded(value, power)
  }
}

/** The same number if it cannot be rounded so. */
function rounded(value: number, power: number): number {
  const scaled = Math.round(value * power)
  return Math.abs(scaled) <= Number.MAX_SAFE_INTEGER ? scaled / power : value
}
