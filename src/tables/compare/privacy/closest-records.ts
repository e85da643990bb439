/** Whether synthetic rows lie closer to the rows they were learned from than other people’s rows do. */
import { quantile } from '../../../stats/quantile.ts'
import type { RandomStream } from '../../../stats/random-stream.ts'
import { wilsonInterval } from '../../../stats/wilson-interval.ts'
import { categoryPlace, closestDistances, pointsOfRows, type RowPoints, rowPoints } from '../closest-rows.ts'
import { orNull } from '../mean-of.ts'
import type { Measuring } from '../measuring.ts'
import type { SharedTable } from '../shared-tables.ts'
import { spreadRows } from '../spread-rows.ts'

/** Gower’s distance to the closest row at 5, 25, 50, 75 and 95 % of the rows that were looked at; 0 is equal, 1 as far as can be. */
type Quantiles = number[]

export interface ClosestRecords {
  /** Synthetic rows that were looked at. */
  rows: number
  /** Real rows they were held against. */
  against: number
  synthetic: Quantiles
  /** The same for rows of the hold-out or, without one, of real rows to the other real rows. */
  baseline: { of: 'holdout' | 'real'; quantiles: Quantiles }
  /** Share of rows at least as close as the closest twentieth of the baseline: 5 % is chance. */
  closerThanBaseline: number
  /** SDMetrics’ DCRBaselineProtection: median distance over that of random rows, at most 1. */
  baselineProtection: number | null
  /** With a hold-out, which as many training rows are held against. */
  nearerToTraining?: {
    /** Of the rows; a tie counts half. ½ is chance. */
    share: number
    low: number
    high: number
    /** SDMetrics’ DCROverfittingProtection: min(1, 2 (1 − share)). */
    overfittingProtection: number
  }
}

const mostQueries = 5000
const mostAgainst = 200_000
const randomRows = 1000

/** Absent where a table has no rows or there are no columns. */
export function closestRecords(
  real: SharedTable,
  synthetic: SharedTable,
  holdout: SharedTable | undefined,
  { random, signal }: Measuring,
): ClosestRecords | undefined {
  if (real.rows < 2 || synthetic.rows === 0 || real.columns.length === 0) return undefined
  const points = rowPoints([real, synthetic, ...(holdout ? [holdout] : [])])
  const training = taken(points[0]!, mostAgainst, random)
  const queries = taken(points[1]!, mostQueries, random)
  const others = holdout && points[2]!.rows > 0 ? points[2] : undefined
  const distances = closestDistances(queries, training, { signal })
  const ascending = distances.toSorted()
  const baseline = others
    ? closestDistances(taken(others, mostQueries, random), training, { signal })
    : closestToOthers(training, { random, signal })
  baseline.sort()
  const ofRandom = closestDistances(randomPoints(real, random), training, { signal }).sort()
  const near = quantile(baseline, 0.05)
  return {
    rows: queries.rows,
    against: training.rows,
    synthetic: quantilesOf(ascending),
    baseline: { of: others ? 'holdout' : 'real', quantiles: quantilesOf(baseline) },
    closerThanBaseline: ascending.filter(distance => distance < near).length / ascending.length,
    baselineProtection: orNull(Math.min(1, quantile(ascending, 0.5) / quantile(ofRandom, 0.5))),
    ...(others && { nearerToTraining: nearerToTraining(queries, training, others, { random, signal }) }),
  }
}

function nearerToTraining(queries: RowPoints, training: RowPoints, others: RowPoints, { random, signal }: Measuring) {
  // A larger table has a closer row by chance, so that both have as many.
  const rows = Math.min(training.rows, others.rows)
  const toTraining = closestDistances(queries, taken(training, rows, random), { signal })
  const toOthers = closestDistances(queries, taken(others, rows, random), { signal })
  const nearer = toTraining.reduce((sum, distance, row) => sum + vote(distance, toOthers[row]!), 0)
  const share = nearer / queries.rows
  const { low, high } = wilsonInterval(nearer, queries.rows) ?? { low: 0, high: 1 }
  return { share, low, high, overfittingProtection: Math.min(1, 2 * (1 - share)) }
}

function vote(toTraining: number, toOthers: number): number {
  if (toTraining === toOthers) return 0.5
  return toTraining < toOthers ? 1 : 0
}

function closestToOthers(training: RowPoints, { random, signal }: Measuring): Float64Array {
  const rows = spreadRows(training.rows, mostQueries, random.fork('queries'))
  return closestDistances(pointsOfRows(training, rows), training, { itself: rows, signal })
}

/** Anywhere in the range of a number, any category: no likeness but that of the table’s form. */
function randomPoints({ columns }: SharedTable, of: RandomStream): RowPoints {
  const random = of.fork('random rows')
  const points = new Float32Array(randomRows * columns.length)
  for (let at = 0; at < points.length; at++) {
    const column = columns[at % columns.length]!
    points[at] =
      column.storage === 'numbers' ? random.float() : categoryPlace * random.int(Math.max(1, column.dictionary.length))
  }
  return { rows: randomRows, columns: columns.length, points }
}

function taken(points: RowPoints, most: number, random: RandomStream): RowPoints {
  return points.rows <= most ? points : pointsOfRows(points, spreadRows(points.rows, most, random.fork('closest')))
}

function quantilesOf(ascending: Float64Array): Quantiles {
  return [0.05, 0.25, 0.5, 0.75, 0.95].map(share => quantile(ascending, share))
}
