/** How standard normal scores become noise of a distribution, and which correlation of scores gives noise the correlation asked for. */
import type { Distribution } from '../../../stats/distributions/define-distribution.ts'
import { normalCdf } from '../../../stats/special-functions-normal.ts'

/** Scores from −`reach` to `reach` are interpolated within cells; beyond, and where the distribution jumps, it is asked. */
const reach = 6
const cellsPerUnit = 512
/** How far the middle of a cell may lie from the straight line, in shares of the cell. */
const straightness = 0.02
const degrees = 32
const quadrature = { reach: 8.5, steps: 1700 }

export interface NoiseShape {
  /** Turns scores into values, in place. */
  apply(scores: Float64Array): void
  /**
   * Share of the variance that each degree of Hermite's polynomials has, as square roots with their signs, from degree 1 on: the
   * correlation of two shapes whose scores have correlation r is Σ aₖ bₖ rᵏ (Lancaster, 1957). Undefined where there is no variance.
   */
  hermite: Float64Array | undefined
}

/** `normal` is exact and quick; others go through their quantiles (NORTA: Cario & Nelson, 1997). */
export function shapeOf(noise: { sd: number } | Distribution): NoiseShape {
  if ('sd' in noise) {
    const { sd } = noise
    return {
      apply(scores) {
        for (let at = 0; at < scores.length; at++) scores[at] = sd * scores[at]!
      },
      hermite: sd > 0 ? Float64Array.of(1) : undefined,
    }
  }
  const quantileOf = (score: number) =>
    score > 0 ? noise.upperQuantile(normalCdf(-score)) : noise.quantile(normalCdf(score))
  const known = new Interpolated(quantileOf, noise.discrete)
  return { apply: scores => known.apply(scores), hermite: hermiteOf(quantileOf, noise.variance) }
}

/** The correlation of scores under which values of the two shapes have the correlation; the nearest there is. */
export function scoreCorrelation(correlation: number, a: NoiseShape, b: NoiseShape): number {
  let [low, high] = correlation < 0 ? [-1, 0] : [0, 1]
  if (valueCorrelation(low, a, b) >= correlation) return low
  if (valueCorrelation(high, a, b) <= correlation) return high
  for (let halving = 0; halving < 50; halving++) {
    const middle = (low + high) / 2
    if (valueCorrelation(middle, a, b) < correlation) low = middle
    else high = middle
  }
  return (low + high) / 2
}

/** The correlation of values of the two shapes whose scores have the correlation; of shapes without a variance, that of the scores. */
export function valueCorrelation(score: number, { hermite: a }: NoiseShape, { hermite: b }: NoiseShape): number {
  if (a === undefined || b === undefined) return score
  let [sum, power] = [0, 1]
  for (let degree = 0; degree < Math.min(a.length, b.length); degree++) {
    power *= score
    sum += a[degree]! * b[degree]! * power
  }
  return sum
}

/** By the trapezoidal rule, which is exact to machine precision for smooth functions under the normal density. */
function hermiteOf(quantileOf: (score: number) => number, variance: number): Float64Array | undefined {
  // Without a variance there is no correlation; the scores have the one asked for.
  if (!(variance > 0) || !Number.isFinite(variance)) return undefined
  const sums = new Float64Array(degrees)
  const width = (2 * quadrature.reach) / quadrature.steps
  for (let step = 0; step <= quadrature.steps; step++) {
    const score = -quadrature.reach + step * width
    const weighted = quantileOf(score) * Math.exp(-0.5 * score * score)
    let [before, now] = [0, 1]
    for (let degree = 1; degree <= degrees; degree++) {
      const next = (score * now - Math.sqrt(degree - 1) * before) / Math.sqrt(degree)
      ;[before, now] = [now, next]
      sums[degree - 1]! += weighted * now
    }
  }
  const length = Math.sqrt(sums.reduce((sum, each) => sum + each * each, 0))
  return sums.map(each => each / length)
}

/** The shape, known at the ends of cells that were met, and in a straight line within them. */
class Interpolated {
  readonly #quantileOf: (score: number) => number
  readonly #discrete: boolean
  /** Left ends and right ends of cells; NaN where not yet met. */
  readonly #left = new Float64Array(2 * reach * cellsPerUnit).fill(Number.NaN)
  readonly #right = new Float64Array(2 * reach * cellsPerUnit)
  /** Cells that no straight line does justice to. */
  readonly #bent = new Uint8Array(2 * reach * cellsPerUnit)

  constructor(quantileOf: (score: number) => number, discrete: boolean) {
    this.#quantileOf = quantileOf
    this.#discrete = discrete
  }

  apply(scores: Float64Array): void {
    for (let at = 0; at < scores.length; at++) {
      const place = (scores[at]! + reach) * cellsPerUnit
      const cell = Math.floor(place)
      if (!(cell >= 0 && cell < this.#left.length)) {
        scores[at] = this.#quantileOf(scores[at]!)
        continue
      }
      if (Number.isNaN(this.#left[cell]!)) this.#meet(cell)
      const [left, right] = [this.#left[cell]!, this.#right[cell]!]
      scores[at] = this.#bent[cell] ? this.#quantileOf(scores[at]!) : left + (place - cell) * (right - left)
    }
  }

  #meet(cell: number): void {
    const end = (place: number) => this.#quantileOf(place / cellsPerUnit - reach)
    const [left, middle, right] = [end(cell), end(cell + 0.5), end(cell + 1)]
    this.#left[cell] = left
    this.#right[cell] = right
    // Whole numbers stay so; and no value is made up in a gap of the distribution.
    const isStraight = Math.abs(middle - (left + right) / 2) <= straightness * Math.abs(right - left)
    this.#bent[cell] = left === right || (!this.#discrete && isStraight) ? 0 : 1
  }
}
