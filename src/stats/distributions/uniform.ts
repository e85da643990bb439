/** The distribution `uniform`. */
import { z } from 'zod'
import { defineDistribution } from './define-distribution.ts'

export const uniform = defineDistribution({
  kind: 'uniform',
  summary: 'Every number between min and max alike',
  params: z
    .strictObject({
      min: z.number().default(0).describe('Least value'),
      max: z.number().default(1).describe('Greatest value'),
    })
    .refine(({ min, max }) => min < max, { message: 'max must be greater than min', path: ['max'] })
    .refine(({ min, max }) => Number.isFinite(max - min), { message: 'min and max lie too far apart', path: ['max'] }),
  open({ min, max }) {
    const width = max - min
    const shareBelow = (x: number) => Math.min(1, Math.max(0, (x - min) / width))
    return {
      discrete: false,
      support: [min, max],
      mean: min + width / 2,
      variance: (width * width) / 12,
      density: x => (x < min || x > max ? 0 : 1 / width),
      cdf: shareBelow,
      survival: x => Math.min(1, Math.max(0, (max - x) / width)),
      quantile: share => min + share * width,
      upperQuantile: share => max - share * width,
      fill(out, random) {
        for (let i = 0; i < out.length; i++) out[i] = min + random.float() * width
      },
    }
  },
})
