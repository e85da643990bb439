/** Laws of average precision and of thresholds. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { precisionRecall } from './precision-recall.ts'

describe('precisionRecall', () => {
  it('sums precision over the steps of recall', () => {
    // Found at ranks 1 and 3: ½ · 1 + ½ · ⅔.
    const { averagePrecision, bestThreshold } = precisionRecall([0.9, 0.8, 0.7, 0.1], [1, 0, 1, 0])
    expect(averagePrecision).toBeCloseTo(1 / 2 + 1 / 3, 12)
    expect(bestThreshold).toBe(0.7)
  })

  it('gives the share of positives to scores that say nothing', () => {
    expect(precisionRecall(new Float64Array(8), [1, 0, 0, 1, 0, 0, 0, 0]).averagePrecision).toBe(0.25)
  })

  it('has no average without positives', () => {
    expect(precisionRecall([1, 2], [0, 0])).toEqual({
      averagePrecision: Number.NaN,
      bestThreshold: Number.POSITIVE_INFINITY,
    })
  })

  it('finds the threshold that no other one beats', () => {
    const rows = fc.array(fc.tuple(fc.integer({ min: 0, max: 6 }), fc.boolean()), { minLength: 1, maxLength: 40 })
    fc.assert(
      fc.property(rows, drawn => {
        const f1 = (threshold: number) => {
          const called = drawn.filter(([score]) => score >= threshold)
          const right = called.filter(([, positive]) => positive).length
          return (2 * right) / Math.max(1, called.length + drawn.filter(([, positive]) => positive).length)
        }
        const { bestThreshold } = precisionRecall(
          drawn.map(([score]) => score),
          drawn.map(([, positive]) => positive),
        )
        expect(f1(bestThreshold)).toBeCloseTo(Math.max(...[0, 1, 2, 3, 4, 5, 6, 7].map(f1)), 12)
      }),
    )
  })
})
