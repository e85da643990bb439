/** The distribution `mixture`. */
import { z } from 'zod'
import { AliasTable } from '../alias-table.ts'
import { type Distribution, type DistributionChoice, defineDistribution } from './define-distribution.ts'
import { leastReached } from './invert-distribution.ts'
import { sharesOf, weightList } from './weights.ts'

/** Defines `mixture` for components that `open` knows. */
export function mixtureOf(
  component: z.ZodType<DistributionChoice>,
  open: (choice: DistributionChoice) => Distribution,
) {
  return defineDistribution({
    kind: 'mixture',
    summary: 'Each value from one of several distributions, chosen by weight',
    params: z
      .strictObject({
        of: z.array(component).min(1).max(1000).describe('The distributions'),
        weights: weightList.describe('How much each counts; default: all alike').optional(),
      })
      .refine(({ of, weights }) => !weights || weights.length === of.length, {
        message: 'there must be as many weights as distributions',
        path: ['weights'],
      }),
    open({ of, weights }) {
      const shares = sharesOf(weights, of.length)
      const parts = of.map(open)
      const sum = (value: (part: Distribution) => number) =>
        parts.reduce((total, part, i) => (shares[i] === 0 ? total : total + shares[i]! * value(part)), 0)
      const used = parts.filter((_, i) => shares[i]! > 0)
      const cdf = (x: number) => sum(part => part.cdf(x))
      const survival = (x: number) => sum(part => part.survival(x))
      const between = (bounds: number[], reached: (x: number) => boolean) =>
        leastReached(Math.min(...bounds), Math.max(...bounds), reached)
      return {
        discrete: used.every(part => part.discrete),
        support: [
          Math.min(...used.map(({ support }) => support[0])),
          Math.max(...used.map(({ support }) => support[1])),
        ],
        get mean() {
          return sum(part => part.mean)
        },
        get variance() {
          const mean = sum(part => part.mean)
          return sum(part => part.variance + (part.mean - mean) ** 2)
        },
        density: x => sum(part => part.density(x)),
        cdf,
        survival,
        quantile: share =>
          between(
            used.map(part => part.quantile(share)),
            x => cdf(x) >= share,
          ),
        upperQuantile: share =>
          between(
            used.map(part => part.upperQuantile(share)),
            x => survival(x) <= share,
          ),
        fill(out, random) {
          const table = new AliasTable(shares)
          const chosen = Int32Array.from(out, () => table.draw(random))
          const counts = new Int32Array(parts.length)
          for (const part of chosen) counts[part]! += 1
          const drawn = parts.map((part, i) => {
            const values = new Float64Array(counts[i]!)
            part.fill(values, random)
            return values
          })
          const next = new Int32Array(parts.length)
          for (let i = 0; i < out.length; i++) {
            const part = chosen[i]!
            out[i] = drawn[part]![next[part]!]!
            next[part]! += 1
          }
        },
      }
    },
  })
}
