/**
 * Quality as SDMetrics scores it (DataCebo, “SDMetrics: column shapes and column pair trends”): how alike columns and pairs of columns of
 * a synthetic table are to those of the real one. Scores run from 0 to 1; null where there is nothing to score.
 */
import { randomStream } from '../../stats/random-stream.ts'
import type { Table } from '../table.ts'
import { type ColumnShape, columnShapes } from './column-shapes.ts'
import { meanOf } from './mean-of.ts'
import type { Measuring } from './measuring.ts'
import { type PairTrend, pairTrends } from './pair-trends.ts'
import { type LeftOut, type SharedTable, sharedTables } from './shared-tables.ts'

export interface QualityScores {
  /** Mean of the two below, as SDMetrics has it by default: only pairs that hang together in the real table count. */
  score: number | null
  /** The same over all pairs. */
  scoreOfAllPairs: number | null
  shapes: { score: number | null; columns: ColumnShape[] }
  trends: { score: number | null; scoreOfAllPairs: number | null; pairs: PairTrend[] }
}

export interface QualityOptions extends Partial<Measuring> {
  /** Columns that name rows and are not scored, beside those found to. */
  keys?: string[]
}

/** Scores the columns that both tables have, but for those that name a row and for free text. */
export function qualityOf(
  real: Table,
  synthetic: Table,
  { keys, signal, random = randomStream('quality') }: QualityOptions = {},
): QualityScores & { leftOut: LeftOut[] } {
  const shared = sharedTables(real, [synthetic], keys)
  return {
    ...qualityOfShared(shared.real, shared.others[0]!, { random, ...(signal && { signal }) }),
    leftOut: shared.leftOut,
  }
}

export function qualityOfShared(real: SharedTable, synthetic: SharedTable, measuring: Measuring): QualityScores {
  const columns = columnShapes(real, synthetic)
  const pairs = pairTrends(real, synthetic, measuring)
  const shapes = { score: meanOf(columns.map(({ score }) => score)), columns }
  const trends = {
    score: meanOf(pairs.filter(({ counts }) => counts).map(({ score }) => score)),
    scoreOfAllPairs: meanOf(pairs.map(({ score }) => score)),
    pairs,
  }
  return {
    score: meanOf([shapes.score, trends.score]),
    scoreOfAllPairs: meanOf([shapes.score, trends.scoreOfAllPairs]),
    shapes,
    trends,
  }
}
