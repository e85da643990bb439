/** Whether synthetic rows lie closer to the rows they were learned from than other people’s rows do. */
import { quantile } from '../../../stats/quantile.ts'
import type { RandomStream } from '../../../stats/random-stream.ts'
import { wilsonInterval } from '../../../stats/wilson-interval.ts'
import { takeTableRows } from '../../take-rows.ts'
import type { RowPoints } from '../box-tree.ts'
import { categoryPlace, closestDistances, rowPoints } from '../closest-rows.ts'
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
  baseline: { of: 'holdout' | 'real'; rows: number; quantiles: Quantiles }
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
const mostCells = 2e7
const randomRows = 1000

/** Absent where a table has no rows or there are no columns. */
export function closestRecords(
  real: SharedTable,
  synthetic: SharedTable,
  holdout: SharedTable | undefined,
  { random, signal }: Measuring,
): ClosestRecords | undefined {
  if (real.rows < 2 || synthetic.rows === 0 || real.columns.length === 0) return undefined
  const most = Math.min(mostAgainst, Math.floor(mostCells / real.columns.length))
  const [trainingTable, others] = [real, holdout].map(table => table && some(table, most, random.fork('against')))
  const queryTable = some(synthetic, mostQueries, random.fork('queries'))
  const [training, queries, ofHoldout] = rowPoints([trainingTable!, queryTable, ...(others ? [others] : [])])
  const distances = closestDistances(queries!, training!, { signal })
  const ascending = distances.toSorted()
  const baseline = baselineDistances(training!, ofHoldout, signal).sort()
  const ofRandom = closestDistances(randomPoints(real, random), training!, { signal }).sort()
  const near = quantile(baseline, 0.05)
  return {
    rows: distances.length,
    against: training!.rows,
    synthetic: quantilesOf(ascending),
    baseline: { of: ofHoldout?.rows ? 'holdout' : 'real', rows: baseline.length, quantiles: quantilesOf(baseline) },
    closerThanBaseline: ascending.filter(distance => distance < near).length / ascending.length,
    baselineProtection: orNull(Math.min(1, quantile(ascending, 0.5) / quantile(ofRandom, 0.5))),
    ...(ofHoldout?.rows && { nearerToTraining: nearerToTraining(queries!, training!, ofHoldout, signal) }),
  }
}

function nearerToTraining(queries: RowPoints, training: RowPoints, others: RowPoints, signal: AbortSignal | undefined) {
  // A larger table has a closer row by chance, so that both have as many.
  const rows = Math.min(training.rows, others.rows)
  const [toTraining, toOthers] = [training, others].map(points =>
    closestDistances(queries, firstRows(points, rows), { signal }),
  )
  const looked = Math.min(toTraining!.length, toOthers!.length)
  const nearer = toTraining!.slice(0, looked).reduce((sum, distance, row) => sum + vote(distance, toOthers![row]!), 0)
  const share = nearer / looked
  const { low, high } = wilsonInterval(nearer, looked) ?? { low: 0, high: 1 }
  return { share, low, high, overfittingProtection: Math.min(1, 2 * (1 - share)) }
}

function vote(toTraining: number, toOthers: number): number {
  if (toTraining === toOthers) return 0.5
  return toTraining < toOthers ? 1 : 0
}

/** Of the hold-out to the training rows or, without one, of those among themselves. */
function baselineDistances(training: RowPoints, holdout: RowPoints | undefined, signal?: AbortSignal): Float64Array {
  if (holdout?.rows) return closestDistances(firstRows(holdout, mostQueries), training, { signal })
  const itself = Int32Array.from({ length: Math.min(mostQueries, training.rows) }, (_, row) => row)
  return closestDistances(firstRows(training, mostQueries), training, { itself, signal })
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

/** In random order, so that the first ones stand for all. */
function some(table: SharedTable, most: number, random: RandomStream): SharedTable {
  return takeTableRows(table, Int32Array.from(random.shuffle([...spreadRows(table.rows, most, random)])))
}

function firstRows({ rows, columns, points }: RowPoints, most: number): RowPoints {
  const taken = Math.min(rows, most)
  return { rows: taken, columns, points: points.subarray(0, taken * columns) }
}

function quantilesOf(ascending: Float64Array): Quantiles {
  return [0.05, 0.25, 0.5, 0.75, 0.95].map(share => quantile(ascending, share))
}
