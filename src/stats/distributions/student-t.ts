/** The distribution `student-t`. */
import { z } from 'zod'
import { incompleteBeta } from '../special-functions-beta.ts'
import { binomialMass } from '../special-functions-gamma.ts'
import { defineDistribution } from './define-distribution.ts'
import { gammaDraw } from './draws/gamma-draw.ts'
import { standardNormal } from './draws/ziggurat.ts'

export const studentT = defineDistribution({
  kind: 'student-t',
  summary: 'Like normal with heavier tails, the more so the fewer degrees of freedom',
  params: z.strictObject({
    degreesOfFreedom: z.number().min(0.1).max(1e12).describe('From 0.1; no mean up to 1, no variance up to 2'),
    location: z.number().default(0).describe('Middle'),
    scale: z.number().positive().default(1).describe('Scale: about the standard deviation if there are many degrees'),
  }),
  open({ degreesOfFreedom: degrees, location, scale }) {
    const half = degrees / 2
    const below = (z: number): number => {
      const square = Math.min(z * z, 1e300)
      const total = degrees + square
      const { lower, upper } = incompleteBeta(half, 0.5, degrees / total, square / total)
      return z < 0 ? 0.5 * lower : 0.5 + 0.5 * upper
    }
    // Γ((ν + 1)/2) / (Γ(ν/2)·√(νπ)), the density in the middle, by way of that at 1.
    const atOne = (0.5 * half * binomialMass(half, 0.5, degrees / (degrees + 1), 1 / (degrees + 1))) / (half + 0.5)
    const height = (atOne * Math.exp((half + 0.5) * Math.log1p(1 / degrees))) / scale
    const variance = degrees > 2 ? (scale * scale * degrees) / (degrees - 2) : degrees > 1 ? Infinity : Number.NaN
    return {
      discrete: false,
      support: [-Infinity, Infinity],
      mean: degrees > 1 ? location : Number.NaN,
      variance,
      density(x) {
        const z = (x - location) / scale
        return height * Math.exp(-((degrees + 1) / 2) * Math.log1p((z * z) / degrees))
      },
      cdf: x => below((x - location) / scale),
      survival: x => below((location - x) / scale),
      fill(out, random) {
        const gamma = gammaDraw(half)
        for (let i = 0; i < out.length; i++) {
          out[i] = location + scale * standardNormal(random) * Math.sqrt(half / gamma(random))
        }
      },
    }
  },
})
