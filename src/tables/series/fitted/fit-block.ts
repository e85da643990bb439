/** How columns move together: curves by which entities differ, and a vector autoregression of what is left. */
import { leadingEigenvectors, type SquareMatrix } from './dense-matrix.ts'
import { type HermiteWeights, latentCorrelation } from './latent-correlation.ts'
import { fitAutoregression, laggedCovariances, type VectorAutoregression } from './vector-autoregression.ts'

export interface BlockColumns {
  /** What courses leave, in units of their spread; NaN where unknown. */
  rests: Float64Array[]
  weights: (HermiteWeights | undefined)[]
}

interface Effect {
  /** By column and knot, column-major. */
  curve: Float64Array
  /** The entities’ own multiples of the curve, as far as their rows show; NaN where they do not. */
  scores: Float64Array
}

export interface FittedBlock {
  effects: Effect[]
  /** By column and knot, column-major: the standard deviation of what is not the entity’s own curve. */
  restSpread: Float64Array
  autoregression: VectorAutoregression
}

const mostEffects = 12
const mostLags = 8
const mostLagged = 96
/** Rows an entity needs at a knot to be looked at there. */
const fewestRows = 2
/** Steps that the size of steps at a knot is drawn towards the mean by. */
const priorSteps = 10

/** Shares of a life at which curves of effects have their values. */
export function effectKnotsFor(columns: number): number[] {
  const knots = Math.max(3, Math.min(8, Math.floor(150 / Math.max(1, columns))))
  return Array.from({ length: knots }, (_, k) => (k + 0.5) / knots)
}

/** `life` is each row’s share of its entity’s life, `segments` the first rows of stretches without a gap, one more at the end. */
export function fitBlock(
  { rests, weights }: BlockColumns,
  life: Float64Array,
  starts: Int32Array,
  segments: Int32Array,
  knots: number,
): FittedBlock {
  const size = rests.length
  const lags = Math.max(1, Math.min(mostLags, Math.floor(mostLagged / size)))
  const covariances = laggedCovariances(rests, segments, lags)
  const observed = covariances[0]!
  const deviations = Array.from({ length: size }, (_, i) => Math.sqrt(observed[i * size + i]!) || 1)
  const latent = covariances.map((matrix, lag) =>
    matrix.map((value, at) => {
      const i = Math.floor(at / size)
      const j = at % size
      if (lag === 0 && i === j) return 1
      return latentCorrelation(value / (deviations[i]! * deviations[j]!), weights[i], weights[j])
    }),
  )
  const { effects, shared } = fitEffects(rests, weights, deviations, life, starts, knots)
  const left = Float64Array.from({ length: size }, (_, i) => Math.sqrt(1 - shared[i * size + i]!))
  const rest = latent.map(matrix =>
    matrix.map((value, at) => (value - shared[at]!) / (left[Math.floor(at / size)]! * left[at % size]!)),
  )
  return {
    effects,
    restSpread: restSpreads(rests, left, life, starts, knots),
    autoregression: fitAutoregression(rest, size, life.length),
  }
}

/** In the proportion of steps from row to row along life, and on the mean over knots as much as curves leave. */
function restSpreads(
  rests: Float64Array[],
  left: Float64Array,
  life: Float64Array,
  starts: Int32Array,
  knots: number,
): Float64Array {
  const spreads = new Float64Array(left.length * knots)
  left.forEach((deviation, column) => {
    const rest = rests[column]!
    const sums = new Float64Array(knots)
    const counts = new Float64Array(knots)
    for (let e = 0; e + 1 < starts.length; e++) {
      for (let row = starts[e]! + 1; row < starts[e + 1]!; row++) {
        const step = rest[row]! - rest[row - 1]!
        if (Number.isNaN(step)) continue
        const knot = Math.min(knots - 1, Math.floor(life[row]! * knots))
        sums[knot]! += step * step
        counts[knot]! += 1
      }
    }
    const all =
      sums.reduce((a, c) => a + c, 0) /
        Math.max(
          1,
          counts.reduce((a, c) => a + c, 0),
        ) || 1
    const squares = sums.map((sum, knot) => (sum / all + priorSteps) / (counts[knot]! + priorSteps))
    const mean = squares.reduce((a, c) => a + c, 0) / knots
    squares.forEach((square, knot) => {
      spreads[column * knots + knot] = deviation * Math.sqrt(square / mean)
    })
  })
  return spreads
}

/** Curves of entities by principal components of their means at knots, as in functional data (Yao, Müller & Wang 2005). */
function fitEffects(
  rests: Float64Array[],
  weights: (HermiteWeights | undefined)[],
  deviations: number[],
  life: Float64Array,
  starts: Int32Array,
  knots: number,
): { effects: Effect[]; shared: SquareMatrix } {
  const size = rests.length
  const wide = size * knots
  const shared = new Float64Array(size * size)
  const means = entityMeans(rests, deviations, life, starts, knots)
  if (means.filter(mean => !mean.every(Number.isNaN)).length < 4) return { effects: [], shared }
  const between = covarianceOf(means, wide)
  withoutNoise(between, size, knots)
  const found = leadingEigenvectors(between, wide, Math.min(mostEffects, means.length - 1)).filter(
    ({ value }) => value > 0.02 * knots,
  )
  const scores = found.map(({ vector, value }) => Float64Array.from(means, mean => projection(mean, vector, value)))
  const curves = found.map(({ vector, value }) => vector.map(entry => entry * Math.sqrt(value)))
  concentrate(curves, scores)
  const own = Float64Array.from({ length: size }, (_, i) => overlap(curves, i, i, knots))
  const factor = own.map((share, i) => {
    if (share <= 0) return 1
    // Discrete columns show less of a level than there is; no more than .9 of the variance is the entity’s.
    return Math.sqrt(Math.min(0.9, latentCorrelation(share, weights[i], weights[i])) / share)
  })
  for (const curve of curves) for (let at = 0; at < wide; at++) curve[at]! *= factor[Math.floor(at / knots)]!
  for (let i = 0; i < size; i++) for (let j = 0; j < size; j++) shared[i * size + j] = overlap(curves, i, j, knots)
  return { effects: curves.map((curve, k) => ({ curve, scores: scores[k]! })), shared }
}

