/** Sorts a table’s columns by how a series models them: constant, once an entity, few states, on a scale, or not at all. */
import type { CategoryColumn, Column, ColumnHeader, NumberColumn, Table } from '../../table.ts'
import type { SeriesRows } from './series-rows.ts'

/** A column of numbers along time, in the order of the series’ rows; NaN is null. */
export interface NumbersAlong {
  name: string
  values: Float64Array
  /** Values are multiples of 1 / `scale`; 0: of nothing. */
  scale: number
  from?: 'time' | 'before'
  /** Of `from` `before`: the first value of each entity. */
  firsts?: Float64Array
}

/** A column of few states along time. `values` by code: a number, a place in the dictionary, or null. */
interface StatesAlong {
  name: string
  codes: Uint16Array
  values: (number | null)[]
}

/** One value an entity; NaN is null. `dictionary` marks places in it. */
export interface OncePerEntity {
  name: string
  values: Float64Array
  scale: number
  category: boolean
}

export interface SortedColumns {
  headers: ColumnHeader[]
  constants: { name: string; value: number | null }[]
  once: OncePerEntity[]
  states: StatesAlong[]
  numbers: NumbersAlong[]
  notes: string[]
}

const mostNumberStates = 5
const mostStates = 255

export function sortColumns(table: Table, rows: SeriesRows): SortedColumns {
  const sorted: SortedColumns = { headers: [], constants: [], once: [], states: [], numbers: [], notes: [] }
  for (const column of table.columns) {
    if (column === rows.entityColumn) sorted.headers.push(entityHeader(column))
    else if (column === rows.timeColumn) sorted.headers.push(headerOf(column))
    else sortColumn(column, rows, sorted)
  }
  return sorted
}

function sortColumn(column: Column, rows: SeriesRows, sorted: SortedColumns): void {
  const { name } = column
  const coded = column.storage === 'texts' ? codedTexts(column.values, rows.order.length) : column
  if (!coded) {
    sorted.notes.push(`“${name}” is left out: its texts differ from row to row, and are not remembered.`)
    return
  }
  const isCategory = coded.storage === 'codes'
  const raw = isCategory ? coded.codes : coded.values
  const values = Float64Array.from(rows.order, row => (isCategory && raw[row]! < 0 ? Number.NaN : raw[row]!))
  const distinct = distinctUpTo(values, mostStates + 1)
  const entities = rows.starts.length - 1
  const constant = distinct.size <= 1
  const once = !constant && isOnce(values, rows.starts)
  if (isCategory && once && entities >= 10 && distinctUpTo(values, entities).size > entities / 2) {
    sorted.notes.push(`“${name}” is left out: it names single entities.`)
    return
  }
  if (isCategory) {
    const states = statesOf(name, values, once || constant ? 1 : 3, sorted.notes)
    const kept = states.values.flatMap(value => (value === null ? [] : [value])).sort((a, b) => a - b)
    sorted.headers.push(
      categoryHeader(
        name,
        kept.map(value => coded.dictionary[value]!),
      ),
    )
    const place = new Map(kept.map((value, at) => [value, at]))
    const placed = states.values.map(value => (value === null ? null : place.get(value)!))
    const at = (row: number) => placed[states.codes[row]!] ?? Number.NaN
    if (constant) sorted.constants.push({ name, value: placed[0]! })
    else if (once) sorted.once.push({ name, values: firstOfEach(rows.starts, at), scale: 1, category: true })
    else sorted.states.push({ ...states, values: placed })
    return
  }
  const numbers = column as NumberColumn
  sorted.headers.push(headerOf(numbers))
  if (constant) sorted.constants.push({ name, value: Number.isNaN(values[0]!) ? null : values[0]! })
  else if (once) {
    sorted.once.push({
      name,
      values: firstOfEach(rows.starts, row => values[row]!),
      scale: scaleOf(numbers, values),
      category: false,
    })
  } else if (
    numbers.type === 'boolean' ||
    distinct.size - (distinct.has(null) ? 1 : 0) <= Math.min(mostNumberStates, values.length / 10)
  ) {
    sorted.states.push(statesOf(name, values, 3, sorted.notes))
  } else sorted.numbers.push(numbersOf(numbers, values, rows))
}

function firstOfEach(starts: Int32Array, at: (row: number) => number): Float64Array {
  return Float64Array.from({ length: starts.length - 1 }, (_, entity) => at(starts[entity]!))
}

function entityHeader(column: Column): ColumnHeader {
  if (column.storage === 'numbers') return headerOf(column)
  // Names of real entities are not kept.
  return column.storage === 'codes'
    ? categoryHeader(column.name, [])
    : { name: column.name, storage: 'texts', type: 'text' }
}

function headerOf({ name, storage, type, decimals, pattern }: NumberColumn): ColumnHeader {
  return {
    name,
    storage,
    type,
    ...(decimals === undefined ? {} : { decimals }),
    ...(pattern === undefined ? {} : { pattern }),
  }
}

