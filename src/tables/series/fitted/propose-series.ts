/** Finds out whether a table is a series: which column is its time, and which tells entities apart. */
import type { Column, NumberColumn, Table } from '../../table.ts'
import { entityKeys } from './series-rows.ts'

export interface ProposedSeries {
  time: string
  entity?: string
}

/** Fewer rows than these say nothing. */
const fewestRows = 20
/** Rows an entity must have on the mean. */
const rowsPerEntity = 5
/** Rows looked at, from the first on. */
const mostRows = 200_000
/** How much of some other column a row must tell of the next one; rows of a mere list tell nothing. */
const leastCorrelation = 0.3

/**
 * A column is time if it rises from row to row, strictly, in the whole table or within each value of another column, in the order of
 * the file; dates and times also where rows stand in another order. Undefined where no column is, or where rows tell nothing of the
 * rows after them.
 */
export function proposeSeries(table: Table): ProposedSeries | undefined {
  const rows = Math.min(table.rows, mostRows)
  if (rows < fewestRows) return undefined
  const times = table.columns.filter((column): column is NumberColumn => isTimeLike(column, rows))
  const moments = times.filter(({ type }) => type === 'datetime' || type === 'date')
  const counts = times.filter(({ type }) => type !== 'datetime' && type !== 'date')
  const keys = table.columns.flatMap(column => keysOf(column, rows)).sort((a, b) => a.size - b.size)
  for (const time of [...moments, ...counts]) {
    const moment = time.type === 'datetime' || time.type === 'date'
    if (risesWithin(time, new Int32Array(rows), moment)) {
      if (moment || remembers(table, [time], new Int32Array(rows), time)) return { time: time.name }
      continue
    }
    for (const { column, keys: entities } of keys) {
      // A time that rises in each entity as the rows stand is no chance; in another order, dates of a mere list do not repeat either.
      if (column === time || !risesWithin(time, entities, moment)) continue
      if (risesWithin(time, entities, false) || remembers(table, [time, column], entities, time)) {
        return { time: time.name, entity: column.name }
      }
    }
  }
  return undefined
}

function isTimeLike(column: Column, rows: number): boolean {
  if (column.storage !== 'numbers' || column.type === 'boolean') return false
  let distinct = 0
  let before = Number.NaN
  for (let row = 0; row < rows; row++) {
    const value = column.values[row]!
    if (!Number.isFinite(value)) return false
    if (value !== before) distinct++
    before = value
  }
  return distinct > rows / 10
}

function keysOf(column: Column, rows: number): { column: Column; keys: Int32Array; size: number }[] {
  if (column.storage === 'numbers' && column.type !== 'integer') return []
  const keys = entityKeys(column).subarray(0, rows)
  const size = keys.reduce((most, key) => Math.max(most, key), -1) + 1
  return size >= 2 && size * rowsPerEntity <= rows && !keys.includes(-1) ? [{ column, keys, size }] : []
}

/** Whether no two rows of a key have the same time, and, unless `anyOrder`, each time is after the one before it. */
function risesWithin({ values }: NumberColumn, keys: Int32Array, anyOrder: boolean): boolean {
  const last = new Map<number, number>()
  let inOrder = true
  for (let row = 0; row < keys.length && inOrder; row++) {
    const before = last.get(keys[row]!)
    inOrder = before === undefined || values[row]! > before
    last.set(keys[row]!, values[row]!)
  }
  if (inOrder || !anyOrder) return inOrder
  const seen = new Set<string>()
  return keys.every((key, row) => {
    const name = `${key} ${values[row]}`
    if (seen.has(name)) return false
    seen.add(name)
    return true
  })
}

/** Whether some other number resembles itself from row to row. */
function remembers(table: Table, special: Column[], keys: Int32Array, time: NumberColumn): boolean {
  const order = Int32Array.from(keys, (_, row) => row).sort(
    (a, b) => keys[a]! - keys[b]! || time.values[a]! - time.values[b]!,
  )
  return table.columns.some(column => {
    if (column.storage === 'texts' || special.includes(column)) return false
    const values = column.storage === 'codes' ? column.codes : column.values
    let count = 0
    let mean = 0
    for (const row of order) {
      if (Number.isNaN(values[row]!)) continue
      count++
      mean += (values[row]! - mean) / count
    }
    let product = 0
    let square = 0
    for (let at = 1; at < order.length; at++) {
      if (keys[order[at]!] !== keys[order[at - 1]!]) continue
      const value = values[order[at]!]! - mean
      const step = value * (values[order[at - 1]!]! - mean)
      if (Number.isNaN(step)) continue
      product += step
      square += value * value
    }
    return square > 0 && product / square > leastCorrelation
  })
}
