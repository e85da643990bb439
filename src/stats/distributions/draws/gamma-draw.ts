/** Gamma draws (Marsaglia & Tsang, A Simple Method for Generating Gamma Variables, 2000). */
import type { BulkRandom } from '../../bulk-random.ts'
import { log1pMinus } from '../../special-functions-gamma.ts'
import { standardExponential, standardNormal } from './ziggurat.ts'

/** Draws of scale 1 and any shape above 0. What is smaller than the least number is 0: half of all draws at shape 0.001. */
export function gammaDraw(shape: number): (random: BulkRandom) => number {
  if (shape >= 1) return largeGammaDraw(shape)
  const larger = largeGammaDraw(shape + 1)
  const power = 1 / shape
  return random => larger(random) * Math.exp(-power * standardExponential(random))
}

/** The logarithm of such a draw, which is never too small for a number. */
export function logGammaDraw(shape: number): (random: BulkRandom) => number {
  const larger = largeGammaDraw(shape + 1)
  const power = 1 / shape
  return random => Math.log(larger(random)) - power * standardExponential(random)
}

function largeGammaDraw(shape: number): (random: BulkRandom) => number {
  const d = shape - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  return random => {
    for (;;) {
      const x = standardNormal(random)
      const t = c * x
      if (t <= -1) continue
      // (1 + t)³ is 1 + beyond; the difference keeps its digits where the shape is huge.
      const beyond = t * (3 + t * (3 + t))
      const u = random.openFloat()
      const square = x * x
      if (u < 1 - 0.0331 * square * square) return d + d * beyond
      if (Math.log(u) < 0.5 * square + d * log1pMinus(beyond)) return d + d * beyond
    }
  }
}
