/** The rows of a table as series: sorted by entity and time. */
import { CultivarError } from '../../../model/error.ts'
import type { Column, NumberColumn, Table } from '../../table.ts'

export interface SeriesRows {
  /** Rows of the table, sorted; those without a time or entity are left out. */
  order: Int32Array
  /** Where each entity begins in `order`; one more at the end. */
  starts: Int32Array
  /** Times by place in `order`. */
  times: Float64Array
  timeColumn: NumberColumn
  entityColumn: Column | null
  leftOut: number
}

/** @throws CultivarError `not-found` for a column that is not there, `bad-input` for a time that is no number or date. */
export function seriesRows(table: Table, time: string, entity: string | undefined): SeriesRows {
  const timeColumn = columnNamed(table, time)
  if (timeColumn.storage !== 'numbers') {
    throw new CultivarError(
      'bad-input',
      `The column “${time}” is not a time: it holds ${timeColumn.type === 'category' ? 'categories' : 'texts'}.`,
      'Name a column of numbers, dates or times, or write its dates in one format throughout.',
    )
  }
  const entityColumn = entity === undefined ? null : columnNamed(table, entity)
  const keys = entityColumn ? entityKeys(entityColumn) : new Int32Array(table.rows)
  const rows: number[] = []
  for (let row = 0; row < table.rows; row++) {
    if (keys[row]! >= 0 && Number.isFinite(timeColumn.values[row])) rows.push(row)
  }
  if (rows.length === 0) {
    throw new CultivarError(
      'bad-input',
      `No row of “${table.name}” has a time in “${time}”${entity === undefined ? '' : ` and a value in “${entity}”`}.`,
      'Name the columns that hold time and entity.',
    )
  }
  const times = timeColumn.values
  const sorted = rows.some((row, at) => at > 0 && !isAfter(keys, times, rows[at - 1]!, row))
  if (sorted) rows.sort((a, b) => keys[a]! - keys[b]! || times[a]! - times[b]! || a - b)
  const starts = [0]
  for (let at = 1; at < rows.length; at++) if (keys[rows[at]!] !== keys[rows[at - 1]!]) starts.push(at)
  starts.push(rows.length)
  return {
    order: Int32Array.from(rows),
    starts: Int32Array.from(starts),
    times: Float64Array.from(rows, row => times[row]!),
    timeColumn,
    entityColumn,
    leftOut: table.rows - rows.length,
  }
}

function isAfter(keys: Int32Array, times: Float64Array, before: number, row: number): boolean {
  return keys[before]! < keys[row]! || (keys[before] === keys[row] && times[before]! <= times[row]!)
}

function columnNamed(table: Table, name: string): Column {
  const column = table.columns.find(column => column.name === name)
  if (column) return column
  throw new CultivarError(
    'not-found',
    `“${table.name}” has no column “${name}”.`,
    `Its columns are ${table.columns.map(column => column.name).join(', ')}.`,
  )
}

/** A number for each entity, in the order in which they first appear; −1 for null. */
export function entityKeys(column: Column): Int32Array {
  const places = new Map<number | string, number>()
  const raw = column.storage === 'codes' ? column.codes : column.values
  return Int32Array.from(raw as ArrayLike<number | string | null>, value => {
    if (value === null || (column.storage === 'codes' && value === -1) || Number.isNaN(value)) return -1
    let place = places.get(value)
    if (place === undefined) {
      place = places.size
      places.set(value, place)
    }
    return place
  })
}
