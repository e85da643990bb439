/** The distribution `logistic`. */
import { z } from 'zod'
import { defineDistribution } from './define-distribution.ts'

export const logistic = defineDistribution({
  kind: 'logistic',
  summary: 'Like normal with somewhat heavier tails; its shares are the logistic curve',
  params: z.strictObject({
    location: z.number().default(0).describe('Middle: mean and median'),
    scale: z.number().positive().default(1).describe('Scale: the standard deviation is 1.81 times as large'),
  }),
  open({ location, scale }) {
    const below = (z: number) => 1 / (1 + Math.exp(-z))
    const place = (share: number) => Math.log(share) - Math.log1p(-share)
    return {
      discrete: false,
      support: [-Infinity, Infinity],
      mean: location,
      variance: (scale * Math.PI) ** 2 / 3,
      density(x) {
        const falling = Math.exp(-Math.abs(x - location) / scale)
        return falling / (scale * (1 + falling) ** 2)
      },
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
