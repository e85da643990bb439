/** The distribution `beta`. */
import { z } from 'zod'
import { incompleteBeta } from '../special-functions-beta.ts'
import { binomialMass } from '../special-functions-gamma.ts'
import { defineDistribution } from './define-distribution.ts'
import { gammaDraw, logGammaDraw } from './draws/gamma-draw.ts'

export const beta = defineDistribution({
  kind: 'beta',
  summary: 'Shares between 0 and 1, with mean alpha / (alpha + beta)',
  params: z.strictObject({
    alpha: z.number().min(0.001).max(1e12).describe('Pulls towards 1'),
    beta: z.number().min(0.001).max(1e12).describe('Pulls towards 0'),
  }),
  open({ alpha, beta: other }) {
    const total = alpha + other
    const shares = (x: number) => incompleteBeta(alpha, other, x, 1 - x)
    return {
      discrete: false,
      support: [0, 1],
      mean: alpha / total,
      variance: ((alpha / total) * (other / total)) / (total + 1),
      density(x) {
        if (x < 0 || x > 1) return 0
        const edge = x === 0 ? alpha : x === 1 ? other : Number.NaN
        if (edge < 1) return Infinity
        if (edge >= 1) return edge === 1 ? total - 1 : 0
        return (binomialMass(alpha, other, x, 1 - x) * (alpha / x) * (other / (1 - x))) / total
      },
      cdf: x => shares(x).lower,
      survival: x => shares(x).upper,
      fill(out, random) {
        if (alpha < 1 || other < 1) {
          // Of two numbers too small to be told from zero, the logarithms still tell which is larger.
          const first = logGammaDraw(alpha)
          const second = logGammaDraw(other)
          for (let i = 0; i < out.length; i++) {
            out[i] = shareOf(first(random), second(random))
          }
          return
        }
        const first = gammaDraw(alpha)
        const second = gammaDraw(other)
        for (let i = 0; i < out.length; i++) {
          const part = first(random)
          out[i] = part / (part + second(random))
        }
      },
    }
  },
})

/** The first of two amounts as a share of both, from their logarithms. */
function shareOf(first: number, second: number): number {
  if (first >= second) return 1 / (1 + Math.exp(second - first))
  const ratio = Math.exp(first - second)
  return ratio / (1 + ratio)
}
