/** The distribution `zipf`. */
import { z } from 'zod'
import { defineDistribution } from './define-distribution.ts'
import { rejectionInversion } from './draws/rejection-inversion.ts'
import { powerSum } from './power-sum.ts'
import { onWholeNumbers } from './whole-numbers.ts'

export const zipf = defineDistribution({
  kind: 'zipf',
  summary: 'Ranks 1, 2, 3 … of which the k-th is as likely as k to the power of −exponent: words, cities, customers',
  params: z.strictObject({
    exponent: z.number().min(0).max(1000).describe('How much less likely later ranks are; 1 is Zipf’s own law'),
    items: z.int().min(1).optional().describe('How many ranks there are; default: as many as can be counted'),
  }),
  open({ exponent, items = Number.MAX_SAFE_INTEGER }) {
    const total = powerSum(1, items, exponent)
    const mean = powerSum(1, items, exponent - 1) / total
    return onWholeNumbers({
      least: 1,
      greatest: items,
      mode: 1,
      mean,
      variance: Math.max(0, powerSum(1, items, exponent - 2) / total - mean * mean),
      mass: k => k ** -exponent / total,
      shares: k => ({ lower: powerSum(1, k, exponent) / total, upper: powerSum(k + 1, items, exponent) / total }),
      draw: () => rejectionInversion(exponent, items),
    })
  },
})
