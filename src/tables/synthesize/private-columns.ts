/** Learns a column’s values under differential privacy: what is not given is found out by noisy counts, and paid for. */
import type { RandomStream } from '../../stats/random-stream.ts'
import { datePatternOf } from '../date-pattern.ts'
import type { CategoryColumn, Column, ColumnHeader, NumberColumn, TextColumn } from '../table.ts'
import type { ColumnChoice } from './column-choice.ts'
import { categoryModel } from './columns/category.ts'
import { gridOf } from './columns/number.ts'
import type { FittedColumn, IdPart, NumberModel } from './fitted-table.ts'
import { noisyCounts } from './geometric-noise.ts'
import { textsOf } from './texts.ts'

export interface PrivateColumnFitting {
  /** Most codes of a number. */
  bins: number
  /** The column may spend this much. */
  epsilon: number
  random: RandomStream
  note(text: string): void
}

/** The chance that a category which one row alone has shows itself, for each column whose categories are not given. */
export const deltaOfCategories = 1e-7
/** Ranges that a column is cut into before the counting; those that hold much are cut again, so often. */
const cells = 64
const times = 3
const heavyShare = 0.04

/** What categories that do not stand out of the noise become. */
const other = 'other'
const digits = '0123456789'
const capitals = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
const small = 'abcdefghijklmnopqrstuvwxyz'

/** What the column must be charged for: nothing where all there can be is given, or no values are learned. */
export function costs({ header, model }: FittedColumn, choice: ColumnChoice): boolean {
  if (model.kind === 'sequence' || model.kind === 'id' || model.kind === 'text') return false
  return header.storage === 'numbers' ? header.type !== 'boolean' : choice.categories === undefined
}

/** @param plain the column as it is without privacy: its kind counts as public, its values do not. */
export function fitPrivateColumn(
  plain: FittedColumn,
  column: Column,
  choice: ColumnChoice,
  fitting: PrivateColumnFitting,
): FittedColumn {
  const { model, header } = plain
  if (column.storage === 'numbers') {
    if (model.kind === 'sequence') return { header, model: { kind: 'sequence', start: 1, step: 1 } }
    return { header, model: privateNumber(column, choice, fitting) }
  }
  if (model.kind === 'id') return { header, model: { kind: 'id', parts: model.parts.map(publicPart), nulls: true } }
  if (model.kind === 'text') {
    const shapes = { phone: '999 999 9999', name: 'G F', address: 'number first', words: '3' } as Record<string, string>
    return { header, model: { kind: 'text', of: model.of, shapes: [shapes[model.of] ?? ''], counts: [1], nulls: true } }
  }
  return privateCategory(column, choice, fitting)
}

/** What a pattern may keep: which parts are digits and letters, not which occur. */
function publicPart(part: IdPart): IdPart {
  if (part.kind === 'characters') return { ...part, characters: classOf(part.characters) }
  if (part.kind === 'number') {
    const width = Math.max(part.width, String(part.high).length)
    return { kind: 'number', low: 0, high: 10 ** width - 1, width }
  }
  if (part.kind === 'choice') return { kind: 'characters', characters: capitals, length: part.texts[0]!.length }
  if (part.kind === 'literal' && /\p{L}|\d/u.test(part.text))
    return { kind: 'characters', characters: capitals, length: part.text.length }
  return part
}

/** All digits, capitals, small letters, or any of them: as narrow as the part’s characters allow. */
function classOf(characters: string): string {
  const used = [digits, capitals, small].filter(alphabet => [...alphabet].some(one => characters.includes(one)))
  return (used.length > 0 ? used : [digits, capitals, small]).join('')
}

