/** The distribution `log-normal`. */
import { z } from 'zod'
import { normalCdf, normalQuantile } from '../special-functions-normal.ts'
import { defineDistribution } from './define-distribution.ts'
import { standardNormal } from './draws/ziggurat.ts'

export const logNormal = defineDistribution({
  kind: 'log-normal',
  summary: 'Positive amounts whose logarithm is normal: incomes, sizes, durations',
  params: z
    .strictObject({
      logMean: z.number().default(0).describe('Mean of the natural logarithm; its exponential is the median'),
      logSd: z.number().positive().default(1).describe('Standard deviation of the natural logarithm'),
    })
    .refine(({ logMean, logSd }) => logMean + 9 * logSd < 709, {
      message: 'values would be too large for numbers: both parameters are of the logarithm, not of the values',
      path: ['logSd'],
    }),
  open({ logMean, logSd }) {
    const standard = (x: number) => (x > 0 ? (Math.log(x) - logMean) / logSd : -Infinity)
    const spread = logSd * logSd
    return {
      discrete: false,
      support: [0, Infinity],
      mean: Math.exp(logMean + spread / 2),
      variance: Math.expm1(spread) * Math.exp(2 * logMean + spread),
      density: x => (x > 0 ? Math.exp(-0.5 * standard(x) ** 2) / (x * logSd * Math.sqrt(2 * Math.PI)) : 0),
      cdf: x => normalCdf(standard(x)),
      survival: x => normalCdf(-standard(x)),
      quantile: share => Math.exp(logMean + logSd * normalQuantile(share)),
      upperQuantile: share => Math.exp(logMean - logSd * normalQuantile(share)),
      fill(out, random) {
        for (let i = 0; i < out.length; i++) out[i] = Math.exp(logMean + logSd * standardNormal(random))
      },
    }
  },
})
