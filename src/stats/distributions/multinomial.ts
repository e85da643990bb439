/** The distribution `multinomial`: several counts at once, so that it is no `Distribution` of single numbers. */
import { z } from 'zod'
import { BulkRandom } from '../bulk-random.ts'
import type { RandomStream } from '../random-stream.ts'
import { binomialDraw } from './draws/transformed-rejection.ts'
import { sharesOf, weightList } from './weights.ts'

export const multinomialParams = z.strictObject({
  trials: z.int().min(0).describe('How many are counted in each row'),
  weights: weightList.describe('How likely each category is'),
})

interface Multinomial {
  /** One column of counts by category, of equal length; each row adds up to `trials`. */
  fill(columns: readonly Float64Array[], random: RandomStream | BulkRandom): void
}

/** Each category takes a binomial share of what those before it left. */
export function openMultinomial({ trials, weights }: z.output<typeof multinomialParams>): Multinomial {
  const shares = sharesOf(weights, weights.length)
  const rest = new Float64Array(shares.length + 1)
  for (let i = shares.length - 1; i >= 0; i--) rest[i] = rest[i + 1]! + shares[i]!
  return {
    fill(columns, random) {
      const source = random instanceof BulkRandom ? random : new BulkRandom(random)
      const rows = columns[0]?.length ?? 0
      for (let row = 0; row < rows; row++) {
        let left = trials
        for (let i = 0; i < shares.length; i++) {
          const share = shares[i] === 0 ? 0 : Math.min(1, shares[i]! / rest[i]!)
          const count = left === 0 || share === 0 ? 0 : share === 1 ? left : binomialDraw(left, share)(source)
          columns[i]![row] = count
          left -= count
        }
      }
    },
  }
}