/** Given categories, or those whose noisy count is beyond what one row could bring about; the others become `other`. */
function privateCategory(
  column: CategoryColumn | TextColumn,
  choice: ColumnChoice,
  { epsilon, random, note, bins }: PrivateColumnFitting,
): FittedColumn {
  const { name } = column
  const headerOf = (dictionary: string[]): ColumnHeader => ({ storage: 'codes', name, type: 'category', dictionary })
  if (choice.categories) {
    const { categories } = choice
    return {
      header: headerOf(categories),
      model: categoryModel(
        categories.map(() => 1),
        true,
        Math.max(2, categories.length),
      ),
    }
  }
  const { dictionary, counts } = textsOf(column)
  const beyond = 2 + (2 / epsilon) * Math.log(1 / (2 * deltaOfCategories))
  const noisy = noisyCounts(counts, epsilon, random)
  const kept = dictionary.map((_, place) => place).filter(place => counts[place]! > 0 && noisy[place]! > beyond)
  note(
    `“${name}”: ${kept.length === 1 ? '1 category stands' : `${kept.length === 0 ? 'no' : kept.length} categories stand`} out of the noise; any others became “${other}”.`,
  )
  // By their names, for their order of appearance is not public.
  const names = [...kept.map(place => dictionary[place]!).filter(text => text !== other)].sort()
  const byName = new Map(dictionary.map((text, place) => [text, noisy[place]!]))
  const all = [...names, other]
  return {
    header: headerOf(all),
    model: categoryModel(
      // Least of all, so that whatever has no code of its own gets this one; its count, should it be a real category, is not told.
      all.map(text => (text === other ? 1 : byName.get(text)!)),
      true,
      Math.max(bins * 2, 2),
    ),
  }
}

interface Cell {
  /** In grid points; without a grid, real numbers with `to` left out. */
  from: number
  to: number
  count: number
}

function privateNumber(
  column: NumberColumn,
  choice: ColumnChoice,
  { bins, epsilon, random, note }: PrivateColumnFitting,
): NumberModel {
  const { name, type } = column
  const known = column.values.filter(value => !Number.isNaN(value))
  const grid = publicGrid(column)
  const point = (value: number) => (grid.unit > 0 ? Math.round((value / grid.unit) * grid.scale) : value)
  const points = known.map(point)
  if (type === 'boolean')
    return numberModel(
      [0, 1].map(value => ({ from: value, to: value, count: 1 })),
      grid,
      2,
    )
  // Open to one side is no range to cut into cells.
  const given = choice.range?.every(bound => Math.abs(bound) < Number.MAX_VALUE) ? choice.range : undefined
  const bounds = given ? given.map(point) : privateBounds(points, epsilon / 3, random.fork('range'))
  const [from, to] = bounds as [number, number]
  if (!given) {
    const shown = (point: number) => {
      const value = grid.unit > 0 ? (point * grid.unit) / grid.scale : point
      return type === 'date' || type === 'datetime' || type === 'time' ? datePatternOf(type).format(value) : value
    }
    const isUnknown = from === 0 && to === 1
    note(
      isUnknown
        ? `“${name}”: hardly a value stands out of the noise, so that all come out from ${shown(from)} to ${shown(to)}. Give its range, or a larger ε.`
        : `“${name}”: its range, ${shown(from)} to ${shown(to)}, was found with noise. Give it if you know it: the rest comes out better.`,
    )
  }
  const clamped = points.map(value => Math.min(to, Math.max(from, value)))
  const spend = (given ? epsilon : (epsilon * 2) / 3) / times
  const found = histogram(clamped, from, to, grid.unit > 0, spend, random)
  return {
    ...numberModel(found, grid, bins),
    nulls: true,
    range: [(from * (grid.unit || 1)) / grid.scale, (to * (grid.unit || 1)) / grid.scale],
  }
}

/** Type and written decimals are public, what values happen to have in common is not. */
function publicGrid({ type, decimals }: NumberColumn): { unit: number; scale: number } {
  if (type === 'decimal') return decimals === undefined ? { unit: 0, scale: 1 } : { unit: 1, scale: 10 ** decimals }
  const { unit, scale } = gridOf(type, new Float64Array(0))
  return type === 'datetime' || type === 'time' ? { unit: 1000, scale: 1 } : { unit, scale }
}

const magnitudes = 70

