/** The distribution `rayleigh`. */
import { z } from 'zod'
import { defineDistribution } from './define-distribution.ts'
import { standardExponential } from './draws/ziggurat.ts'

export const rayleigh = defineDistribution({
  kind: 'rayleigh',
  summary: 'Lengths of vectors with two normal coordinates: wind speeds, distances from a target',
  params: z.strictObject({
    scale: z.number().positive().default(1).describe('Standard deviation of a coordinate; also the most likely length'),
  }),
  open({ scale }) {
    const half = (x: number) => (x > 0 ? 0.5 * (x / scale) ** 2 : 0)
    return {
      discrete: false,
      support: [0, Infinity],
      mean: scale * Math.sqrt(Math.PI / 2),
      variance: scale * scale * (2 - Math.PI / 2),
      density: x => (x > 0 ? (x / scale / scale) * Math.exp(-half(x)) : 0),
      cdf: x => -Math.expm1(-half(x)),
      survival: x => Math.exp(-half(x)),
      quantile: share => scale * Math.sqrt(-2 * Math.log1p(-share)),
      upperQuantile: share => scale * Math.sqrt(-2 * Math.log(share)),
      fill(out, random) {
        for (let i = 0; i < out.length; i++) out[i] = scale * Math.sqrt(2 * standardExponential(random))
      },
    }
  },
})
