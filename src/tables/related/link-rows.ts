/** Which row of a parent each row of a child refers to. */
import type { Column, Table } from '../table.ts'
import type { ForeignKey } from '../table-keys.ts'

export interface Links {
  /** For each row of the child the number of the parent’s row; −1 where there is none. */
  rows: Int32Array
  nulls: number
  /** Rows that refer to a row that is not there. */
  broken: number
}

/** Where several rows of the parent have an equal key, the first is meant. */
export function linkRows(child: Table, parent: Table, key: ForeignKey): Links {
  const known = new Map<string, number>()
  const textOfParent = keyTexts(parent, key.references)
  for (let row = parent.rows - 1; row >= 0; row--) {
    const text = textOfParent(row)
    if (text !== null) known.set(text, row)
  }
  const textOfChild = keyTexts(child, key.columns)
  const rows = new Int32Array(child.rows)
  let [nulls, broken] = [0, 0]
  for (let row = 0; row < child.rows; row++) {
    const text = textOfChild(row)
    const found = text === null ? undefined : known.get(text)
    if (text === null) nulls++
    else if (found === undefined) broken++
    rows[row] = found ?? -1
  }
  return { rows, nulls, broken }
}

/** How many rows have a key that another row has too. */
export function repeatedKeys(table: Table, columns: readonly string[]): number {
  const text = keyTexts(table, columns)
  const seen = new Set<string>()
  let given = 0
  for (let row = 0; row < table.rows; row++) {
    const key = text(row)
    if (key === null) continue
    given++
    seen.add(key)
  }
  return given - seen.size
}

/** The values of a row’s key columns as one text; null where one of them is missing. Numbers and texts that read alike are equal. */
export function keyTexts(table: Table, names: readonly string[]): (row: number) => string | null {
  const columns = names.map(name => cellText(table.columns.find(column => column.name === name)!))
  const [only] = columns
  if (columns.length === 1) return only!
  return row => {
    const parts = columns.map(text => text(row))
    return parts.includes(null) ? null : JSON.stringify(parts)
  }
}

function cellText(column: Column): (row: number) => string | null {
  if (column.storage === 'numbers') {
    return row => (Number.isNaN(column.values[row]!) ? null : String(column.values[row]))
  }
  if (column.storage === 'codes') {
    return row => (column.codes[row]! < 0 ? null : column.dictionary[column.codes[row]!]!)
  }
  return row => column.values[row] ?? null
}

/** How many children each row of a parent has. */
export function countChildren(links: Int32Array, parents: number): Int32Array {
  const counts = new Int32Array(parents)
  for (const parent of links) if (parent >= 0) counts[parent]!++
  return counts
}
