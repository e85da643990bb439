/** The course of one column’s scores: a trend along the phase, seasons, and how far rows spread about them. */
import { atPlace } from './phase.ts'

/** Where each row stands, shared by all columns. */
export interface Places {
  /** Along the knots of the phase. */
  knot: Float64Array
  knots: number
  /** Nearest bin, by season. */
  season: { bin: Uint16Array; bins: number }[]
}

export interface Course {
  trend: number[]
  seasons: number[][]
  spread: number[]
  seasonSpread: number[][]
  /** What is left of each score, in units of its spread; NaN where the score is. */
  rest: Float64Array
}

/** Rows that a spread is drawn towards the whole column’s by. */
const priorRows = 10
/** Below this a spread is taken as this when rests are measured, so that what hardly moves is not blown up. */
const leastSpread = 0.05

export function fitCourse(scores: Float64Array, places: Places): Course {
  const seasons = places.season.map(({ bins }) => new Array<number>(bins).fill(0))
  let trend = new Array<number>(Math.max(1, places.knots)).fill(0)
  const rest = scores.slice()
  for (let round = 0; round < (seasons.length > 0 ? 3 : 1); round++) {
    const trendBefore = trend
    trend = fitTrend(
      rest.map((value, row) => value + atPlace(trendBefore, places.knot[row]!)),
      places,
    )
    for (let row = 0; row < rest.length; row++) {
      rest[row]! += atPlace(trendBefore, places.knot[row]!) - atPlace(trend, places.knot[row]!)
    }
    places.season.forEach(({ bin, bins }, s) => {
      const means = binMeans(rest, bin, bins)
      for (let row = 0; row < rest.length; row++) rest[row]! -= means[bin[row]!]!
      for (let b = 0; b < bins; b++) seasons[s]![b]! += means[b]!
    })
  }
  const { spread, seasonSpread } = fitSpread(rest, places)
  for (let row = 0; row < rest.length; row++)
    rest[row]! /= Math.max(leastSpread, spreadAt(spread, seasonSpread, places, row))
  return { trend, seasons, spread, seasonSpread, rest }
}

export function levelAt(course: Pick<Course, 'trend' | 'seasons'>, places: Places, row: number): number {
  let level = atPlace(course.trend, places.knot[row]!)
  for (let s = 0; s < course.seasons.length; s++) level += course.seasons[s]![places.season[s]!.bin[row]!]!
  return level
}

export function spreadAt(spread: number[], seasonSpread: number[][], places: Places, row: number): number {
  let width = atPlace(spread, places.knot[row]!)
  for (let s = 0; s < seasonSpread.length; s++) width *= seasonSpread[s]![places.season[s]!.bin[row]!]!
  return width
}

/** Least squares of a line bent at the knots. */
export function fitTrend(scores: Float64Array, { knot, knots }: Pick<Places, 'knot' | 'knots'>): number[] {
  const size = Math.max(1, knots)
  const diagonal = new Float64Array(size)
  const beside = new Float64Array(size)
  const right = new Float64Array(size)
  let sum = 0
  let count = 0
  for (let row = 0; row < scores.length; row++) {
    const score = scores[row]!
    if (Number.isNaN(score)) continue
    const low = size === 1 ? 0 : Math.min(Math.floor(knot[row]!), size - 2)
    const part = knot[row]! - low
    diagonal[low]! += (1 - part) ** 2
    right[low]! += (1 - part) * score
    if (size > 1) {
      diagonal[low + 1]! += part ** 2
      beside[low]! += part * (1 - part)
      right[low + 1]! += part * score
    }
    sum += score
    count++
  }
  const mean = count > 0 ? sum / count : 0
  for (let k = 0; k < size; k++) {
    diagonal[k]! += 1e-3
    right[k]! += 1e-3 * mean
  }
  for (let k = 1; k < size; k++) {
    const factor = beside[k - 1]! / diagonal[k - 1]!
    diagonal[k]! -= factor * beside[k - 1]!
    right[k]! -= factor * right[k - 1]!
  }
  const trend = new Array<number>(size).fill(0)
  for (let k = size - 1; k >= 0; k--) {
    trend[k] = (right[k]! - (k + 1 < size ? beside[k]! * trend[k + 1]! : 0)) / diagonal[k]!
  }
  return trend
}

export function binMeans(values: Float64Array, bin: Uint16Array, bins: number): Float64Array {
  const sums = new Float64Array(bins)
  const counts = new Float64Array(bins)
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!
    if (Number.isNaN(value)) continue
    sums[bin[row]!]! += value
    counts[bin[row]!]! += 1
  }
  return sums.map((sum, b) => sum / Math.max(1, counts[b]!))
}

function fitSpread(rest: Float64Array, places: Places): { spread: number[]; seasonSpread: number[][] } {
  const squares = rest.map(value => value * value)
  const size = Math.max(1, places.knots)
  const sums = new Float64Array(size)
  const weights = new Float64Array(size)
  for (let row = 0; row < rest.length; row++) {
    if (Number.isNaN(squares[row]!)) continue
    const low = size === 1 ? 0 : Math.min(Math.floor(places.knot[row]!), size - 2)
    const part = size === 1 ? 0 : places.knot[row]! - low
    sums[low]! += (1 - part) * squares[row]!
    weights[low]! += 1 - part
    if (size > 1) {
      sums[low + 1]! += part * squares[row]!
      weights[low + 1]! += part
    }
  }
  const whole =
    sums.reduce((a, b) => a + b, 0) /
    Math.max(
      1,
      weights.reduce((a, b) => a + b, 0),
    )
  const spread = Array.from(sums, (sum, k) => Math.sqrt((sum + priorRows * whole) / (weights[k]! + priorRows)))
  const seasonSpread: number[][] = []
  for (const { bin, bins } of places.season) {
    const relative = squares.map((square, row) => square / spreadAt(spread, seasonSpread, places, row) ** 2 || 0)
    const counts = new Float64Array(bins)
    const totals = new Float64Array(bins)
    for (let row = 0; row < rest.length; row++) {
      if (Number.isNaN(squares[row]!)) continue
      counts[bin[row]!]! += 1
      totals[bin[row]!]! += relative[row]!
    }
    seasonSpread.push(Array.from(totals, (total, b) => Math.sqrt((total + priorRows) / (counts[b]! + priorRows))))
  }
  return { spread, seasonSpread }
}
