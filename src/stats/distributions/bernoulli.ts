/** The distribution `bernoulli`. */
import { z } from 'zod'
import { defineDistribution } from './define-distribution.ts'
import { onWholeNumbers } from './whole-numbers.ts'

export const bernoulli = defineDistribution({
  kind: 'bernoulli',
  summary: 'One with the given probability, else zero',
  params: z.strictObject({ probability: z.number().min(0).max(1).describe('Probability of a one') }),
  open: ({ probability: p }) =>
    onWholeNumbers({
      least: 0,
      greatest: 1,
      mode: p > 0.5 ? 1 : 0,
      mean: p,
      variance: p * (1 - p),
      mass: k => (k === 1 ? p : 1 - p),
      shares: () => ({ lower: 1 - p, upper: p }),
      draw: () => random => (random.float() < p ? 1 : 0),
    }),
})
