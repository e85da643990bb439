/** Constraints of a table: which are given, which hold in every row without anybody saying so, and what each makes of the columns. */
import { CultivarError } from '../../model/error.ts'
import { nearestName } from '../../text/nearest-name.ts'
import type { Column, NumberColumn, Table } from '../table.ts'
import type { Constraint } from './fitted-table.ts'
import { textsOf } from './texts.ts'

/** Rows in which both columns have a value, at least, for a constraint to be learned. */
const fewestRows = 50
/** Rows that would break a constraint if the columns had nothing to do with each other, at least: fewer may be luck. */
const fewestBroken = 20
const brokenShare = 0.02
/** Columns of fewer values are ratings or flags: that one is at most the other says little there. */
const fewestValues = 20
/** Looking for sums takes time with the fourth power of the number of columns. */
const mostForSums = 24

/** @throws CultivarError `bad-input` for columns that are not there or do not hold numbers where they must. */
export function checkConstraints(table: Table, constraints: readonly Constraint[]): void {
  const names = table.columns.map(column => column.name)
  const find = (name: string): Column => {
    const column = table.columns.find(one => one.name === name)
    if (column) return column
    const near = nearestName(name, names)
    throw new CultivarError(
      'bad-input',
      `A constraint names “${name}”, but “${table.name}” has no such column.`,
      near ? `Did you mean “${near}”?` : `There are: ${names.join(', ')}.`,
    )
  }
  for (const constraint of constraints) {
    const columns = constraintColumns(constraint).map(find)
    const text = columns.find(column => column.storage !== 'numbers')
    if (text && constraint.kind !== 'combinations' && constraint.kind !== 'unique') {
      throw new CultivarError(
        'bad-input',
        `The constraint “${constraint.kind}” needs numbers or dates, but “${text.name}” holds texts.`,
        'Name a column of numbers or dates.',
      )
    }
    if (constraint.kind === 'unique' && constraint.columns.length > 1) {
      throw new CultivarError(
        'bad-input',
        'Only single columns can be kept unique.',
        'Name one column; combinations of columns come out as often as they did.',
      )
    }
  }
}

export function constraintColumns(constraint: Constraint): string[] {
  switch (constraint.kind) {
    case 'at-most':
      return [constraint.low, constraint.high]
    case 'range':
      return [constraint.column]
    case 'sum':
      return [...constraint.parts, ...(typeof constraint.total === 'string' ? [constraint.total] : [])]
    default:
      return constraint.columns
  }
}

/** Constraints that hold in every row and hardly by chance. `free`: columns that nothing is known of yet. */
export function learnConstraints(table: Table, free: ReadonlySet<string>): Constraint[] {
  const columns = table.columns.filter(column => free.has(column.name))
  const found = followingFrom(columns)
  const left = new Set(free)
  for (const constraint of found) left.delete((constraint as Extract<Constraint, { kind: 'combinations' }>).columns[1]!)
  const numbers = columns.filter(
    (column): column is NumberColumn =>
      column.storage === 'numbers' && left.has(column.name) && column.type !== 'boolean',
  )
  const sums = numbers.length <= mostForSums ? learnSums(numbers) : []
  for (const constraint of sums) left.delete(constraint.total as string)
  const ordered = atMost(numbers.filter(column => left.has(column.name)))
  return [...found, ...sums, ...ordered]
}

/** Pairs in which a category settles the value of another column: `columns` is [from, following]. */
function followingFrom(columns: readonly Column[]): Constraint[] {
  const found: Constraint[] = []
  const following = new Set<string>()
  const sources = columns.flatMap(column => {
    if (column.storage !== 'codes') return []
    const texts = textsOf(column)
    return texts.distinct >= 2 && texts.distinct * 4 <= texts.known ? [{ column, distinct: texts.distinct }] : []
  })
  // What fewest categories settle is settled best.
  sources.sort((one, other) => one.distinct - other.distinct)
  for (const column of columns) {
    if (column.storage === 'texts') continue
    for (const { column: source } of sources) {
      if (source === column || following.has(source.name)) continue
      // What others follow from stays, so that nothing follows from itself.
      if (found.some(one => one.kind === 'combinations' && one.columns[0] === column.name)) break
      if (!settles(source.codes, source.dictionary.length, column)) continue
      found.push({ kind: 'combinations', columns: [source.name, column.name], learned: true })
      following.add(column.name)
      break
    }
  }
  return found
}

