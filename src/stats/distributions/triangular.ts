/** The distribution `triangular`. */
import { z } from 'zod'
import { defineDistribution } from './define-distribution.ts'

export const triangular = defineDistribution({
  kind: 'triangular',
  summary: 'An estimate by three points: least, most likely and greatest',
  params: z
    .strictObject({
      min: z.number().describe('Least value'),
      mode: z.number().describe('Most likely value'),
      max: z.number().describe('Greatest value'),
    })
    .refine(({ min, mode, max }) => min <= mode && mode <= max && min < max, {
      message: 'min, mode and max must be in this order',
      path: ['mode'],
    })
    .refine(({ min, max }) => Number.isFinite(max - min), { message: 'min and max lie too far apart', path: ['max'] }),
  open({ min, mode, max }) {
    const width = max - min
    const rising = (mode - min) / width
    const falling = (max - mode) / width
    const inside = (x: number) => Math.min(max, Math.max(min, x))
    const share = (length: number, part: number) => (length / width) * (length / (part * width))
    const lower = (x: number) => (x <= mode ? share(x - min, rising) : 1 - share(max - x, falling))
    const upper = (x: number) => (x >= mode ? share(max - x, falling) : 1 - share(x - min, rising))
    const fromMin = (p: number) => min + width * Math.sqrt(p * rising)
    const fromMax = (p: number) => max - width * Math.sqrt(p * falling)
    const place = (p: number) => (p <= rising ? fromMin(p) : fromMax(1 - p))
    return {
      discrete: false,
      support: [min, max],
      mean: min + (width * (1 + rising)) / 3,
      variance: (width * width * (1 - rising * falling)) / 18,
      density(x) {
        if (x < min || x > max) return 0
        if (x === mode) return 2 / width
        return (2 / width) * (x < mode ? (x - min) / (mode - min) : (max - x) / (max - mode))
      },
      cdf: x => (x <= min ? 0 : x >= max ? 1 : lower(inside(x))),
      survival: x => (x <= min ? 1 : x >= max ? 0 : upper(inside(x))),
      quantile: place,
      upperQuantile: p => (p <= falling ? fromMax(p) : fromMin(1 - p)),
      fill(out, random) {
        for (let i = 0; i < out.length; i++) out[i] = place(random.openFloat())
      },
    }
  },
})
