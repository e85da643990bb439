/** The distribution `negative-binomial`. */
import { z } from 'zod'
import { incompleteBeta } from '../special-functions-beta.ts'
import { binomialMass } from '../special-functions-gamma.ts'
import { defineDistribution } from './define-distribution.ts'
import { gammaDraw } from './draws/gamma-draw.ts'
import { poissonDraw } from './draws/transformed-rejection.ts'
import { onWholeNumbers } from './whole-numbers.ts'

/** Beyond, not every whole number is a number of its own. */
const mostCounted = 2 ** 53

export const negativeBinomial = defineDistribution({
  kind: 'negative-binomial',
  summary: 'Failures before so many successes; counts that vary more than poisson ones',
  params: z
    .strictObject({
      successes: z.number().min(0.001).describe('How many successes end the count; need not be whole'),
      probability: z.number().positive().max(1).describe('Probability of a success'),
    })
    .refine(({ successes: r, probability: p }) => (r * (1 - p) + 40 * Math.sqrt(r) + 40) / p < mostCounted, {
      message: 'counts would be too large for exact whole numbers: give fewer successes or a higher probability',
      path: ['probability'],
    }),
  open({ successes: r, probability: p }) {
    const q = 1 - p
    return onWholeNumbers({
      least: 0,
      greatest: p === 1 ? 0 : Infinity,
      mode: r > 1 ? Math.floor(((r - 1) * q) / p) : 0,
      mean: (r * q) / p,
      variance: (r * q) / (p * p),
      mass: k => (r / (r + k)) * binomialMass(r, k, p, q),
      shares: k => incompleteBeta(r, k + 1, p, q),
      draw() {
        // A Poisson count whose mean is itself drawn.
        const gamma = gammaDraw(r)
        return random => poissonDraw((gamma(random) * q) / p)(random)
      },
    })
  },
})
