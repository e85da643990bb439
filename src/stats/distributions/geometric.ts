/** The distribution `geometric`. */
import { z } from 'zod'
import { defineDistribution } from './define-distribution.ts'
import { standardExponential } from './draws/ziggurat.ts'
import { onWholeNumbers } from './whole-numbers.ts'

export const geometric = defineDistribution({
  kind: 'geometric',
  summary: 'Failures before the first success: 0, 1, 2 …',
  params: z.strictObject({
    probability: z.number().min(1e-13).max(1).describe('Probability of a success, at least 1e-13'),
  }),
  open({ probability: p }) {
    /** Of the exponential times that are cut to whole numbers. */
    const rate = -Math.log1p(-p)
    return onWholeNumbers({
      least: 0,
      greatest: p === 1 ? 0 : Infinity,
      mode: 0,
      mean: (1 - p) / p,
      variance: (1 - p) / (p * p),
      mass: k => (k === 0 ? p : p * Math.exp(-rate * k)),
      shares: k => ({ lower: -Math.expm1(-rate * (k + 1)), upper: Math.exp(-rate * (k + 1)) }),
      draw: () => random => Math.floor(standardExponential(random) / rate),
    })
  },
})
