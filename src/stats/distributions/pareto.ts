/** The distribution `pareto`. */
import { z } from 'zod'
import { defineDistribution } from './define-distribution.ts'
import { standardExponential } from './draws/ziggurat.ts'

export const pareto = defineDistribution({
  kind: 'pareto',
  summary: 'Amounts from min up of which few make most of the sum: wealth, file sizes, insurance losses',
  params: z.strictObject({
    shape: z.number().min(0.05).describe('The smaller, the heavier the tail; no mean up to 1, no variance up to 2'),
    min: z.number().positive().default(1).describe('Least value'),
  }),
  open({ shape, min }) {
    const beyond = (x: number) => (x > min ? (min / x) ** shape : 1)
    return {
      discrete: false,
      support: [min, Infinity],
      mean: shape > 1 ? (shape / (shape - 1)) * min : Infinity,
      variance: shape > 2 ? ((min / (shape - 1)) ** 2 * shape) / (shape - 2) : Infinity,
      density: x => (x < min ? 0 : (shape / x) * beyond(x)),
      cdf: x => (x > min ? -Math.expm1(shape * Math.log(min / x)) : 0),
      survival: beyond,
      quantile: share => min * Math.exp(-Math.log1p(-share) / shape),
      upperQuantile: share => min * Math.exp(-Math.log(share) / shape),
      fill(out, random) {
        const root = 1 / shape
        for (let i = 0; i < out.length; i++) out[i] = min * Math.exp(root * standardExponential(random))
      },
    }
  },
})
