/** The distribution `binomial`. */
import { z } from 'zod'
import { incompleteBeta } from '../special-functions-beta.ts'
import { binomialMass } from '../special-functions-gamma.ts'
import { defineDistribution } from './define-distribution.ts'
import { binomialDraw } from './draws/transformed-rejection.ts'
import { onWholeNumbers } from './whole-numbers.ts'

export const binomial = defineDistribution({
  kind: 'binomial',
  summary: 'Successes in so many trials, each with the same probability',
  params: z.strictObject({
    trials: z.int().min(0).describe('Number of trials, up to 2⁵³'),
    probability: z.number().min(0).max(1).describe('Probability of a success'),
  }),
  open({ trials, probability: p }) {
    const q = 1 - p
    return onWholeNumbers({
      least: 0,
      greatest: trials,
      mode: Math.min(trials, Math.floor((trials + 1) * p)),
      mean: trials * p,
      variance: trials * p * q,
      mass: k => binomialMass(k, trials - k, p, q),
      shares: k => incompleteBeta(trials - k, k + 1, q, p),
      draw: () => binomialDraw(trials, p),
    })
  },
})