function entityMeans(
  rests: Float64Array[],
  deviations: number[],
  life: Float64Array,
  starts: Int32Array,
  knots: number,
): Float64Array[] {
  return Array.from({ length: starts.length - 1 }, (_, e) => {
    const sums = new Float64Array(rests.length * knots)
    const counts = new Float64Array(rests.length * knots)
    rests.forEach((rest, j) => {
      for (let row = starts[e]!; row < starts[e + 1]!; row++) {
        const value = rest[row]!
        if (Number.isNaN(value)) continue
        const at = j * knots + Math.min(knots - 1, Math.floor(life[row]! * knots))
        sums[at]! += value / deviations[j]!
        counts[at]! += 1
      }
    })
    return sums.map((sum, at) => (counts[at]! >= fewestRows ? sum / counts[at]! : Number.NaN))
  })
}

function covarianceOf(means: Float64Array[], wide: number): SquareMatrix {
  const sums = new Float64Array(wide * wide)
  const counts = new Float64Array(wide * wide)
  for (const mean of means) {
    for (let a = 0; a < wide; a++) {
      if (Number.isNaN(mean[a]!)) continue
      for (let b = a; b < wide; b++) {
        if (Number.isNaN(mean[b]!)) continue
        sums[a * wide + b]! += mean[a]! * mean[b]!
        counts[a * wide + b]! += 1
      }
    }
  }
  const covariance = new Float64Array(wide * wide)
  for (let a = 0; a < wide; a++) {
    for (let b = a; b < wide; b++) {
      const value = counts[a * wide + b]! > 2 ? sums[a * wide + b]! / counts[a * wide + b]! : 0
      covariance[a * wide + b] = value
      covariance[b * wide + a] = value
    }
  }
  return covariance
}

/** At one knot, means covary by chance of their rows too; what neighbouring knots share tells how much is the entity’s. */
function withoutNoise(between: SquareMatrix, size: number, knots: number): void {
  const wide = size * knots
  const entry = (i: number, a: number, j: number, b: number) => between[(i * knots + a) * wide + j * knots + b]!
  const smooth = new Float64Array(size * size * knots)
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      for (let a = 0; a < knots; a++) {
        const near = [a - 1, a + 1].filter(b => b >= 0 && b < knots)
        const sum = near.reduce((total, b) => total + entry(i, a, j, b) + entry(i, b, j, a), 0)
        smooth[(i * size + j) * knots + a] = sum / (2 * near.length)
      }
    }
  }
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      for (let a = 0; a < knots; a++)
        between[(i * knots + a) * wide + j * knots + a] = smooth[(i * size + j) * knots + a]!
    }
  }
}

/**
 * Turns curves so that each is large in few places (varimax, Kaiser 1958), and scores with them: covariances stay, and what is
 * peculiar to few columns, such as a fan of two ways to fail, is in the shape of one score’s distribution.
 */
function concentrate(curves: Float64Array[], scores: Float64Array[]): void {
  for (let sweep = 0; sweep < 20; sweep++) {
    let turned = 0
    for (let p = 0; p < curves.length; p++) {
      for (let q = p + 1; q < curves.length; q++) {
        const angle = varimaxAngle(curves[p]!, curves[q]!)
        if (Math.abs(angle) < 1e-4) continue
        turned++
        turn(curves[p]!, curves[q]!, angle)
        turn(scores[p]!, scores[q]!, angle)
      }
    }
    if (turned === 0) break
  }
}

function varimaxAngle(first: Float64Array, second: Float64Array): number {
  let a = 0
  let b = 0
  let c = 0
  let d = 0
  for (let at = 0; at < first.length; at++) {
    const u = first[at]! ** 2 - second[at]! ** 2
    const v = 2 * first[at]! * second[at]!
    a += u
    b += v
    c += u * u - v * v
    d += 2 * u * v
  }
  return Math.atan2(d - (2 * a * b) / first.length, c - (a * a - b * b) / first.length) / 4
}

function turn(first: Float64Array, second: Float64Array, angle: number): void {
  const cosine = Math.cos(angle)
  const sine = Math.sin(angle)
  for (let at = 0; at < first.length; at++) {
    const one = first[at]!
    const other = second[at]!
    first[at] = cosine * one + sine * other
    second[at] = cosine * other - sine * one
  }
}

/** The multiple of a curve of unit variance that an entity’s means show. */
function projection(mean: Float64Array, vector: Float64Array, value: number): number {
  let sum = 0
  let square = 0
  for (let at = 0; at < mean.length; at++) {
    if (Number.isNaN(mean[at]!)) continue
    sum += mean[at]! * vector[at]!
    square += vector[at]! ** 2
  }
  return square > 0.3 ? sum / square / Math.sqrt(value) : Number.NaN
}

function overlap(curves: Float64Array[], i: number, j: number, knots: number): number {
  let sum = 0
  for (const curve of curves)
    for (let a = 0; a < knots; a++) sum += (curve[i * knots + a]! * curve[j * knots + a]!) / knots
  return sum
}