function categoryHeader(name: string, dictionary: readonly string[]): ColumnHeader {
  return { name, storage: 'codes', type: 'category', dictionary: [...dictionary] }
}

function codedTexts(
  texts: (string | null)[],
  rows: number,
): Pick<CategoryColumn, 'storage' | 'codes' | 'dictionary'> | undefined {
  const places = new Map<string, number>()
  for (const text of texts) {
    if (text !== null && !places.has(text)) places.set(text, places.size)
    if (places.size > Math.min(mostStates, rows / 10)) return undefined
  }
  const codes = Int32Array.from(texts, text => (text === null ? -1 : places.get(text)!))
  return { storage: 'codes', codes, dictionary: [...places.keys()] }
}

function distinctUpTo(values: Float64Array, most: number): Set<number | null> {
  const distinct = new Set<number | null>()
  for (const value of values) {
    distinct.add(Number.isNaN(value) ? null : value)
    if (distinct.size >= most) break
  }
  return distinct
}

/** Whether each of several entities has one value throughout. Entities of one row say nothing. */
function isOnce(values: Float64Array, starts: Int32Array): boolean {
  let several = 0
  for (let e = 0; e + 1 < starts.length; e++) {
    const first = values[starts[e]!]!
    if (starts[e + 1]! - starts[e]! > 1) several++
    for (let row = starts[e]! + 1; row < starts[e + 1]!; row++) if (!Object.is(values[row], first)) return false
  }
  return several >= 2
}

/** Values of fewer rows than `fewest` are taken as the value before them. */
function statesOf(name: string, values: Float64Array, fewest: number, notes: string[]): StatesAlong {
  const counts = new Map<number, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  const kept = [...counts]
    .sort(([a, one], [b, other]) => other - one || a - b)
    .filter(([, count], place) => count >= fewest || place < 2)
    .slice(0, mostStates)
    .map(([value]) => value)
  const left = counts.size - kept.length
  if (left > 0) notes.push(`“${name}”: ${left} rare value${left === 1 ? ' is' : 's are'} left out.`)
  const places = new Map(kept.map((value, place) => [value, place]))
  let before = 0
  const codes = Uint16Array.from(values, value => {
    before = places.get(value) ?? before
    return before
  })
  return { name, codes, values: kept.map(value => (Number.isNaN(value) ? null : value)) }
}

function numbersOf(column: NumberColumn, values: Float64Array, rows: SeriesRows): NumbersAlong {
  const { name, type } = column
  const scale = scaleOf(column, values)
  const moment = (of: string) => of === 'date' || of === 'datetime'
  if (moment(type) && moment(rows.timeColumn.type)) {
    const since = values.map((value, at) => value - rows.timeColumn.values[rows.order[at]!]!)
    return { name, values: since, scale, from: 'time' }
  }
  const sums = isSum(values, rows.starts) ? addedPerRow(values, rows.starts) : undefined
  return sums ? { name, scale, from: 'before', ...sums } : { name, values, scale }
}

/** Whether values never fall within an entity: a counter, a meter. */
function isSum(values: Float64Array, starts: Int32Array): boolean {
  if (values.length < 5 * (starts.length - 1)) return false
  for (let e = 0; e + 1 < starts.length; e++) {
    let before = -Infinity
    for (let row = starts[e]!; row < starts[e + 1]!; row++) {
      if (values[row]! < before) return false
      if (!Number.isNaN(values[row])) before = values[row]!
    }
  }
  return true
}

function addedPerRow(values: Float64Array, starts: Int32Array): { values: Float64Array; firsts: Float64Array } {
  const added = new Float64Array(values.length).fill(Number.NaN)
  const firsts = new Float64Array(starts.length - 1).fill(Number.NaN)
  for (let e = 0; e + 1 < starts.length; e++) {
    for (let row = starts[e]!; row < starts[e + 1]!; row++) {
      if (Number.isNaN(firsts[e])) firsts[e] = values[row]!
      if (row > starts[e]!) added[row] = values[row]! - values[row - 1]!
    }
  }
  return { values: added, firsts }
}

/** How many values there are to one, for rounding what is drawn. */
function scaleOf(column: NumberColumn, values: Float64Array): number {
  if (column.type === 'date') return 1 / 86_400_000
  if (column.type === 'integer') return 1
  if (column.decimals !== undefined) return 10 ** column.decimals
  const milliseconds = column.type === 'datetime' || column.type === 'time'
  const scales = milliseconds ? [1 / 86_400_000, 1 / 3_600_000, 1 / 60_000, 1e-3, 1] : [1, 10, 100, 1e3, 1e4, 1e5, 1e6]
  const fits = (scale: number) =>
    values.every(
      value =>
        !Number.isFinite(value) ||
        Math.abs(value * scale - Math.round(value * scale)) < 1e-6 * Math.max(1, Math.abs(value * scale) * 1e-6),
    )
  return scales.find(fits) ?? 0
}
