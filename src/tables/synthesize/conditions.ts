/** Tests of single columns, and what they leave of the values that a column’s model can draw. */
import type { SimplePredicate } from '../expression/conjuncts-of.ts'
import type { CategoryModel, FittedColumn, NumberModel } from './fitted-table.ts'

/** `other-than` is true of nulls too, unless null is among what is left out. */
export type ColumnTest =
  | SimplePredicate
  | { column: string; operator: 'other-than'; values: (number | string)[]; nulls: boolean }

/** A model that draws nothing but what passes, and by code the share of its rows that did. */
export interface Restricted<Model> {
  model: Model
  mass: Float64Array
}

type Value = number | string | null

/** Whether a value passes a test. */
export function passes(value: Value, test: ColumnTest): boolean {
  const { operator, values } = test
  if (operator === 'is-null') return value === null
  if (operator === 'is-not-null') return value !== null
  if (operator === 'other-than') return value === null ? test.nulls : !values.includes(value)
  if (value === null) return false
  const other = values[0]!
  switch (operator) {
    case '=':
      return value === other
    case '!=':
      return value !== other
    case '<':
      return value < other
    case '<=':
      return value <= other
    case '>':
      return value > other
    case '>=':
      return value >= other
    case 'in':
      return values.includes(value)
    case 'not-in':
      return !values.includes(value)
  }
}

const passesAll = (value: Value, tests: readonly ColumnTest[]) => tests.every(test => passes(value, test))

export function restrictCategory(
  model: CategoryModel,
  admits: (text: number | null) => boolean,
): Restricted<CategoryModel> {
  const first = [0]
  const category: number[] = []
  const count: number[] = []
  const codes = model.first.length - 1
  const mass = new Float64Array(codes + (model.nulls ? 1 : 0))
  for (let code = 0; code < codes; code++) {
    let all = 0
    let kept = 0
    for (let at = model.first[code]!; at < model.first[code + 1]!; at++) {
      all += model.count[at]!
      if (!admits(model.category[at]!)) continue
      category.push(model.category[at]!)
      count.push(model.count[at]!)
      kept += model.count[at]!
    }
    first.push(category.length)
    mass[code] = kept / all
  }
  if (model.nulls) mass[codes] = admits(null) ? 1 : 0
  return { model: { ...model, first, category, count }, mass }
}

/** Passes for the texts of a category column, by their places; its model knows no text itself. */
export function textAdmits(
  { header }: Pick<FittedColumn, 'header'>,
  tests: readonly ColumnTest[],
): (text: number | null) => boolean {
  const dictionary = header.storage === 'codes' ? header.dictionary : []
  return text => passesAll(text === null ? null : dictionary[text]!, tests)
}

interface Piece {
  low: number
  step: number
  points: number
  count: number
}

/** What is left of ranges keeps its share of the rows; values that are asked for by name get what one point has. */
export function restrictNumber(model: NumberModel, tests: readonly ColumnTest[]): Restricted<NumberModel> {
  const codes = model.ends.length
  const mass = new Float64Array(codes + (model.nulls ? 1 : 0))
  const pieces: Piece[] = []
  const first = [0]
  for (let code = 0; code < codes; code++) {
    let all = 0
    let kept = 0
    for (let at = model.first[code]!; at < model.first[code + 1]!; at++) {
      const piece = { low: model.low[at]!, step: model.step[at]!, points: model.points[at]!, count: model.count[at]! }
      all += piece.count
      for (const left of piecesLeft(piece, model, tests)) {
        pieces.push(left)
        kept += left.count
      }
    }
    first.push(pieces.length)
    mass[code] = all > 0 ? kept / all : 0
  }
  if (model.nulls) mass[codes] = passesAll(null, tests) ? 1 : 0
  const list = (key: keyof Piece) => pieces.map(piece => piece[key])
  return {
    model: { ...model, first, low: list('low'), step: list('step'), points: list('points'), count: list('count') },
    mass,
  }
}

function piecesLeft(piece: Piece, model: NumberModel, tests: readonly ColumnTest[]): Piece[] {
  const valueAt = (point: number) => (model.unit > 0 ? (point * model.unit) / model.scale : point)
  const single = model.unit > 0 ? piece.points === 1 : piece.step === 0
  if (single) return passesAll(valueAt(piece.low), tests) ? [piece] : []
  const listed = tests.find(test => test.operator === '=' || test.operator === 'in')
  if (listed) return namedPoints(piece, model, listed.values).filter(point => passesAll(valueAt(point.low), tests))
  return clipped(piece, model, tests)
}

function namedPoints(piece: Piece, { unit, scale }: NumberModel, values: readonly (number | string)[]): Piece[] {
  return values.flatMap(value => {
    if (typeof value !== 'number') return []
    if (unit === 0) {
      const within = value >= piece.low && value < piece.low + piece.step
      // Any one real number has no chance at all; only how these compare counts.
      return within ? [{ low: value, step: 0, points: 1, count: Math.min(1, 1 / piece.step) * piece.count }] : []
    }
    const low = Math.round((value / unit) * scale)
    const place = (low - piece.low) / piece.step
    const within = Number.isInteger(place) && place >= 0 && place < piece.points && (low * unit) / scale === value
    return within ? [{ low, step: 1, points: 1, count: piece.count / piece.points }] : []
  })
}

/** By the bounds; single values that are left out of a range remain in it, for the rows to be checked. */
function clipped(piece: Piece, { unit, scale }: NumberModel, tests: readonly ColumnTest[]): Piece[] {
  let low = Number.NEGATIVE_INFINITY
  let high = Number.POSITIVE_INFINITY
  for (const test of tests) {
    const { operator } = test
    if (operator === 'is-null') return []
    const bound = test.values[0]
    if (typeof bound !== 'number') continue
    const point = unit > 0 ? Number(((bound / unit) * scale).toPrecision(15)) : bound
    if (operator === '<') high = Math.min(high, unit > 0 ? Math.ceil(point) - 1 : point)
    if (operator === '<=') high = Math.min(high, unit > 0 ? Math.floor(point) : point)
    if (operator === '>') low = Math.max(low, unit > 0 ? Math.floor(point) + 1 : point)
    if (operator === '>=') low = Math.max(low, unit > 0 ? Math.ceil(point) : point)
  }
  if (unit === 0) {
    const from = Math.max(low, piece.low)
    const to = Math.min(high, piece.low + piece.step)
    return to > from ? [{ ...piece, low: from, step: to - from, count: (piece.count * (to - from)) / piece.step }] : []
  }
  const from = Math.max(0, Math.ceil((low - piece.low) / piece.step))
  const to = Math.min(piece.points - 1, Math.floor((high - piece.low) / piece.step))
  if (to < from) return []
  const points = to - from + 1
  return [{ ...piece, low: piece.low + from * piece.step, points, count: (piece.count * points) / piece.points }]
}
