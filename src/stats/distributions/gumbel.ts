/** The distribution `gumbel`. */
import { z } from 'zod'
import { defineDistribution } from './define-distribution.ts'
import { standardExponential } from './draws/ziggurat.ts'

const eulerMascheroni = 0.5772156649015329

export const gumbel = defineDistribution({
  kind: 'gumbel',
  summary: 'The greatest of many: yearly floods, peak loads',
  params: z.strictObject({
    location: z.number().default(0).describe('Most likely value'),
    scale: z.number().positive().default(1).describe('Scale: the standard deviation is 1.28 times as large'),
  }),
  open({ location, scale }) {
    const exponential = (x: number) => Math.exp((location - x) / scale)
    return {
      discrete: false,
      support: [-Infinity, Infinity],
      mean: location + scale * eulerMascheroni,
      variance: (scale * Math.PI) ** 2 / 6,
      density(x) {
        const z = (x - location) / scale
        return Math.exp(-z - Math.exp(-z)) / scale
      },
      cdf: x => Math.exp(-exponential(x)),
      survival: x => -Math.expm1(-exponential(x)),
      quantile: share => location - scale * Math.log(-Math.log(share)),
      upperQuantile: share => location - scale * Math.log(-Math.log1p(-share)),
      fill(out, random) {
        for (let i = 0; i < out.length; i++) out[i] = location - scale * Math.log(standardExponential(random))
      },
    }
  },
})
