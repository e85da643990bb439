/** Reshapes a table so that what it must keep holds by itself: differences, joint categories, sums. */
import type { CategoryColumn, Column, ColumnHeader, NumberColumn, Table } from '../table.ts'
import { decimalsOf } from './columns/number.ts'
import { constraintColumns } from './constraints.ts'
import type { Constraint, LookupModel, ValueModel } from './fitted-table.ts'
import { textsOf } from './texts.ts'

/** A column to learn, or one that follows from others. */
export interface ShapedColumn {
  column: Column
  hidden?: true
  /** The values are those above another column. */
  above?: { column: string; reference: number; range: [number, number] }
  /** It follows from others, and is not learned itself. */
  follows?: { header: ColumnHeader; model: ValueModel }
}

interface Shaping {
  /** Columns that constraints alone change. */
  untouched: readonly string[]
  /** Under differential privacy a row may depend on itself alone: nothing that all rows together say stands in for a null. */
  isPrivate: boolean
  note(text: string): void
}

/** @param constraints of columns that exist; one column follows from others once only, the first constraint counts. */
export function shapeColumns(
  table: Table,
  constraints: readonly Constraint[],
  { untouched, isPrivate, note }: Shaping,
): ShapedColumn[] {
  const shaped = new Map<string, ShapedColumn>(table.columns.map(column => [column.name, { column }]))
  const isPlain = (name: string) => {
    const one = shaped.get(name)!
    return !one.follows && !one.above
  }
  for (const constraint of constraints) {
    if (constraint.kind === 'at-most' && isPlain(constraint.high)) {
      shaped.set(constraint.high, differenceOf(shaped, constraint, table, isPrivate, note))
    } else if (constraint.kind === 'combinations' && constraint.columns.every(isPlain)) combine(shaped, constraint)
    else if (constraint.kind === 'sum') addUp(shaped, constraint, isPlain)
  }
  for (const { column } of [...shaped.values()]) {
    if (untouched.includes(column.name)) continue
    if (constraints.some(constraint => constraintColumns(constraint).includes(column.name))) continue
    if (column.storage === 'numbers' && column.type === 'datetime' && hasHours(column.values))
      splitMoment(shaped, column)
  }
  return [...shaped.values()]
}

const day = 86_400_000

/** Whether moments of many days prefer some hours, as those of people at work do. */
function hasHours(values: Float64Array): boolean {
  const hours = new Float64Array(24)
  const days = new Set<number>()
  let known = 0
  for (const value of values) {
    if (Number.isNaN(value)) continue
    known++
    days.add(Math.floor(value / day))
    hours[Math.floor((value - Math.floor(value / day) * day) / (day / 24))]!++
  }
  const even = known / 24
  // Chi-square with 23 degrees of freedom: 50 is beyond one in a thousand.
  return days.size >= 10 && known >= 100 && hours.reduce((sum, count) => sum + (count - even) ** 2 / even, 0) > 50
}

/** The day and the time of the day are learned apart, for a range of moments would mix all hours. */
function splitMoment(shaped: Map<string, ShapedColumn>, column: NumberColumn): void {
  const { values, pattern: _, ...header } = column
  const dates = values.map(value => Math.floor(value / day) * day)
  const parts = [
    { name: `${column.name} (day)`, type: 'date' as const, values: dates },
    { name: `${column.name} (time)`, type: 'time' as const, values: values.map((value, row) => value - dates[row]!) },
  ]
  for (const part of parts) shaped.set(part.name, { column: { storage: 'numbers', ...part }, hidden: true })
  const model: ValueModel = { kind: 'sum', parts: parts.map(({ name }) => name) }
  shaped.set(column.name, {
    column,
    follows: { header: { ...header, ...(column.pattern !== undefined && { pattern: column.pattern }) }, model },
  })
}

function numbersOf(table: Table, name: string): NumberColumn {
  return table.columns.find(column => column.name === name) as NumberColumn
}

function differenceOf(
  shaped: Map<string, ShapedColumn>,
  { low: lowName, high: highName }: Extract<Constraint, { kind: 'at-most' }>,
  table: Table,
  isPrivate: boolean,
  note: (text: string) => void,
): ShapedColumn {
  const low = numbersOf(table, lowName)
  const high = numbersOf(table, highName)
  const reference = isPrivate ? 0 : middleOf(low.values)
  let broken = 0
  const scale = scaleOf(low, high)
  const values = high.values.map((value, row) => {
    const under = low.values[row]!
    if (Number.isNaN(under)) return value - reference
    const difference = scale > 0 ? Math.round((value - under) * scale) / scale : value - under
    if (difference < 0) broken++
    return difference < 0 ? 0 : difference
  })
  if (broken > 0) note(`“${lowName}” is more than “${highName}” in ${broken} rows: no such row will be made.`)
  let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const value of high.values) {
    if (value < from) from = value
    if (value > to) to = value
  }
  return {
    ...shaped.get(highName)!,
    column: { ...high, values },
    above: { column: lowName, reference, range: [from, to] },
  }
}

