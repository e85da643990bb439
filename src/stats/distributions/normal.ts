/** The distribution `normal`. */
import { z } from 'zod'
import { normalCdf, normalQuantile } from '../special-functions-normal.ts'
import { defineDistribution } from './define-distribution.ts'
import { standardNormal } from './draws/ziggurat.ts'

export const normal = defineDistribution({
  kind: 'normal',
  summary: 'Sums of many small influences: the bell curve about mean, with standard deviation sd',
  params: z.strictObject({
    mean: z.number().default(0).describe('Mean'),
    sd: z.number().positive().default(1).describe('Standard deviation'),
  }),
  open({ mean, sd }) {
    return {
      discrete: false,
      support: [-Infinity, Infinity],
      mean,
      variance: sd * sd,
      density: x => Math.exp(-0.5 * ((x - mean) / sd) ** 2) / (sd * Math.sqrt(2 * Math.PI)),
      cdf: x => normalCdf((x - mean) / sd),
      survival: x => normalCdf((mean - x) / sd),
      quantile: share => mean + sd * normalQuantile(share),
      upperQuantile: share => mean - sd * normalQuantile(share),
      fill(out, random) {
        for (let i = 0; i < out.length; i++) out[i] = mean + sd * standardNormal(random)
      },
    }
  },
})
