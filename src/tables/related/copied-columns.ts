/** Columns of a child that only repeat a column of a parent, as the price on a receipt repeats the price list. */
import type { Column, Table } from '../table.ts'
import type { ForeignKey } from '../table-keys.ts'
import type { CopiedColumn } from './fitted-related.ts'
import { keyTexts } from './link-rows.ts'

/** Share of rows in which the two are the same. */
const leastShare = 0.99
/** Rows looked at, evenly spread. */
const mostLookedAt = 2_000

export function copiedColumns(
  child: Table,
  own: readonly Column[],
  parents: { key: ForeignKey; parent: Table; rows: Int32Array; columns: readonly Column[] }[],
): CopiedColumn[] {
  return own.flatMap(column => {
    for (const { key, parent, rows, columns } of parents) {
      const from = columns.find(candidate => repeats(child, column, parent, candidate, rows))
      if (from) return [{ column: column.name, from: from.name, by: key.columns }]
    }
    return []
  })
}

/** Equal in nearly all rows, nulls too; and not because all are the same anyway. */
function repeats(child: Table, column: Column, parent: Table, candidate: Column, rows: Int32Array): boolean {
  if (column.type !== candidate.type && (column.storage === 'numbers' || candidate.storage === 'numbers')) return false
  const [own, referred] = [keyTexts(child, [column.name]), keyTexts(parent, [candidate.name])]
  const step = Math.max(1, Math.floor(rows.length / mostLookedAt))
  const values = new Set<string>()
  let [looked, equal] = [0, 0]
  for (let row = 0; row < rows.length; row += step) {
    if (rows[row]! < 0) continue
    const value = own(row)
    if (value !== null) values.add(value)
    looked++
    if (value === referred(rows[row]!)) equal++
    else if (looked - equal > mostLookedAt * (1 - leastShare)) return false
  }
  return values.size > 1 && equal >= looked * leastShare
}
