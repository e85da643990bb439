/** The rows of a table by entity and in order of time. */
import { CultivarError } from '../../../model/error.ts'
import type { Column, NumberColumn, Table } from '../../table.ts'

export interface ReadingOrder {
  /** How many readings each entity has, entities as they first appear. */
  readings: Int32Array
  /** Its rows, the earliest first; rows of the same time stay as they were. */
  rowsOf(entity: number): Int32Array
  /** The column that says when, if there is one. */
  time?: NumberColumn
  /** The column that says which entity, if there is one. */
  entity?: Column
  notes: string[]
}

/** @throws CultivarError `bad-input` where the time is not of numbers, dates or times. */
export function readingOrder(table: Table, { time, entity }: { time?: Column; entity?: Column }): ReadingOrder {
  const when = time && timeOf(time)
  const entityOfRow = entity ? entitiesOf(entity, table.rows) : { of: new Int32Array(table.rows), count: 1 }
  const notes: string[] = []
  const isPlaced = (row: number) => when === undefined || !Number.isNaN(when.values[row]!)
  const readings = new Int32Array(entityOfRow.count)
  let [left, isOrdered] = [0, true]
  const last = new Float64Array(entityOfRow.count).fill(Number.NEGATIVE_INFINITY)
  for (let row = 0; row < table.rows; row++) {
    if (!isPlaced(row)) {
      left++
      continue
    }
    const own = entityOfRow.of[row]!
    readings[own]!++
    if (when === undefined) continue
    if (when.values[row]! < last[own]!) isOrdered = false
    last[own] = when.values[row]!
  }
  const starts = new Int32Array(entityOfRow.count + 1)
  for (let own = 0; own < readings.length; own++) starts[own + 1] = starts[own]! + readings[own]!
  const rows = new Int32Array(table.rows - left)
  const next = starts.slice()
  for (let row = 0; row < table.rows; row++) if (isPlaced(row)) rows[next[entityOfRow.of[row]!]!++] = row

  const rowsOf = (own: number) => rows.subarray(starts[own], starts[own + 1])
  if (when && !isOrdered) {
    for (let own = 0; own < readings.length; own++)
      rowsOf(own).sort((a, b) => when.values[a]! - when.values[b]! || a - b)
    notes.push(`Rows are not in order of ${when.name}: faults follow the time, and rows stay where they are.`)
  }
  if (when && !entity && isCrowded(when.values, rows))
    notes.push(`Many rows have the same ${when.name}: is there a column that tells machines apart? (--entity names it)`)
  if (left > 0) notes.push(`${left} rows without a time have no fault.`)
  return { readings, rowsOf, notes, ...(when && { time: when }), ...(entity && { entity }) }
}

/** Whether every tenth row, or more, has the time of the one before. */
function isCrowded(times: Float64Array, rows: Int32Array): boolean {
  let same = 0
  for (let at = 1; at < rows.length; at++) if (times[rows[at]!] === times[rows[at - 1]!]) same++
  return same * 10 >= rows.length && same > 0
}

function timeOf(column: Column): NumberColumn {
  if (column.storage === 'numbers' && column.type !== 'boolean') return column
  throw new CultivarError(
    'bad-input',
    `“${column.name}” cannot be the time: it is of type ${column.type}.`,
    'Name a column of dates, times or numbers; without one, rows count as being in order of time.',
    { name: column.name },
  )
}

/** Numbers entities as they first appear; an empty one is one of them. */
function entitiesOf(column: Column, rows: number): { of: Int32Array; count: number } {
  const values: ArrayLike<unknown> = column.storage === 'codes' ? column.codes : column.values
  const numbers = new Map<unknown, number>()
  const of = new Int32Array(rows)
  for (let row = 0; row < rows; row++) {
    const known = numbers.get(values[row]) ?? numbers.size
    numbers.set(values[row], known)
    of[row] = known
  }
  return { of, count: numbers.size }
}
