/** For tests of series: tables from numbers, series drawn, and what to measure of both. */
import { type RandomStream, randomStream } from '../stats/random-stream.ts'
import type { FittedSeries } from '../tables/series/fitted/fitted-series.ts'
import { fillNormals } from '../tables/series/fitted/normal-scores.ts'
import { openSeriesSampler } from '../tables/series/fitted/open-series-sampler.ts'
import type { CategoryColumn, NumberColumn, Table } from '../tables/table.ts'

export function table(columns: Record<string, number[]>, types: Record<string, NumberColumn['type']> = {}): Table {
  const entries = Object.entries(columns)
  return {
    name: 'series',
    rows: entries[0]![1].length,
    columns: entries.map(
      ([name, values]): NumberColumn => ({
        storage: 'numbers',
        name,
        type: types[name] ?? (values.every(value => Number.isInteger(value)) ? 'integer' : 'decimal'),
        values: Float64Array.from(values),
      }),
    ),
  }
}

/** The first block, which holds all that a test asks for. */
export function draw(fitted: FittedSeries, options: Parameters<typeof openSeriesSampler>[1]): Table {
  return openSeriesSampler(fitted, options).block(0)
}

export function values(of: Table, name: string): Float64Array {
  return (of.columns.find(column => column.name === name) as NumberColumn).values
}

export function text(of: Table, name: string, row: number): string {
  const column = of.columns.find(column => column.name === name) as CategoryColumn
  return column.dictionary[column.codes[row]!]!
}

/** First rows of units, one more at the end. */
export function starts(of: Table): number[] {
  const { codes } = of.columns.find(({ name }) => name === 'unit') as
    | CategoryColumn
    | (NumberColumn & { codes?: never })
  const keys = codes ?? values(of, 'unit')
  return [...Array.from(keys, (_, row) => row).filter(row => row === 0 || keys[row] !== keys[row - 1]), of.rows]
}

export function lengths(of: Table): Float64Array {
  const edges = starts(of)
  return Float64Array.from(edges.slice(1), (end, unit) => end - edges[unit]!)
}

/** Rows that a unit has left, by row. */
export function left(of: Table): Float64Array {
  const edges = starts(of)
  return Float64Array.from({ length: of.rows }, (_, row) => edges.find(end => end > row)! - row)
}

export function normals(name: string): () => number {
  const random: RandomStream = randomStream(name)
  const one = new Float64Array(1)
  return () => {
    fillNormals(one, random)
    return one[0]!
  }
}

/** How far a figure of what was drawn is from that of the real. */
export function difference(real: Table, drawn: Table, measure: (of: Table) => number): number {
  return Math.abs(measure(real) - measure(drawn))
}

export function correlation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const mean = (of: ArrayLike<number>) => Array.from(of).reduce((sum, value) => sum + value, 0) / of.length
  const [meanA, meanB] = [mean(a), mean(b)]
  const product = (x: ArrayLike<number>, meanX: number, y: ArrayLike<number>, meanY: number) =>
    Array.from(x).reduce((sum, value, at) => sum + (value - meanX) * (y[at]! - meanY), 0)
  return product(a, meanA, b, meanB) / Math.sqrt(product(a, meanA, a, meanA) * product(b, meanB, b, meanB))
}

export function lagged(of: Float64Array, lag: number, edges: number[] = [0, of.length]): number {
  const pairs = edges
    .slice(0, -1)
    .flatMap((start, unit) =>
      Array.from({ length: Math.max(0, edges[unit + 1]! - start - lag) }, (_, at) => start + at),
    )
  return correlation(
    pairs.map(row => of[row]!),
    pairs.map(row => of[row + lag]!),
  )
}

export function means(of: Float64Array, group: (row: number) => number, groups: number): number[] {
  const sums = new Array<number>(groups).fill(0)
  const counts = new Array<number>(groups).fill(0)
  of.forEach((value, row) => {
    sums[group(row)]! += value
    counts[group(row)]! += 1
  })
  return sums.map((sum, at) => sum / counts[at]!)
}

/** 1 less the greatest distance of the two distribution functions (Kolmogorov–Smirnov). */
export function closeness(a: Float64Array, b: Float64Array): number {
  const [x, y] = [a.slice().sort(), b.slice().sort()]
  let i = 0
  let j = 0
  let most = 0
  while (i < x.length && j < y.length) {
    const value = Math.min(x[i]!, y[j]!)
    while (i < x.length && x[i]! <= value) i++
    while (j < y.length && y[j]! <= value) j++
    most = Math.max(most, Math.abs(i / x.length - j / y.length))
  }
  return 1 - most
}
