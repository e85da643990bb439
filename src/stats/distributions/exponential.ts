/** The distribution `exponential`. */
import { z } from 'zod'
import { defineDistribution } from './define-distribution.ts'
import { standardExponential } from './draws/ziggurat.ts'

export const exponential = defineDistribution({
  kind: 'exponential',
  summary: 'Waiting times between events that come at random, mean apart on average',
  params: z.strictObject({ mean: z.number().positive().default(1).describe('Mean: one divided by the rate') }),
  open({ mean }) {
    return {
      discrete: false,
      support: [0, Infinity],
      mean,
      variance: mean * mean,
      density: x => (x < 0 ? 0 : Math.exp(-x / mean) / mean),
      cdf: x => (x <= 0 ? 0 : -Math.expm1(-x / mean)),
      survival: x => (x <= 0 ? 1 : Math.exp(-x / mean)),
      quantile: share => -mean * Math.log1p(-share),
      upperQuantile: share => -mean * Math.log(share),
      fill(out, random) {
        for (let i = 0; i < out.length; i++) out[i] = mean * standardExponential(random)
      },
    }
  },
})
