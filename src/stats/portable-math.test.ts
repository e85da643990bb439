/** Functions that are the same everywhere: against the platform’s own, and by a fingerprint that no platform may change. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { cos, exp, log, log1p, power, sin } from './portable-math.ts'

const near = (found: number, wanted: number, most: number) =>
  Object.is(found, wanted) || Math.abs(found - wanted) <= most * Math.abs(wanted)

it('agrees with the platform to the last digits', () => {
  fc.assert(
    fc.property(fc.double({ min: 5e-324, noNaN: true }), x => near(log(x), Math.log(x), 4e-16)),
    { numRuns: 5000 },
  )
  fc.assert(
    fc.property(fc.double({ min: -700, max: 700, noNaN: true }), x => near(exp(x), Math.exp(x), 6e-16)),
    { numRuns: 5000 },
  )
  fc.assert(
    fc.property(fc.double({ min: -0.999, max: 100, noNaN: true }), x => near(log1p(x), Math.log1p(x), 6e-16)),
    { numRuns: 5000 },
  )
  const side = fc.double({ min: 1e-6, max: 1e6, noNaN: true })
  fc.assert(
    fc.property(side, fc.double({ min: -8, max: 8, noNaN: true }), (x, y) => near(power(x, y), x ** y, 5e-14)),
    { numRuns: 5000 },
  )
})

it('agrees with the platform about angles', () => {
  fc.assert(
    fc.property(
      fc.double({ min: -1e6, max: 1e6, noNaN: true }),
      x => Math.abs(sin(x) - Math.sin(x)) < 3e-16 && Math.abs(cos(x) - Math.cos(x)) < 3e-16,
    ),
    { numRuns: 5000 },
  )
})

it('knows where there is nothing to compute', () => {
  expect([log(0), log(-1), log(Number.POSITIVE_INFINITY), log(1)]).toEqual([-Infinity, NaN, Infinity, 0])
  expect([exp(-1e4), exp(1e4), exp(0), exp(Number.NaN)]).toEqual([0, Infinity, 1, NaN])
  expect([power(0, 2), power(0, -1), power(0, 0), power(3, 0)]).toEqual([0, Infinity, 1, 1])
})

it('has the same digits on every platform', () => {
  let fingerprint = 0
  const bytes = new Float64Array(1)
  const words = new Uint32Array(bytes.buffer)
  for (let at = 1; at <= 20_000; at++) {
    for (const found of [
      log(at / 977),
      exp((at - 10_000) / 900),
      power(at / 4099, 2.37),
      log1p(-at / 20_001),
      sin(at / 7),
      cos(at / 9),
    ]) {
      bytes[0] = found
      fingerprint = (Math.imul(fingerprint, 31) + words[0]! + Math.imul(words[1]!, 7)) | 0
    }
  }
  expect(fingerprint).toBe(539_299_278)
})
