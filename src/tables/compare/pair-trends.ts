/** How alike pairs of columns hang together. */

import type { RandomStream } from '../../stats/random-stream.ts'
import {
  type Cells,
  categoryCells,
  cellsOfRows,
  cramersV,
  isNumeric,
  numberCells,
  rangeOf,
  variationDistance,
} from './cells.ts'
import { orNull } from './mean-of.ts'
import type { Measuring } from './measuring.ts'
import type { SharedColumn, SharedTable } from './shared-tables.ts'
import { spreadRows } from './spread-rows.ts'

export interface PairTrend {
  columns: [string, string]
  metric: 'CorrelationSimilarity' | 'ContingencySimilarity'
  /** 1 is alike. */
  score: number | null
  /** Pearson’s correlation, or Cramér’s V with numbers cut into ranges. */
  real: number | null
  synthetic: number | null
  /** Whether the pair hangs together in the real table by so much that SDMetrics counts it. */
  counts: boolean
}

/** What SDMetrics counts by default: a real correlation beyond ±0.5, a real Cramér’s V above 0.3. */
const leastCorrelation = 0.5
const leastAssociation = 0.3
const ranges = 10
/** Cells looked at for all pairs, before rows are left out; but never fewer rows than SDMetrics takes. */
const mostCells = 4e9
const leastRows = 50_000

export interface PairOptions extends Measuring {
  /** Only pairs of one of the first so many columns with one of the others. */
  across?: number
}

/**
 * All pairs. Two columns of numbers: 1 − |difference of Pearson’s correlations| / 2. Otherwise 1 − the total variation distance of
 * their joint shares, where numbers are cut into ten ranges of equal width, in each table between its own least and greatest value.
 */
export function pairTrends(
  real: SharedTable,
  synthetic: SharedTable,
  { across, random, signal }: PairOptions,
): PairTrend[] {
  const pairs = (real.columns.length * (real.columns.length - 1)) / 2
  const rows = Math.max(leastRows, Math.floor(mostCells / Math.max(1, pairs)))
  const first = pairColumns(real, rows, random)
  const second = pairColumns(synthetic, rows, random)
  const trends: PairTrend[] = []
  for (let one = 0; one < (across ?? first.length); one++) {
    signal?.throwIfAborted()
    for (let other = Math.max(one + 1, across ?? 0); other < first.length; other++) {
      trends.push(pairTrend([first[one]!, first[other]!], [second[one]!, second[other]!]))
    }
  }
  return trends
}

/** Pearson’s correlation over rows where neither is null; NaN where one is constant. */
export function correlationOf(one: Float64Array, other: Float64Array): number {
  let rows = 0
  let meanOne = 0
  let meanOther = 0
  let ofOne = 0
  let ofOther = 0
  let both = 0
  for (let row = 0; row < one.length; row++) {
    const a = one[row]! - meanOne
    const b = other[row]! - meanOther
    if (Number.isNaN(a + b)) continue
    // Welford’s update: sums of squares around a moving mean keep their digits for values far from 0.
    rows++
    const share = (rows - 1) / rows
    meanOne += a / rows
    meanOther += b / rows
    ofOne += a * a * share
    ofOther += b * b * share
    both += a * b * share
  }
  return both / Math.sqrt(ofOne * ofOther)
}

interface PairColumn {
  column: SharedColumn
  cells: Cells
}

function pairColumns({ rows, columns }: SharedTable, most: number, random: RandomStream): PairColumn[] {
  const taken = rows > most ? spreadRows(rows, most, random.fork('pairs')) : undefined
  return columns.map(column => {
    const cells = isNumeric(column) ? rangeCells(column.values) : categoryCells(column)
    return { column, cells: taken ? cellsOfRows(cells, taken) : cells }
  })
}

/** The greatest value has a cell of its own, which nulls share: SDMetrics counts so (NumPy’s digitize on its histogram’s edges). */
function rangeCells(values: Float64Array): Cells {
  const { least, greatest } = rangeOf(values)
  // A constant column lies in the middle of a range of width 1.
  const [from, to] = least === greatest ? [least - 0.5, greatest + 0.5] : [least, greatest]
  const edges = Array.from({ length: ranges + 1 }, (_, at) => (at === ranges ? to : from + at * ((to - from) / ranges)))
  return numberCells(values, edges, ranges + 1)
}

function pairTrend(real: [PairColumn, PairColumn], synthetic: [PairColumn, PairColumn]): PairTrend {
  const columns: [string, string] = [real[0].column.name, real[1].column.name]
  if (isNumeric(real[0].column) && isNumeric(real[1].column)) {
    const [ofReal, ofSynthetic] = [real, synthetic].map(pair => correlationOf(valuesOf(pair[0]), valuesOf(pair[1])))
    return {
      columns,
      metric: 'CorrelationSimilarity',
      score: orNull(1 - Math.abs(ofReal! - ofSynthetic!) / 2),
      real: orNull(ofReal!),
      synthetic: orNull(ofSynthetic!),
      counts: Math.abs(ofReal!) > leastCorrelation,
    }
  }
  const [ofReal, ofSynthetic] = [real, synthetic].map(pair => cramersV(pair[0].cells, pair[1].cells))
  const distance = variationDistance(
    real.map(({ cells }) => cells),
    synthetic.map(({ cells }) => cells),
  )
  return {
    columns,
    metric: 'ContingencySimilarity',
    score: orNull(1 - distance),
    real: orNull(ofReal!),
    synthetic: orNull(ofSynthetic!),
    counts: ofReal! > leastAssociation,
  }
}

function valuesOf({ column }: PairColumn): Float64Array {
  return isNumeric(column) ? column.values : new Float64Array()
}
