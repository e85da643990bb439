/** The distribution of one column’s values: repeated values as atoms, all others as ranges between quantiles that hold many rows each. */
import { normalQuantile } from '../../../stats/special-functions-normal.ts'
import { normalDensity } from './normal-scores.ts'

/** A quantile function, linear between knots: `share` and `value` ascend together. Two knots of one value are an atom. */
export interface Marginal {
  share: number[]
  value: number[]
}

/** Takes values in ascending order; of none, all are 0. No value that fewer than three rows share is kept as it was. */
export function fitMarginal(ascending: Float64Array): Marginal {
  const n = ascending.length
  if (n === 0) return { share: [0, 1], value: [0, 0] }
  const atomCount = Math.max(3, Math.ceil(n / 200))
  const marginal: Marginal = { share: [], value: [] }
  const add = (rank: number, value: number) => {
    marginal.share.push(rank / n)
    marginal.value.push(value)
  }
  let loose = 0
  const closeLoose = (end: number) => {
    if (end > loose) addRange(ascending, loose, end, add)
  }
  for (let i = 0; i < n; ) {
    let end = i + 1
    while (end < n && ascending[end] === ascending[i]) end++
    if (end - i >= atomCount) {
      closeLoose(i)
      add(i, ascending[i]!)
      add(end, ascending[i]!)
      loose = end
    }
    i = end
  }
  closeLoose(n)
  return marginal
}

function addRange(ascending: Float64Array, from: number, to: number, add: (rank: number, value: number) => void): void {
  const count = to - from
  const edge = Math.min(3, count)
  let low = 0
  let high = 0
  for (let i = 0; i < edge; i++) {
    low += ascending[from + i]! / edge
    high += ascending[to - 1 - i]! / edge
  }
  const pieces = Math.min(200, Math.max(1, Math.floor(count / 10), Math.min(20, Math.floor(count / 3))))
  add(from, Math.min(low, high))
  for (let piece = 1; piece < pieces; piece++) {
    const rank = from + Math.round((piece * count) / pieces)
    add(rank, Math.min(Math.max((ascending[rank - 1]! + ascending[rank]!) / 2, low), high))
  }
  add(to, Math.max(low, high))
}

/** The value below which a share (0 to 1) lies. */
export type QuantileFunction = (share: number) => number

const cells = 512

export function compileQuantile({ share, value }: Marginal): QuantileFunction {
  const shares = Float64Array.from(share)
  const values = Float64Array.from(value)
  const last = shares.length - 1
  const guide = new Int32Array(cells + 1)
  for (let cell = 0, at = 0; cell <= cells; cell++) {
    while (at < last - 1 && shares[at + 1]! < cell / cells) at++
    guide[cell] = at
  }
  return p => {
    let at = guide[Math.max(0, Math.min(cells, (p * cells) | 0))]!
    while (at < last - 1 && shares[at + 1]! < p) at++
    const width = shares[at + 1]! - shares[at]!
    if (!(width > 0)) return values[at]!
    const part = (p - shares[at]!) / width
    return part <= 0 ? values[at]! : part >= 1 ? values[at + 1]! : values[at]! + part * (values[at + 1]! - values[at]!)
  }
}

/** What maps values to normal scores: each distinct value to the mean of the stretch of a standard normal that it stands for. */
export interface ScoreMap {
  distinct: Float64Array
  score: Float64Array
  /** Normal quantiles between distinct values, one more than these. */
  cuts: Float64Array
  /** Variance of the scores over the rows: 1 but for what discreteness takes. */
  variance: number
}

export function fitScores(ascending: Float64Array): ScoreMap {
  const n = ascending.length
  const distinct: number[] = []
  const score: number[] = []
  const cuts = [-Infinity]
  let variance = 0
  let lowDensity = 0
  for (let i = 0; i < n; ) {
    let end = i + 1
    while (end < n && ascending[end] === ascending[i]) end++
    const cut = normalQuantile(end / n)
    const density = end === n ? 0 : normalDensity(cut)
    const mean = ((lowDensity - density) * n) / (end - i)
    distinct.push(ascending[i]!)
    score.push(mean)
    cuts.push(cut)
    variance += (mean * mean * (end - i)) / n
    lowDensity = density
    i = end
  }
  return {
    distinct: Float64Array.from(distinct),
    score: Float64Array.from(score),
    cuts: Float64Array.from(cuts),
    variance,
  }
}

/** The score of a value that was among those fitted. */
export function scoreOf({ distinct, score }: ScoreMap, value: number): number {
  let low = 0
  let high = distinct.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if (distinct[middle]! < value) low = middle + 1
    else high = middle
  }
  return score[low]!
}

/** Ascending finite values of `values`, those at `rows` alone if given. */
export function ascendingValues(values: Float64Array, rows?: ArrayLike<number>): Float64Array {
  const kept = new Float64Array(rows?.length ?? values.length)
  let count = 0
  for (let i = 0; i < kept.length; i++) {
    const value = values[rows ? rows[i]! : i]!
    if (Number.isFinite(value)) kept[count++] = value
  }
  return kept.subarray(0, count).sort()
}