/** Differences of decimals have their digits, no more: 0.3 − 0.1 is 0.2. */
function scaleOf(...columns: NumberColumn[]): number {
  const digits = columns.map(column =>
    column.type === 'decimal' ? decimalsOf(column.values.filter(value => !Number.isNaN(value))) : 0,
  )
  return digits.includes(undefined) ? 0 : 10 ** Math.max(...(digits as number[]))
}

function middleOf(values: Float64Array): number {
  const known = values.filter(value => !Number.isNaN(value)).sort()
  return known[known.length >> 1] ?? 0
}

/** A category that settles the others is their source; otherwise a column of all combinations is made, which is not written. */
function combine(
  shaped: Map<string, ShapedColumn>,
  { columns, learned }: Extract<Constraint, { kind: 'combinations' }>,
): void {
  const members = columns.map(name => shaped.get(name)!.column)
  const [first] = members as [Column]
  const source = learned && first.storage === 'codes' ? first : jointColumn(members)
  if (source !== first) shaped.set(source.name, { column: source, hidden: true })
  for (const member of members) {
    if (member === source) continue
    shaped.set(member.name, { ...shaped.get(member.name)!, follows: lookupOf(member, source) })
  }
}

function jointColumn(members: readonly Column[]): CategoryColumn {
  const texts = members.map(member =>
    member.storage === 'numbers' ? Array.from(member.values, String) : textRows(member),
  )
  const places = new Map<string, number>()
  const codes = Int32Array.from(texts[0]!, (_, row) => {
    const key = JSON.stringify(texts.map(column => column[row]))
    const place = places.get(key) ?? places.size
    places.set(key, place)
    return place
  })
  const name = members.map(member => member.name).join(' + ')
  return { storage: 'codes', name, type: 'category', codes, dictionary: [...places.keys()] }
}

function textRows(column: Exclude<Column, NumberColumn>): (string | null)[] {
  const { codes, dictionary } = textsOf(column)
  return Array.from(codes, code => (code < 0 ? null : dictionary[code]!))
}

function lookupOf(column: Column, source: CategoryColumn): { header: ColumnHeader; model: LookupModel } {
  const values: (number | null)[] = new Array(source.dictionary.length + 1).fill(null)
  const texts = column.storage === 'numbers' ? undefined : textsOf(column)
  source.codes.forEach((code, row) => {
    const place = code < 0 ? source.dictionary.length : code
    if (column.storage === 'numbers') values[place] = Number.isNaN(column.values[row]) ? null : column.values[row]!
    else values[place] = texts!.codes[row]! < 0 ? null : texts!.codes[row]!
  })
  const model: LookupModel = { kind: 'lookup', from: source.name, values }
  if (column.storage === 'numbers') {
    const { values: _, ...header } = column
    return { header, model }
  }
  return { header: { storage: 'codes', name: column.name, type: 'category', dictionary: texts!.dictionary }, model }
}

function addUp(
  shaped: Map<string, ShapedColumn>,
  { parts, total }: Extract<Constraint, { kind: 'sum' }>,
  isPlain: (name: string) => boolean,
): void {
  if (typeof total === 'string') {
    if (!isPlain(total)) return
    const one = shaped.get(total)!
    const { values: _, ...header } = one.column as NumberColumn
    shaped.set(total, { ...one, follows: { header, model: { kind: 'sum', parts } } })
    return
  }
  if (!parts.every(isPlain)) return
  const raw = parts.map(name => `${name} (before adding up)`)
  parts.forEach((name, part) => {
    const one = shaped.get(name)!
    const { values: _, ...header } = one.column as NumberColumn
    shaped.set(raw[part]!, { column: { ...one.column, name: raw[part]! }, hidden: true })
    const decimals =
      header.decimals ??
      (header.type === 'integer'
        ? 0
        : decimalsOf((one.column as NumberColumn).values.filter(value => !Number.isNaN(value))))
    shaped.set(name, {
      ...one,
      follows: {
        header: { ...header, ...(decimals !== undefined && { decimals }) },
        model: { kind: 'portion', parts: raw, part, total },
      },
    })
  })
}
