/**
 * Zipf draws (Hörmann & Derflinger, Rejection-Inversion to Generate Variates from Monotone Discrete Distributions, 1996), for exponents
 * also at and about 1.
 */
import type { BulkRandom } from '../../bulk-random.ts'

/** Ranks 1 to `items`, each as likely as its power of −exponent. */
export function rejectionInversion(exponent: number, items: number): (random: BulkRandom) => number {
  const rise = 1 - exponent
  /** ∫ x^−exponent from 1 to x. */
  const integral = (x: number) => {
    const length = Math.log(x)
    return rise === 0 ? length : Math.expm1(rise * length) / rise
  }
  const inverse = (y: number) => Math.exp(rise === 0 ? y : Math.log1p(Math.max(-1, rise * y)) / rise)
  const lowest = integral(1.5) - 1
  const highest = integral(items + 0.5)
  const surely = 2 - inverse(integral(2.5) - 2 ** -exponent)
  return random => {
    for (;;) {
      const y = highest + random.float() * (lowest - highest)
      const x = inverse(y)
      const k = Math.min(items, Math.max(1, Math.floor(x + 0.5)))
      if (k - x <= surely || y >= integral(k + 0.5) - k ** -exponent) return k
    }
  }
}
