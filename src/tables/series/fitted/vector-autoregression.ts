/** Vector autoregressions from lagged covariances (Whittle’s recursion), which are stable and give these covariances back. */
import {
  choleskyFactor,
  multiply,
  nearbyFactor,
  type SquareMatrix,
  shrunk,
  timesInverse,
  transpose,
} from './dense-matrix.ts'

export interface VectorAutoregression {
  /** Lag 1 first. */
  coefficients: SquareMatrix[]
  /** Cholesky factor of the covariance of innovations. */
  innovations: SquareMatrix
  /** Cholesky factor of the covariance of as many successive rows as there are lags, at least one; earliest first. */
  stationary: SquareMatrix
}

/**
 * Takes covariances by lag from 0 on, where entry (i, j) of lag k is that of column i with column j k rows before. Where they are
 * those of no process, correlations between columns are drawn towards 0 until they are. The order is the one of the least Bayesian
 * information criterion for `rows` rows (Lütkepohl, New Introduction to Multiple Time Series Analysis, 2005, 4.3).
 */
export function fitAutoregression(covariances: SquareMatrix[], size: number, rows: number): VectorAutoregression {
  const { kept } = nearbyFactor(covariances[0]!, size)
  const level = covariances.map((covariance, lag) =>
    bounded(shrunk(covariance, size, kept), covariances[0]!, size, lag),
  )
  for (const together of [1, 0.98, 0.94, 0.87, 0.75, 0.5, 0.25, 0]) {
    const now = shrunk(level[0]!, size, together)
    for (const measured of [1, 0.85, 0.6, 0.3, 0]) {
      const lagged = level.map((covariance, lag) => (lag === 0 ? now : plainer(covariance, now, size, measured)))
      const steps = whittle(lagged, size)
      // Only the first lag must hold: later ones are left out where they cannot.
      if (steps.length >= Math.min(2, level.length)) return chosen(steps, lagged, size, rows)
    }
  }
  return chosen(whittle(level.slice(0, 1), size), level, size, rows)
}

/**
 * Between columns, `measured` of a lagged covariance as it is, and for the rest what it is where columns remember alike: the
 * covariance at one time by the geometric mean of both memories.
 */
function plainer(covariance: SquareMatrix, now: SquareMatrix, size: number, measured: number): SquareMatrix {
  const memory = Float64Array.from({ length: size }, (_, i) => covariance[i * size + i]! / now[i * size + i]!)
  return covariance.map((value, at) => {
    const i = Math.floor(at / size)
    const j = at % size
    if (i === j) return value
    const both = memory[i]! * memory[j]!
    const plain = both > 0 ? now[at]! * Math.sqrt(both) * Math.sign(memory[i]!) : 0
    return measured * value + (1 - measured) * plain
  })
}

function chosen(steps: Step[], covariances: SquareMatrix[], size: number, rows: number): VectorAutoregression {
  let best = 0
  let least = Infinity
  steps.forEach(({ logDeterminant }, order) => {
    // One row of memory is always worth its price: without it no column would remember anything.
    if (order === 0 && steps.length > 1) return
    const criterion = rows * logDeterminant + order * size * size * Math.log(rows)
    if (criterion < least) {
      least = criterion
      best = order
    }
  })
  const { coefficients, factor } = steps[best]!
  return { coefficients, innovations: factor, stationary: stationaryFactor(covariances, size, Math.max(1, best)) }
}

interface Step {
  coefficients: SquareMatrix[]
  factor: SquareMatrix
  logDeterminant: number
}

/** By order from 0 on, as far as the covariances are those of a process. */
function whittle(covariances: SquareMatrix[], size: number): Step[] {
  const steps: Step[] = []
  let forward: SquareMatrix[] = []
  let backward: SquareMatrix[] = []
  let ahead: SquareMatrix = covariances[0]!.slice()
  let behind: SquareMatrix = covariances[0]!.slice()
  for (let order = 0; order < covariances.length; order++) {
    const aheadFactor = choleskyFactor(ahead, size)
    const behindFactor = choleskyFactor(behind, size)
    if (!aheadFactor || !behindFactor) break
    let logDeterminant = 0
    for (let i = 0; i < size; i++) logDeterminant += 2 * Math.log(aheadFactor[i * size + i]!)
    steps.push({ coefficients: forward, factor: aheadFactor, logDeterminant })
    const next = covariances[order + 1]
    if (!next) break
    const rest = next.slice()
    forward.forEach((matrix, l) => {
      subtract(rest, multiply(matrix, covariances[order - l]!, size))
    })
    const restTurned = transpose(rest, size)
    const a = timesInverse(rest, behindFactor, size)
    const b = timesInverse(restTurned, aheadFactor, size)
    const longer = forward.map((matrix, l) => subtract(matrix.slice(), multiply(a, backward[order - 1 - l]!, size)))
    backward = backward.map((matrix, l) => subtract(matrix.slice(), multiply(b, forward[order - 1 - l]!, size)))
    forward = [...longer, a]
    backward.push(b)
    ahead = subtract(ahead.slice(), multiply(a, restTurned, size))
    behind = subtract(behind.slice(), multiply(b, rest, size))
  }
  return steps
}

