/** How normal scores must correlate for their values to correlate as wanted. */
import { normalQuantile } from '../../stats/special-functions-normal.ts'

export interface Marginal {
  /** The value at a standard normal score; rising. */
  valueAt(score: number): number
}

const terms = 40
const points = 4_000

/**
 * The correlation of normal scores under which the values of two marginals have the Pearson correlation `wanted`, or the nearest
 * one can get, and what is reached then. Mehler’s formula: with values expanded in Hermite polynomials of the score, Cov = Σ aₖ
 * bₖ ρᵏ.
 */
export function latentCorrelation(
  first: Marginal,
  second: Marginal,
  wanted: number,
): { latent: number; reached: number } {
  const [a, b] = [hermiteCoefficients(first), hermiteCoefficients(second)]
  const reachedBy = (latent: number): number => {
    let sum = 0
    for (let k = terms; k >= 1; k--) sum = (sum + a[k]! * b[k]!) * latent
    return sum
  }
  // At ±1 the sum lacks the terms left out; short of it, these vanish.
  let [low, high] = [-0.9995, 0.9995]
  if (reachedBy(low) >= wanted) return { latent: low, reached: reachedBy(low) }
  if (reachedBy(high) <= wanted) return { latent: high, reached: reachedBy(high) }
  for (let i = 0; i < 50; i++) {
    const middle = (low + high) / 2
    if (reachedBy(middle) < wanted) low = middle
    else high = middle
  }
  return { latent: (low + high) / 2, reached: wanted }
}

const scores = Float64Array.from({ length: points }, (_, i) => normalQuantile((i + 0.5) / points))

/** Of the standardised values, by orthonormal polynomials: squares add up to 1. */
function hermiteCoefficients({ valueAt }: Marginal): Float64Array {
  const values = scores.map(valueAt)
  const mean = values.reduce((sum, value) => sum + value, 0) / points
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / points)
  const coefficients = new Float64Array(terms + 1)
  if (!(deviation > 0) || deviation === Number.POSITIVE_INFINITY) return coefficients
  for (let i = 0; i < points; i++) {
    const score = scores[i]!
    const weight = (values[i]! - mean) / deviation / points
    let [before, here] = [0, 1]
    for (let k = 0; k <= terms; k++) {
      coefficients[k]! += weight * here
      const next = (score * here - Math.sqrt(k) * before) / Math.sqrt(k + 1)
      before = here
      here = next
    }
  }
  return coefficients
}
