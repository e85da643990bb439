/** Laws of quantiles. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { quantile } from './quantile.ts'

const values = fc
  .array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 50 })
  .map(values => values.sort((a, b) => a - b))
const share = fc.integer({ min: 0, max: 100 }).map(percent => percent / 100)

it('goes from the least to the greatest value and never falls', () => {
  fc.assert(
    fc.property(values, share, share, (values, a, b) => {
      expect([quantile(values, 0), quantile(values, 1)]).toEqual([values[0], values.at(-1)])
      expect(quantile(values, Math.min(a, b))).toBeLessThanOrEqual(quantile(values, Math.max(a, b)))
    }),
  )
})

it('is the middle value, or midway between the two middle ones, at one half', () => {
  expect(quantile([1, 5, 9], 0.5)).toBe(5)
  expect(quantile([1, 5, 9, 11], 0.5)).toBe(7)
})