function subtract(a: SquareMatrix, b: SquareMatrix): SquareMatrix {
  for (let i = 0; i < a.length; i++) a[i]! -= b[i]!
  return a
}

/** No column correlates with its own past more than .9999 to one. */
function bounded(covariance: SquareMatrix, level: SquareMatrix, size: number, lag: number): SquareMatrix {
  if (lag === 0) return covariance
  for (let i = 0; i < size; i++) {
    const at = i * size + i
    const most = level[at]! * 0.9999 ** lag
    covariance[at] = Math.max(-most, Math.min(most, covariance[at]!))
  }
  return covariance
}

function stationaryFactor(covariances: SquareMatrix[], size: number, rows: number): SquareMatrix {
  const wide = size * rows
  const joint = new Float64Array(wide * wide)
  for (let a = 0; a < rows; a++) {
    for (let b = 0; b < rows; b++) {
      const block = covariances[Math.abs(a - b)]!
      for (let i = 0; i < size; i++) {
        for (let j = 0; j < size; j++) {
          joint[(a * size + i) * wide + b * size + j] = a >= b ? block[i * size + j]! : block[j * size + i]!
        }
      }
    }
  }
  return nearbyFactor(joint, wide).factor
}

/** Multiplications that measuring covariances may take; longer series are looked at in evenly spaced stretches. */
const mostProducts = 4e8
const stretch = 512

/**
 * Covariances by lag 0…`lags` about 0 of columns of equal length, NaN where unknown; rows of different `segments` (first rows, one
 * more at the end) are never paired.
 */
export function laggedCovariances(columns: Float64Array[], segments: ArrayLike<number>, lags: number): SquareMatrix[] {
  const size = columns.length
  const rows = columns[0]!.length
  const stretches = stretchesOf(segments, rows * size * size * (lags + 1) > mostProducts ? rows : 0, size, lags)
  const known = columns.map(column => !column.some(Number.isNaN))
  return Array.from({ length: lags + 1 }, (_, lag) => {
    const matrix = new Float64Array(size * size)
    for (let i = 0; i < size; i++) {
      for (let j = lag === 0 ? i : 0; j < size; j++) {
        const value = product(columns[i]!, columns[j]!, stretches, lag, known[i]! && known[j]!)
        matrix[i * size + j] = value
        if (lag === 0) matrix[j * size + i] = value
      }
    }
    return matrix
  })
}

/** From and to, alternately. */
function stretchesOf(segments: ArrayLike<number>, rows: number, size: number, lags: number): Int32Array {
  const stretches: number[] = []
  const every = rows === 0 ? 1 : Math.ceil((rows * size * size * (lags + 1)) / mostProducts)
  let count = 0
  for (let s = 0; s + 1 < segments.length; s++) {
    const end = segments[s + 1]!
    for (let from = segments[s]!; from < end; from += every === 1 ? end - from : stretch) {
      if (count++ % every === 0) stretches.push(from, every === 1 ? end : Math.min(end, from + stretch))
    }
  }
  return Int32Array.from(stretches)
}

function product(a: Float64Array, b: Float64Array, stretches: Int32Array, lag: number, known: boolean): number {
  let sum = 0
  let count = 0
  for (let s = 0; s < stretches.length; s += 2) {
    const end = stretches[s + 1]!
    const from = stretches[s]! + lag
    if (known) {
      for (let row = from; row < end; row++) sum += a[row]! * b[row - lag]!
      count += Math.max(0, end - from)
    } else {
      for (let row = from; row < end; row++) {
        const value = a[row]! * b[row - lag]!
        if (!Number.isNaN(value)) {
          sum += value
          count++
        }
      }
    }
  }
  return count > 0 ? sum / count : 0
}
