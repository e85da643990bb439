/** The distribution `poisson`. */
import { z } from 'zod'
import { incompleteGamma, poissonMass } from '../special-functions-gamma.ts'
import { defineDistribution } from './define-distribution.ts'
import { poissonDraw } from './draws/transformed-rejection.ts'
import { onWholeNumbers } from './whole-numbers.ts'

export const poisson = defineDistribution({
  kind: 'poisson',
  summary: 'Counts of events that come at random, mean of them on average',
  params: z.strictObject({ mean: z.number().positive().max(1e15).describe('Mean, up to 1e15') }),
  open: ({ mean }) =>
    onWholeNumbers({
      least: 0,
      greatest: Infinity,
      mode: Math.floor(mean),
      mean,
      variance: mean,
      mass: k => poissonMass(k, mean),
      shares(k) {
        const { lower, upper } = incompleteGamma(k + 1, mean)
        return { lower: upper, upper: lower }
      },
      draw: () => poissonDraw(mean),
    }),
})
