/** Rows of a table by number, in any order and as often as one likes. */
import type { Column, Table } from './table.ts'

/** −1 gives a null. */
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

export function takeRows(table: Table, rows: Int32Array): Table {
  return { ...table, rows: rows.length, columns: table.columns.map(column => takeValues(column, rows)) }
}
