/** Puts tables of the same columns one below the other. */
import type { Column, Table } from '../table.ts'

/** @param tables at least one; their columns have the same names, storage and dictionaries. */
export function joinTables(tables: readonly Table[]): Table {
  const [first] = tables as [Table]
  if (tables.length === 1) return first
  const rows = tables.reduce((sum, table) => sum + table.rows, 0)
  const columns = first.columns.map((column, place) =>
    joined(
      tables.map(table => table.columns[place]!),
      column,
      rows,
    ),
  )
  return { ...first, rows, columns }
}

function joined(parts: Column[], like: Column, rows: number): Column {
  if (like.storage === 'texts')
    return { ...like, values: parts.flatMap(part => (part.storage === 'texts' ? part.values : [])) }
  if (like.storage === 'numbers') {
    const values = new Float64Array(rows)
    let at = 0
    for (const part of parts) {
      if (part.storage !== 'numbers') continue
      values.set(part.values, at)
      at += part.values.length
    }
    return { ...like, values }
  }
  const codes = new Int32Array(rows)
  let at = 0
  for (const part of parts) {
    if (part.storage !== 'codes') continue
    codes.set(part.codes, at)
    at += part.codes.length
  }
  return { ...like, codes }
}
