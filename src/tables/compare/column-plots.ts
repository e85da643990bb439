/** What a plot of each column shows: shares of ranges or of categories, real beside synthetic. It names no value that few real rows have. */
import { quantile } from '../../stats/quantile.ts'
import type { NumberColumn } from '../table.ts'
import { numberCells } from './cells.ts'
import type { SharedColumn, SharedTable } from './shared-tables.ts'

export interface NumberSummary {
  mean: number
  deviation: number
  /** At 5, 25, 50, 75 and 95 %. */
  quantiles: number[]
}

export interface NumberPlot {
  kind: 'numbers'
  column: string
  type: NumberColumn['type']
  /** Ascending; one more than there are shares. The first and the last range hold what lies beyond, too. */
  edges: number[]
  /** Shares of the rows that are not null. */
  real: number[]
  synthetic: number[]
  summary: { real: NumberSummary; synthetic: NumberSummary | null }
  nulls: { real: number; synthetic: number }
}

export interface CategoryPlot {
  kind: 'categories'
  column: string
  /** The most frequent categories, by their share of the rows that are not null. */
  values: { value: string; real: number; synthetic: number }[]
  /** All others together. */
  others?: { values: number; real: number; synthetic: number }
  nulls: { real: number; synthetic: number }
}

export type ColumnPlot = NumberPlot | CategoryPlot

const mostRanges = 32
const mostCategories = 12
/** Categories that fewer real rows have are not named. */
const leastNamed = 10

/** Columns of nulls only have no plot. */
export function columnPlots(real: SharedTable, synthetic: SharedTable): ColumnPlot[] {
  return real.columns.flatMap((column, at) => {
    const plot = plotOf(column, synthetic.columns[at]!)
    return plot ? [plot] : []
  })
}

function plotOf(real: SharedColumn, synthetic: SharedColumn): ColumnPlot | undefined {
  return real.storage === 'numbers'
    ? numberPlot(real, synthetic as typeof real)
    : categoryPlot(real, synthetic as typeof real)
}

function numberPlot(real: NumberColumn, synthetic: NumberColumn): NumberPlot | undefined {
  const [one, other] = [real, synthetic].map(({ values }) => values.filter(value => !Number.isNaN(value)).sort())
  if (one!.length === 0) return undefined
  const edges = edgesFor(one!, real.type)
  return {
    kind: 'numbers',
    column: real.name,
    type: real.type,
    edges,
    real: sharesOfRanges(one!, edges),
    synthetic: sharesOfRanges(other!, edges),
    summary: { real: summaryOf(one!), synthetic: other!.length > 0 ? summaryOf(other!) : null },
    nulls: { real: nullShare(real.values, one!.length), synthetic: nullShare(synthetic.values, other!.length) },
  }
}

/** From the 1st to the 99th of a hundred parts of the real column, in equal ranges of a round width. */
function edgesFor(ascending: Float64Array, type: NumberColumn['type']): number[] {
  const low = quantile(ascending, 0.01)
  const high = quantile(ascending, 0.99)
  if (high === low) return edgesAroundAtom(ascending, low)
  const exact = (high - low) / mostRanges
  const width = type === 'integer' ? Math.max(1, roundWidth(exact)) : roundWidth(exact)
  const first = Math.floor(low / width)
  const ranges = Math.min(mostRanges + 2, Math.floor(high / width) - first + 1)
  return Array.from({ length: ranges + 1 }, (_, at) => Number(((first + at) * width).toPrecision(12)))
}

/** Where nearly all are equal: that value, and what lies below and above it. */
function edgesAroundAtom(ascending: Float64Array, atom: number): number[] {
  const spread = Math.max(ascending[ascending.length - 1]! - atom, atom - ascending[0]!) || 1
  const unit = roundWidth(spread / 10)
  return [atom - unit * 1.5, atom - unit / 2, atom + unit / 2, atom + unit * 1.5]
}

function sharesOfRanges(values: Float64Array, edges: readonly number[]): number[] {
  const inner = edges.slice(1, -1)
  const counts = new Array<number>(edges.length - 1).fill(0)
  for (const code of numberCells(values, inner, 0).codes) counts[code]!++
  return counts.map(count => (values.length === 0 ? 0 : count / values.length))
}

function summaryOf(ascending: Float64Array): NumberSummary {
  const mean = ascending.reduce((sum, value) => sum + value, 0) / ascending.length
  const squares = ascending.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return {
    mean,
    deviation: Math.sqrt(squares / Math.max(1, ascending.length - 1)),
    quantiles: [0.05, 0.25, 0.5, 0.75, 0.95].map(share => quantile(ascending, share)),
  }
}

function categoryPlot(
  real: SharedColumn & { storage: 'codes' },
  synthetic: SharedColumn & { storage: 'codes' },
): CategoryPlot | undefined {
  const [one, other] = [real, synthetic].map(({ codes, dictionary }) => {
    const counts = new Float64Array(dictionary.length)
    let all = 0
    for (const code of codes) {
      if (code < 0) continue
      counts[code]!++
      all++
    }
    return { counts, shares: counts.map(count => (all === 0 ? 0 : count / all)), all, rows: codes.length }
  })
  if (one!.all === 0) return undefined
  const order = Array.from(one!.counts.keys()).sort((a, b) => one!.counts[b]! - one!.counts[a]! || a - b)
  const named = order.filter(code => one!.counts[code]! >= leastNamed).slice(0, mostCategories)
  const rest = order.filter(code => !named.includes(code))
  const sumOf = (shares: Float64Array) => rest.reduce((sum, code) => sum + shares[code]!, 0)
  return {
    kind: 'categories',
    column: real.name,
    values: named.map(code => ({
      value: real.dictionary[code]!,
      real: one!.shares[code]!,
      synthetic: other!.shares[code]!,
    })),
    ...(rest.length > 0 && {
      others: { values: rest.length, real: sumOf(one!.shares), synthetic: sumOf(other!.shares) },
    }),
    nulls: { real: 1 - one!.all / one!.rows, synthetic: other!.rows === 0 ? 0 : 1 - other!.all / other!.rows },
  }
}

function nullShare({ length }: Float64Array, known: number): number {
  return length === 0 ? 0 : 1 - known / length
}

/** 1, 2 or 5 times a power of ten, the least that is not below. */
function roundWidth(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least))
  return ([1, 2, 5].find(step => step * power >= least * (1 - 1e-12)) ?? 10) * power
}
