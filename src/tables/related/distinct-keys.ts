/** Keys of several columns, drawn like others: what came twice is counted on where that can be, or left out. */
import type { Column, NumberColumn } from '../table.ts'

/** By which step a number of a key goes on; texts and fractions have none. */
const steps: Partial<Record<Column['type'], number>> = { integer: 1, date: 86_400_000, datetime: 60_000 }

interface DistinctKeys {
  /** A column of the key with other values in the rows whose key was taken. */
  changed?: NumberColumn
  /** Rows that have to go, since none of their key’s columns can go on. */
  dropped: Set<number>
}

/** @param key its columns, one value a row; @param own which of them refer to nothing, so that they may be changed */
export function distinctKeys(key: readonly Column[], own: ReadonlySet<string>, rows: number): DistinctKeys {
  const taken = new Set<string>()
  const doubled: number[] = []
  for (let row = 0; row < rows; row++) {
    const text = textOf(key, row)
    if (taken.has(text)) doubled.push(row)
    else taken.add(text)
  }
  if (doubled.length === 0) return { dropped: new Set() }
  const counted = key.find(
    (column): column is NumberColumn =>
      column.storage === 'numbers' && own.has(column.name) && steps[column.type] !== undefined,
  )
  if (!counted) return { dropped: new Set(doubled) }
  const others = key.filter(column => column !== counted)
  const highest = new Map<string, number>()
  for (let row = 0; row < rows; row++) {
    const value = counted.values[row]!
    const group = textOf(others, row)
    if (!(value <= (highest.get(group) ?? Number.NEGATIVE_INFINITY))) highest.set(group, value)
  }
  const values = counted.values.slice()
  for (const row of doubled) {
    const group = textOf(others, row)
    const next = (highest.get(group) || 0) + steps[counted.type]!
    highest.set(group, next)
    values[row] = next
  }
  return { changed: { ...counted, values }, dropped: new Set() }
}

function textOf(columns: readonly Column[], row: number): string {
  return JSON.stringify(columns.map(column => valueAt(column, row)))
}

function valueAt(column: Column, row: number): number | string | null {
  if (column.storage === 'codes') return column.dictionary[column.codes[row]!] ?? null
  return column.values[row] ?? null
}