/** The powers of two that hold the values, by noisy counts of all of them. */
function privateBounds(points: Float64Array, epsilon: number, random: RandomStream): [number, number] {
  // Places 0 … 139: −2⁶⁰ … −2⁻⁹, 0, 2⁻⁹ … 2⁶⁰.
  const counts = new Float64Array(2 * magnitudes + 1)
  const placeOf = (value: number) => {
    if (value === 0) return magnitudes
    const power = Math.min(magnitudes, Math.max(1, Math.ceil(Math.log2(Math.abs(value))) + 10))
    return magnitudes + Math.sign(value) * power
  }
  for (const value of points) counts[placeOf(value)]!++
  const noisy = noisyCounts(counts, epsilon, random)
  const beyond = (2 / epsilon) * Math.log(counts.length / 0.01)
  const held = [...noisy.keys()].filter(place => noisy[place]! > beyond)
  if (held.length === 0) return [0, 1]
  const outer = (place: number) =>
    place === magnitudes ? 0 : Math.sign(place - magnitudes) * 2 ** (Math.abs(place - magnitudes) - 10)
  const inner = (place: number) => (Math.abs(place - magnitudes) <= 1 ? 0 : outer(place) / 2)
  const [lowest, highest] = [held[0]!, held.at(-1)!]
  return [
    Math.floor(lowest < magnitudes ? outer(lowest) : inner(lowest)),
    Math.ceil(highest > magnitudes ? outer(highest) : inner(highest)),
  ]
}

/** Even ranges with noisy counts; those that hold much are cut further. Ranges of one level do not overlap, so that each level costs once. */
function histogram(
  points: Float64Array,
  from: number,
  to: number,
  grid: boolean,
  epsilon: number,
  random: RandomStream,
): Cell[] {
  let level: Cell[] = [{ from, to, count: 0 }]
  const done: Cell[] = []
  // How many values there are is not public either: the first level tells it, with its noise.
  let total = 0
  for (let time = 0; time < times && level.length > 0; time++) {
    const parts = level.flatMap(cell => cut(cell, grid))
    const exact = countIn(points, parts)
    const noisy = noisyCounts(exact, epsilon, random.fork(`level ${time}`))
    const counted = parts.map((cell, place) => ({ ...cell, count: noisy[place]! }))
    if (time === 0) total = noisy.reduce((sum, count) => sum + count, 0)
    const heavy = (cell: Cell) =>
      cell.count > heavyShare * total && (grid ? cell.to > cell.from : true) && time < times - 1
    done.push(...counted.filter(cell => !heavy(cell)))
    level = counted.filter(heavy)
  }
  return done.sort((one, other) => one.from - other.from)
}

function cut({ from, to }: Cell, grid: boolean): Cell[] {
  const width = grid ? Math.max(1, Math.ceil((to - from + 1) / cells)) : (to - from) / cells
  if (!(width > 0)) return [{ from, to, count: 0 }]
  const parts: Cell[] = []
  for (let place = 0; place < cells; place++) {
    const start = from + place * width
    if (grid ? start > to : start >= to) break
    parts.push({ from: start, to: grid ? Math.min(to, start + width - 1) : start + width, count: 0 })
  }
  return parts
}

function countIn(points: Float64Array, parts: readonly Cell[]): Float64Array {
  const counts = new Float64Array(parts.length)
  for (const point of points) {
    let low = 0
    let high = parts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (parts[middle]!.from <= point) low = middle
      else high = middle - 1
    }
    const cell = parts[low]!
    if (point >= cell.from && point <= cell.to) counts[low]!++
  }
  return counts
}

function numberModel(
  found: readonly Cell[],
  { unit, scale }: { unit: number; scale: number },
  bins: number,
): NumberModel {
  const used = found.filter(cell => cell.count > 0)
  const kept = used.length > 0 ? used : found.slice(0, 1)
  const total = kept.reduce((sum, cell) => sum + cell.count, 0)
  const first: number[] = []
  const ends: number[] = []
  let held = 0
  kept.forEach((cell, place) => {
    const heavy = (one: Cell | undefined) => one !== undefined && one.count * bins >= total
    if (place === 0 || heavy(cell) || heavy(kept[place - 1]) || held + cell.count / 2 > total / bins) {
      first.push(place)
      ends.push(cell.to)
      held = 0
    }
    ends[ends.length - 1] = cell.to
    held += cell.count
  })
  first.push(kept.length)
  const grid = unit > 0
  return {
    kind: 'number',
    unit,
    scale,
    ends,
    first,
    low: kept.map(cell => cell.from),
    step: kept.map(cell => (grid ? 1 : cell.to - cell.from)),
    points: kept.map(cell => (grid ? cell.to - cell.from + 1 : 1)),
    count: kept.map(cell => Math.max(1, cell.count)),
    nulls: true,
  }
}
