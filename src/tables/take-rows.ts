/** Some rows of a table: by number, in any order and as often as one likes, or those that stand together. */
import type { Column, Table } from './table.ts'

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

/** The rows from one on to before another, all that there are of them: numbers and codes stay where they are, and are not copied. */
export function tableRows({ name, rows, columns }: Table, from: number, to: number): Table {
  const end = Math.min(to, rows)
  return { name, rows: end - from, columns: columns.map(column => rowsOf(column, from, end)) }
}

function rowsOf(column: Column, from: number, to: number): Column {
  if (column.storage === 'codes') return { ...column, codes: column.codes.subarray(from, to) }
  if (column.storage === 'numbers') return { ...column, values: column.values.subarray(from, to) }
  return { ...column, values: column.values.slice(from, to) }
}
