/** Rows of a table by number, in any order and as often as one likes. */
import type { Column } from './table.ts'

/** −1 gives a null. */
export function takeValues<C extends Column>(column: C, rows: Int32Array): C
export function takeValues(column: Column, rows: Int32Array): Column {
  if (column.storage === 'numbers') {
    const { values } = column
    const taken = new Float64Array(rows.length)
    for (let i = 0; i < rows.length; i++) taken[i] = rows[i]! < 0 ? Number.NaN : values[rows[i]!]!
    return { ...column, values: taken }
  }
  if (column.storage === 'codes') {
    const { codes } = column
    const taken = new Int32Array(rows.length)
    for (let i = 0; i < rows.length; i++) taken[i] = rows[i]! < 0 ? -1 : codes[rows[i]!]!
    return { ...column, codes: taken }
  }
  const values = Array.from(rows, row => (row < 0 ? null : column.values[row]!))
  return { ...column, values }
}

/** The table keeps its kinds of columns. */
export function takeTableRows<C extends Column>(
  { name, columns }: { name: string; columns: readonly C[] },
  rows: Int32Array,
): { name: string; rows: number; columns: C[] } {
  return { name, rows: rows.length, columns: columns.map(column => takeValues(column, rows)) }
}