/** Whether each code goes with one value, where rows with the same code would often differ otherwise. */
function settles(codes: Int32Array, size: number, column: Column): boolean {
  const valueAt = valueReader(column)
  const value = new Float64Array(size + 1)
  const rowsOf = new Int32Array(size + 1)
  const totals = new Map<number, number>()
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row]! < 0 ? size : codes[row]!
    const here = valueAt(row)
    if (rowsOf[code] === 0) value[code] = here
    else if (!Object.is(value[code], here)) return false
    rowsOf[code]!++
  }
  let chances = 0
  rowsOf.forEach((rows, code) => {
    if (rows === 0) return
    chances += rows - 1
    totals.set(value[code]!, (totals.get(value[code]!) ?? 0) + rows)
  })
  let same = 0
  for (const count of totals.values()) same += (count / codes.length) ** 2
  return chances * (1 - same) >= fewestBroken
}

function valueReader(column: Column): (row: number) => number {
  if (column.storage === 'numbers') return row => column.values[row]!
  if (column.storage === 'codes') return row => column.codes[row]!
  return row => row
}

type Moment = 'day' | 'time' | 'number'
const familyOf = ({ type }: NumberColumn): Moment =>
  type === 'date' || type === 'datetime' ? 'day' : type === 'time' ? 'time' : 'number'

function atMost(columns: readonly NumberColumn[]): Constraint[] {
  const wide = columns.filter(({ values }) => hasMoreThan(values, fewestValues))
  const candidates: { low: NumberColumn; high: NumberColumn; apart: number }[] = []
  for (const low of wide) {
    for (const high of wide) {
      if (low === high || familyOf(low) !== familyOf(high)) continue
      const apart = meanApart(low.values, high.values)
      if (apart !== undefined) candidates.push({ low, high, apart })
    }
  }
  candidates.sort((one, other) => one.apart - other.apart)
  const lowOf = new Map<NumberColumn, NumberColumn>()
  for (const { low, high } of candidates) {
    if (lowOf.has(high)) continue
    let root: NumberColumn | undefined = low
    while (root && root !== high) root = lowOf.get(root)
    if (root === undefined) lowOf.set(high, low)
  }
  return [...lowOf].map(([high, low]) => ({ kind: 'at-most', low: low.name, high: high.name, learned: true }))
}

function hasMoreThan(values: Float64Array, most: number): boolean {
  const seen = new Set<number>()
  for (const value of values) if (!Number.isNaN(value) && seen.add(value).size > most) return true
  return false
}

/** Mean difference, if one is never more than the other, but would be if rows were paired at random. */
function meanApart(low: Float64Array, high: Float64Array): number | undefined {
  let both = 0
  let apart = 0
  for (let row = 0; row < low.length; row++) {
    const difference = high[row]! - low[row]!
    if (difference < 0) return undefined
    if (Number.isNaN(difference)) continue
    both++
    apart += difference
  }
  if (both < fewestRows) return undefined
  const shift = Math.floor(low.length / 2)
  let broken = 0
  for (let row = 0; row < low.length; row++) if (low[row]! > high[(row + shift) % high.length]!) broken++
  return broken >= Math.max(fewestBroken, brokenShare * both) ? apart / both : undefined
}

function learnSums(columns: readonly NumberColumn[]): Extract<Constraint, { kind: 'sum' }>[] {
  const found: Extract<Constraint, { kind: 'sum' }>[] = []
  const used = new Set<NumberColumn>()
  const differing = columns.filter(column => familyOf(column) === 'number' && hasMoreThan(column.values, 1))
  const wide = differing.filter(({ values }) => hasMoreThan(values, 5))
  // Few parts first, so that a sum of three is not one of two and a part that is nearly nothing.
  for (const count of [2, 3]) {
    for (const total of wide) {
      if (used.has(total)) continue
      const parts = choices(
        differing.filter(part => part !== total && !used.has(part)),
        count,
      ).find(parts => addsUp(parts, total))
      if (!parts) continue
      found.push({ kind: 'sum', parts: parts.map(({ name }) => name), total: total.name, learned: true })
      used.add(total)
    }
  }
  return found
}

/** All choices of so many items, in the order of the items. */
function* choices<Item>(items: readonly Item[], count: number): Generator<Item[]> {
  if (count === 0) {
    yield []
    return
  }
  for (const [place, item] of items.entries()) {
    for (const rest of choices(items.slice(place + 1), count - 1)) yield [item, ...rest]
  }
}

function addsUp(parts: readonly NumberColumn[], total: NumberColumn): boolean {
  let known = 0
  const differ = new Set<number>()
  for (let row = 0; row < total.values.length; row++) {
    const sum = parts.reduce((value, part) => value + part.values[row]!, 0)
    const all = total.values[row]!
    if (Number.isNaN(sum) !== Number.isNaN(all)) return false
    if (Number.isNaN(all)) continue
    if (Math.abs(sum - all) > 1e-9 * Math.max(1, Math.abs(all))) return false
    known++
    // A part that is nearly always 0 makes a copy, not a sum.
    if (differ.size < 10 && parts.every(part => part.values[row] !== 0)) differ.add(row)
  }
  return known >= fewestRows && differ.size === 10
}
