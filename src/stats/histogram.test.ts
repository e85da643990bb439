/** Laws of histograms. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { classBounds, countByClass } from './histogram.ts'

const whole = fc.integer({ min: 0, max: 100_000 })

it('counts each value once, in at most as many classes as allowed', () => {
  fc.assert(
    fc.property(fc.array(whole, { minLength: 1 }), fc.integer({ min: 2, max: 40 }), (values, most) => {
      const [least, greatest] = [Math.min(...values), Math.max(...values)]
      const bounds = classBounds(least, greatest, most)
      expect(bounds.length).toBeLessThanOrEqual(most)
      expect(bounds[0]! <= least && bounds.at(-1)! <= greatest).toBe(true)
      const counts = countByClass(bounds, values)
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(values.length)
      bounds.forEach((bound, at) => {
        const next = bounds[at + 1] ?? Number.POSITIVE_INFINITY
        expect(counts[at]).toBe(values.filter(value => value >= bound && value < next).length)
      })
    }),
  )
})

it('puts what lies beyond the bounds into the outer classes', () => {
  expect(countByClass([10, 20, 30], [0, 15, 25, 99])).toEqual([2, 1, 1])
})
