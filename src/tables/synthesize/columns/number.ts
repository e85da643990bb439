/** Encodes numbers, dates and times by range, and draws values within the range of a code. */
import { BulkRandom } from '../../../stats/bulk-random.ts'
import type { RandomStream } from '../../../stats/random-stream.ts'
import type { NumberColumn } from '../../table.ts'
import { aliasTables } from '../alias-tables.ts'
import type { NumberModel } from '../fitted-table.ts'
import { piecesOf } from './number-pieces.ts'

export interface NumberFit {
  bins: number
  /** A value is kept as such from so many rows on. */
  atomFrom: number
  /** Fewest rows of a range. */
  rangeFrom: number
  /** No value is drawn as it was, but those that very many rows share. */
  avoid?: boolean
}

/** Decimals beyond these are taken for real numbers without a grid. */
const mostDecimals = 6
/** Ranges and values that a column is told apart by within its codes. */
const cellsOfColumn = 512

const second = 1000
const day = 86_400_000

/** The fewest digits after the point that all values can be written with, up to 6; undefined if they need more. */
export function decimalsOf(values: Float64Array): number | undefined {
  let decimals = 0
  for (const value of values) {
    while (
      !Number.isNaN(value) &&
      Math.abs(value * 10 ** decimals - Math.round(value * 10 ** decimals)) > 1e-9 * Math.abs(value * 10 ** decimals)
    ) {
      if (++decimals > mostDecimals) return undefined
    }
  }
  return decimals
}

/** Units that values count in, and the multiples of them that people round to. */
export function gridOf(
  type: NumberColumn['type'],
  values: Float64Array,
): { unit: number; scale: number; grains: number[] } {
  if (type === 'date') return { unit: day, scale: 1, grains: [] }
  if (type === 'datetime' || type === 'time') {
    const grains = [second, 60 * second, 3600 * second, day]
    const unit = grains.findLast(grain => values.every(value => value % grain === 0 || Number.isNaN(value))) ?? 1
    return { unit, scale: 1, grains: grains.filter(grain => grain > unit).map(grain => grain / unit) }
  }
  const decimals = type === 'decimal' ? decimalsOf(values) : 0
  if (decimals === undefined) return { unit: 0, scale: 1, grains: [] }
  return { unit: 1, scale: 10 ** decimals, grains: [10, 100, 1000, 10_000, 100_000, 1_000_000] }
}

/** Values that so many rows share tell of nobody: they are kept even where values are avoided. */
const shareOfMany = 0.01
const manyRows = 20

/** @param values at least one that is not NaN. `avoided`: no value is drawn as it was, but those that very many rows share. */
export function fitNumber(
  type: NumberColumn['type'],
  values: Float64Array,
  fit: NumberFit,
): { model: NumberModel; avoided: boolean; atoms: boolean } {
  const known = values.filter(value => !Number.isNaN(value))
  const { unit, scale, grains } = gridOf(type, known)
  const grid = unit > 0
  const points = (grid ? known.map(value => Math.round((value / unit) * scale)) : known).sort()
  const avoid = fit.avoid === true && type !== 'boolean'
  const atomFrom = avoid ? Math.max(fit.atomFrom, manyRows, known.length * shareOfMany) : fit.atomFrom
  const { ends, first, pieces, avoided, atoms } = piecesOf(points, {
    grid,
    grains,
    bins: fit.bins,
    cells: Math.max(cellsOfColumn, fit.bins),
    atomFrom,
    rangeFrom: type === 'boolean' ? 1 : fit.rangeFrom,
    avoid,
  })
  const model: NumberModel = {
    kind: 'number',
    unit,
    scale,
    ends,
    first,
    low: pieces.map(piece => piece.low),
    step: pieces.map(piece => piece.step),
    points: pieces.map(piece => piece.points),
    count: pieces.map(piece => piece.count),
    nulls: known.length < values.length,
  }
  return { model, avoided, atoms }
}

/** How many codes there are, that of null included. */
export function numberSize(model: NumberModel): number {
  return model.ends.length + (model.nulls ? 1 : 0)
}

/** A value beyond all ranges has the nearest one's code; a null where none were learned, that of the middle. */
export function encodeNumbers(model: NumberModel, values: Float64Array): Uint16Array {
  const { ends, unit, scale, nulls } = model
  const last = ends.length - 1
  const nullCode = nulls ? ends.length : last >> 1
  const codes = new Uint16Array(values.length)
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!
    if (Number.isNaN(value)) {
      codes[i] = nullCode
      continue
    }
    const point = unit > 0 ? (value / unit) * scale : value
    let low = 0
    let high = last
    while (low < high) {
      const middle = (low + high) >> 1
      // Half a unit, so that what was rounded lies on its point.
      if (ends[middle]! + (unit > 0 ? 0.5 : 0) < point) low = middle + 1
      else high = middle
    }
    codes[i] = low
  }
  return codes
}

/** Draws a value for each code. */
export type NumberDecoder = (codes: Uint16Array, random: RandomStream) => Float64Array

const perWord = 2 ** -32

export function numberDecoder(model: NumberModel): NumberDecoder {
  const { first, packed } = aliasTables(model.count, model.first)
  const { unit, scale } = model
  const low = Float64Array.from(model.low)
  const step = Float64Array.from(model.step)
  const points = Float64Array.from(model.points)
  const times = unit > 0 ? unit : 1
  const [lowest, highest] = model.range ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]
  const known = model.ends.length
  const within = (value: number) => Math.min(highest, Math.max(lowest, value))
  // Codes with nothing to draw, null among them: most rows of most columns.
  const settled = new Uint8Array(known + 1).fill(1)
  const value = new Float64Array(known + 1).fill(Number.NaN)
  for (let code = 0; code < known; code++) {
    const piece = first[code]!
    settled[code] = unit > 0 && first[code + 1] === piece + 1 && points[piece] === 1 ? 1 : 0
    if (settled[code]) value[code] = within((low[piece]! * times) / scale)
  }
  return (codes, random) => {
    const values = new Float64Array(codes.length)
    const bulk = new BulkRandom(random, codes.length)
    for (let i = 0; i < codes.length; i++) {
      const code = codes[i]!
      if (settled[code]) {
        values[i] = value[code]!
        continue
      }
      const from = first[code]!
      const size = first[code + 1]! - from
      let piece = from
      if (size > 1) {
        const x = (bulk.word() >>> 0) * size * perWord
        const place = x | 0
        const word = packed[from + place]!
        piece = from + ((x - place) * 65_536 < word >>> 16 ? place : word & 65_535)
      }
      let point = low[piece]!
      if (unit === 0) point += step[piece]! * (bulk.word() >>> 0) * perWord
      else {
        const count = points[piece]!
        if (count > 1) {
          // One word is enough to tell few points apart evenly.
          const share = count < 65_536 ? (bulk.word() >>> 0) * perWord : bulk.float()
          point += step[piece]! * Math.floor(share * count)
        }
        point = (point * times) / scale
      }
      values[i] = point < lowest ? lowest : point > highest ? highest : point
    }
    return values
  }
}
