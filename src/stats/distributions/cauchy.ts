/** The distribution `cauchy`. */
import { z } from 'zod'
import { defineDistribution } from './define-distribution.ts'

export const cauchy = defineDistribution({
  kind: 'cauchy',
  summary: 'Tails so heavy that there is no mean: resonances, ratios of normal numbers',
  params: z.strictObject({
    location: z.number().default(0).describe('Median'),
    scale: z.number().positive().default(1).describe('Half of all values lie within this of the median'),
  }),
  open({ location, scale }) {
    // The angle of the far side keeps its digits where the share is next to zero.
    const below = (z: number): number =>
      z < -1 ? Math.atan(-1 / z) / Math.PI : z > 1 ? 1 - below(-z) : 0.5 + Math.atan(z) / Math.PI
    const place = (share: number): number => {
      if (share > 0.5) return -place(1 - share)
      return share < 0.25 ? -1 / Math.tan(Math.PI * share) : Math.tan(Math.PI * (share - 0.5))
    }
    return {
      discrete: false,
      support: [-Infinity, Infinity],
      mean: Number.NaN,
      variance: Number.NaN,
      density: x => 1 / (Math.PI * scale * (1 + ((x - location) / scale) ** 2)),
      cdf: x => below((x - location) / scale),
      survival: x => below((location - x) / scale),
      quantile: share => location + scale * place(share),
      upperQuantile: share => location - scale * place(share),
      fill(out, random) {
        for (let i = 0; i < out.length; i++) out[i] = location + scale * place(random.openFloat())
      },
    }
  },
})
