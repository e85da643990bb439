/** Area under the curve against its definition. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { areaUnderCurve } from './area-under-curve.ts'

const scored = fc.array(fc.tuple(fc.integer({ min: -3, max: 3 }), fc.boolean()), { minLength: 2, maxLength: 40 })

it('is the share of pairs in which the positive scores higher, ties counting half', () => {
  fc.assert(
    fc.property(scored, rows => {
      const positives = rows.filter(([, positive]) => positive)
      const negatives = rows.filter(([, positive]) => !positive)
      fc.pre(positives.length > 0 && negatives.length > 0)
      let won = 0
      for (const [high] of positives) for (const [low] of negatives) won += (Math.sign(high - low) + 1) / 2
      const area = areaUnderCurve(
        rows.map(([score]) => score),
        rows.map(([, positive]) => positive),
      )
      expect(area).toBeCloseTo(won / (positives.length * negatives.length), 12)
    }),
  )
})

it('is not a number where there are no positives or no negatives', () => {
  expect(areaUnderCurve([1, 2], [1, 1])).toBeNaN()
  expect(areaUnderCurve([], [])).toBeNaN()
})
