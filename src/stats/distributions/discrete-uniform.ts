/** The distribution `discrete-uniform`. */
import { z } from 'zod'
import { defineDistribution } from './define-distribution.ts'

export const discreteUniform = defineDistribution({
  kind: 'discrete-uniform',
  summary: 'Every whole number from min to max alike, as dice give them',
  params: z
    .strictObject({ min: z.int().default(0).describe('Least value'), max: z.int().describe('Greatest value') })
    .refine(({ min, max }) => min <= max, { message: 'max must not be less than min', path: ['max'] })
    .refine(({ min, max }) => max - min < 2 ** 53, { message: 'min and max lie too far apart', path: ['max'] }),
  open({ min, max }) {
    const count = max - min + 1
    const upTo = (x: number) => Math.min(count, Math.max(0, Math.floor(x) - min + 1))
    return {
      discrete: true,
      support: [min, max],
      mean: min + (max - min) / 2,
      variance: ((count - 1) * (count + 1)) / 12,
      density: x => (Number.isInteger(x) && x >= min && x <= max ? 1 / count : 0),
      cdf: x => upTo(x) / count,
      survival: x => (count - upTo(x)) / count,
      fill(out, random) {
        for (let i = 0; i < out.length; i++) out[i] = min + random.below(count)
      },
    }
  },
})
