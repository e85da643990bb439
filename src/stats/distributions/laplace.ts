/** The distribution `laplace`. */
import { z } from 'zod'
import { defineDistribution } from './define-distribution.ts'
import { standardExponential } from './draws/ziggurat.ts'

export const laplace = defineDistribution({
  kind: 'laplace',
  summary: 'Deviations to both sides that fall off exponentially: sharper than normal, heavier tails',
  params: z.strictObject({
    location: z.number().default(0).describe('Middle: mean and median'),
    scale: z.number().positive().default(1).describe('Mean deviation from the middle'),
  }),
  open({ location, scale }) {
    const below = (z: number) => (z < 0 ? 0.5 * Math.exp(z) : 1 - 0.5 * Math.exp(-z))
    const place = (share: number) => (share < 0.5 ? Math.log(2 * share) : -Math.log(2 * (1 - share)))
    return {
      discrete: false,
      support: [-Infinity, Infinity],
      mean: location,
      variance: 2 * scale * scale,
      density: x => Math.exp(-Math.abs(x - location) / scale) / (2 * scale),
      cdf: x => below((x - location) / scale),
      survival: x => below((location - x) / scale),
      quantile: share => location + scale * place(share),
      upperQuantile: share => location - scale * place(share),
      fill(out, random) {
        for (let i = 0; i < out.length; i++) {
          const deviation = scale * standardExponential(random)
          out[i] = random.word() < 0 ? location - deviation : location + deviation
        }
      },
    }
  },
})
