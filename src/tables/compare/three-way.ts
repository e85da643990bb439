/** How alike three columns at a time hang together: what a model of pairs may miss. */

import { takeTableRows } from '../take-rows.ts'
import { shareDifferences } from './cells.ts'
import { coarseCells } from './coarse-cells.ts'
import type { Measuring } from './measuring.ts'
import type { SharedTable } from './shared-tables.ts'
import { spreadRows } from './spread-rows.ts'

export interface ThreeWay {
  /** Mean of 1 − total variation distance over triples of columns. */
  score: number
  /** What a second real sample would have on average: below 1, for chance alone makes samples differ. */
  ofRealSample: number
  /** Triples that were looked at, out of all. */
  triples: number
  of: number
  /** The ones that fall shortest of a real sample. */
  worst: { columns: [string, string, string]; score: number; ofRealSample: number }[]
}

const mostTriples = 500
const mostRows = 100_000
const mostWorst = 5
/** Numbers are cut at the real column’s octiles; the seven most frequent categories are told apart. */
const cellsOfColumn = 8

/** Absent where there are fewer than three columns, or no rows. */
export function threeWay(
  real: SharedTable,
  synthetic: SharedTable,
  { random, signal }: Measuring,
): ThreeWay | undefined {
  const all = triplesOf(real.columns.length)
  if (all.length === 0 || real.rows === 0 || synthetic.rows === 0) return undefined
  const [ofReal, ofSynthetic] = coarseCells(
    [real, synthetic].map(table => takeTableRows(table, spreadRows(table.rows, mostRows, random.fork('rows')))),
    cellsOfColumn,
  )
  const taken = all.length <= mostTriples ? all : random.fork('triples').shuffle(all).slice(0, mostTriples)
  const scored = taken.map(triple => {
    signal?.throwIfAborted()
    const { distance, bySampling } = shareDifferences(
      triple.map(at => ofReal![at]!),
      triple.map(at => ofSynthetic![at]!),
    )
    const columns = triple.map(at => real.columns[at]!.name) as [string, string, string]
    return { columns, score: 1 - distance, ofRealSample: 1 - bySampling }
  })
  return {
    score: mean(scored.map(({ score }) => score)),
    ofRealSample: mean(scored.map(({ ofRealSample }) => ofRealSample)),
    triples: taken.length,
    of: all.length,
    worst: scored.sort((a, b) => a.score - a.ofRealSample - (b.score - b.ofRealSample)).slice(0, mostWorst),
  }
}

/** Past this many columns, those triples are drawn from the first ones alone. */
const mostColumns = 60

function triplesOf(columns: number): [number, number, number][] {
  const triples: [number, number, number][] = []
  const to = Math.min(columns, mostColumns)
  for (let a = 0; a < to; a++) for (let b = a + 1; b < to; b++) for (let c = b + 1; c < to; c++) triples.push([a, b, c])
  return triples
}

function mean(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
