/** Two tables as one. */
import type { SharedColumn, SharedTable } from './shared-tables.ts'

/** The rows of one, then those of the other, which shares its columns. */
export function stackedTables(one: SharedTable, other: SharedTable): SharedTable {
  const columns = one.columns.map((column, at): SharedColumn => {
    const same = other.columns[at]!
    if (column.storage === 'codes') {
      return { ...column, codes: Int32Array.from([...column.codes, ...(same as typeof column).codes]) }
    }
    return { ...column, values: Float64Array.from([...column.values, ...(same as typeof column).values]) }
  })
  return { name: one.name, rows: one.rows + other.rows, columns }
}
