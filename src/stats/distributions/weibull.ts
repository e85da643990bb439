/** The distribution `weibull`. */
import { z } from 'zod'
import { logGamma } from '../special-functions-gamma.ts'
import { defineDistribution } from './define-distribution.ts'
import { standardExponential } from './draws/ziggurat.ts'

export const weibull = defineDistribution({
  kind: 'weibull',
  summary: 'Times to failure: early ones with shape below 1, wear with shape above 1',
  params: z.strictObject({
    shape: z.number().min(0.05).max(1e6).describe('Shape, from 0.05; 1 is exponential'),
    scale: z.number().positive().default(1).describe('Scale: 63 % fail before it'),
  }),
  open({ shape, scale }) {
    const power = (x: number) => (x > 0 ? (x / scale) ** shape : 0)
    const firstMoment = logGamma(1 + 1 / shape)
    const spread = Math.expm1(logGamma(1 + 2 / shape) - 2 * firstMoment)
    return {
      discrete: false,
      support: [0, Infinity],
      mean: scale * Math.exp(firstMoment),
      variance: spread * (scale * Math.exp(firstMoment)) ** 2,
      density(x) {
        if (x < 0) return 0
        if (x === 0) return shape < 1 ? Infinity : shape === 1 ? 1 / scale : 0
        return (shape / x) * power(x) * Math.exp(-power(x))
      },
      cdf: x => -Math.expm1(-power(x)),
      survival: x => Math.exp(-power(x)),
      quantile: share => scale * (-Math.log1p(-share)) ** (1 / shape),
      upperQuantile: share => scale * (-Math.log(share)) ** (1 / shape),
      fill(out, random) {
        const root = 1 / shape
        for (let i = 0; i < out.length; i++) out[i] = scale * standardExponential(random) ** root
      },
    }
  },
})
