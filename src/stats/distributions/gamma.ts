/** The distribution `gamma`. */
import { z } from 'zod'
import { incompleteGamma, poissonMass } from '../special-functions-gamma.ts'
import { defineDistribution } from './define-distribution.ts'
import { gammaDraw } from './draws/gamma-draw.ts'

export const gamma = defineDistribution({
  kind: 'gamma',
  summary: 'Positive amounts leaning to the right, such as rainfall or the time until the shape-th event',
  params: z.strictObject({
    shape: z.number().min(0.001).max(1e15).describe('Shape, from 0.001; the larger, the more like a bell'),
    scale: z.number().positive().default(1).describe('Scale: the mean is shape times scale'),
  }),
  open({ shape, scale }) {
    return {
      discrete: false,
      support: [0, Infinity],
      mean: shape * scale,
      variance: shape * scale * scale,
      density(x) {
        if (x < 0) return 0
        if (x === 0) return shape < 1 ? Infinity : shape === 1 ? 1 / scale : 0
        return poissonMass(shape, x / scale) * (shape / x)
      },
      cdf: x => incompleteGamma(shape, x / scale).lower,
      survival: x => incompleteGamma(shape, x / scale).upper,
      fill(out, random) {
        const draw = gammaDraw(shape)
        for (let i = 0; i < out.length; i++) out[i] = scale * draw(random)
      },
    }
  },
})
