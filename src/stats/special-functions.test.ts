/** Tests of the special functions, against values computed with 40 digits. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { powerSum } from './distributions/power-sum.ts'
import { incompleteBeta } from './special-functions-beta.ts'
import { incompleteGamma, log1pMinus, logGamma } from './special-functions-gamma.ts'
import { normalCdf, normalQuantile } from './special-functions-normal.ts'

const expectRatio = (value: number, known: number, digits: number) => expect(value / known).toBeCloseTo(1, digits)

it('computes logarithms of the gamma function', () => {
  expectRatio(logGamma(0.001), 6.907178885383854, 14)
  expectRatio(logGamma(7.3), 7.147892523022249, 14)
  expectRatio(logGamma(1e12), 26631021115915.652, 14)
  expect(logGamma(1)).toBeCloseTo(0, 14)
})

it('keeps the difference of a logarithm and its argument', () => {
  expectRatio(log1pMinus(1e-9), -4.999999996666667e-19, 14)
  expectRatio(log1pMinus(-0.9), -1.402585092994046, 14)
  fc.assert(
    fc.property(fc.double({ min: -0.99, max: 5, noNaN: true }), x => {
      expect(Math.abs(log1pMinus(x) - (Math.log1p(x) - x))).toBeLessThanOrEqual(4e-16 * Math.abs(x) + 1e-300)
    }),
  )
})

it('computes the smaller tail of the gamma distribution by series, fraction and panels', () => {
  expectRatio(incompleteGamma(0.5, 2).lower, 0.9544997361036416, 13)
  expectRatio(incompleteGamma(3, 40).upper, 3.572865928700226e-15, 12)
  expectRatio(incompleteGamma(150, 120).lower, 0.004563441304151243, 12)
  expectRatio(incompleteGamma(1e4, 10_300).upper, 0.0014704948963856813, 12)
  expectRatio(incompleteGamma(1e6, 995_000).lower, 2.749580359270071e-7, 12)
  expectRatio(incompleteGamma(1e12, 1e12 + 5e6).upper, 2.866634658372596e-7, 11)
})

it('computes the smaller tail of the beta distribution by fraction and panels', () => {
  expectRatio(incompleteBeta(2.5, 3.5, 0.9, 0.1).upper, 0.0021737728427270757, 12)
  expectRatio(incompleteBeta(0.5, 1e7, 1e-7, 1 - 1e-7).lower, 0.842700798138559, 12)
  expectRatio(incompleteBeta(200, 300, 0.35, 0.65).lower, 0.01034177025468759, 12)
  expectRatio(incompleteBeta(1e6, 3e6, 0.249, 0.751).lower, 1.8936350055671663e-6, 11)
})

it('mirrors the beta distribution', () => {
  const shape = fc.double({ min: -3, max: 6, noNaN: true }).map(power => 10 ** power)
  fc.assert(
    fc.property(shape, shape, fc.double({ min: 1e-3, max: 0.999, noNaN: true }), (a, b, x) => {
      const { lower, upper } = incompleteBeta(a, b, x, 1 - x)
      expect(lower + upper).toBeCloseTo(1, 12)
      expect(incompleteBeta(b, a, 1 - x, x).upper).toBeCloseTo(lower, 12)
      expect(lower).toBeGreaterThanOrEqual(0)
      expect(upper).toBeGreaterThanOrEqual(0)
    }),
  )
})

it('inverts the normal distribution to the ends of numbers', () => {
  const share = fc.double({ min: -300, max: -0.31, noNaN: true }).map(power => 10 ** power)
  fc.assert(
    fc.property(share, lower => {
      expectRatio(normalCdf(normalQuantile(lower)), lower, 11)
      expect(normalQuantile(1 - lower)).toBeCloseTo(-normalQuantile(1 - (1 - lower)), 5)
    }),
  )
  expect([normalQuantile(0), normalQuantile(0.5), normalQuantile(1)]).toEqual([-Infinity, 0, Infinity])
  expect([normalCdf(-Infinity), normalCdf(0), normalCdf(Infinity)]).toEqual([0, 0.5, 1])
  expect([normalQuantile(1.1), normalQuantile(-0.1), normalCdf(Number.NaN)]).toEqual([
    Number.NaN,
    Number.NaN,
    Number.NaN,
  ])
})

it('sums powers of rising and falling terms', () => {
  expectRatio(powerSum(1, 1e6, 1.5), 2.6103753491854884, 13)
  expect(powerSum(1, 1000, -2)).toBeCloseTo(333_833_500, 5)
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 90 }),
      fc.integer({ min: 0, max: 200 }),
      fc.double({ min: -2, max: 30, noNaN: true }),
      (from, more, exponent) => {
        let sum = 0
        for (let k = from + more; k >= from; k--) sum += k ** -exponent
        expectRatio(powerSum(from, from + more, exponent), sum, 12)
      },
    ),
  )
})
