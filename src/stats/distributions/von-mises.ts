/** The distribution `von-mises`. */
import { z } from 'zod'
import { decayingIntegral, integral } from '../integral.ts'
import { defineDistribution } from './define-distribution.ts'
import { standardNormal } from './draws/ziggurat.ts'

export const vonMises = defineDistribution({
  kind: 'von-mises',
  summary: 'Angles about a mean direction, in radians: wind, times of day, phases',
  params: z.strictObject({
    mean: z.number().default(0).describe('Mean direction in radians; values lie within π of it'),
    concentration: z.number().min(0).max(1e12).default(1).describe('0 is every direction alike; about 1 / variance'),
  }),
  open({ mean, concentration }) {
    // exp(κ·(cos t − 1)), without loss of digits near zero.
    const height = (angle: number) => Math.exp(-2 * concentration * Math.sin(angle / 2) ** 2)
    const total = 2 * decayingIntegral(s => -2 * concentration * Math.sin(s / 2) ** 2, 0, concentration, Math.PI)
    /** Share below an angle from −π to 0. */
    const lowerTail = (angle: number) => {
      const slope = concentration * Math.sin(-angle)
      const exponent = (s: number) => 2 * concentration * Math.sin(angle - s / 2) * Math.sin(s / 2)
      const curvature = Math.max(0, concentration * Math.cos(angle))
      return (height(angle) * decayingIntegral(exponent, slope, curvature, Math.PI + angle)) / total
    }
    const below = (angle: number) =>
      angle <= -Math.PI ? 0 : angle >= Math.PI ? 1 : angle <= 0 ? lowerTail(angle) : 1 - lowerTail(-angle)
    return {
      discrete: false,
      support: [mean - Math.PI, mean + Math.PI],
      mean,
      get variance() {
        const reach = Math.min(Math.PI, 14 / Math.sqrt(concentration))
        return (2 * integral(s => s * s * height(s), 0, reach)) / total
      },
      density: x => (Math.abs(x - mean) > Math.PI ? 0 : height(x - mean) / total),
      cdf: x => below(x - mean),
      survival: x => below(mean - x),
      fill(out, random) {
        const draw = concentration < 1 ? uniformAngle : normalAngle
        for (let i = 0; i < out.length; i++) {
          let angle = draw()
          while (angle === undefined) angle = draw()
          out[i] = mean + angle
        }
        function uniformAngle() {
          const angle = Math.PI * (2 * random.float() - 1)
          return random.float() < height(angle) ? angle : undefined
        }
        // A normal hat: sin²(t/2) is nowhere below (t/π)².
        function normalAngle() {
          const angle = ((Math.PI / 2) * standardNormal(random)) / Math.sqrt(concentration)
          if (Math.abs(angle) > Math.PI) return undefined
          const excess = Math.sin(angle / 2) ** 2 - (angle / Math.PI) ** 2
          return random.float() < Math.exp(-2 * concentration * excess) ? angle : undefined
        }
      },
    }
  },
})
