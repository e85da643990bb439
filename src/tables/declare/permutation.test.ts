/** Random orders of whole numbers, and quick values of rising functions. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { randomStream } from '../../stats/random-stream.ts'
import { permutation } from './permutation.ts'
import { quickValues } from './quick-values.ts'

it('gives every number below the size once', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 3_000 }), fc.nat(), (size, seed) => {
      const place = permutation(size, randomStream(seed))
      const places = Array.from({ length: size }, (_, index) => place(index))
      expect(places.toSorted((a, b) => a - b)).toEqual(places.map((_, index) => index))
    }),
    { numRuns: 30 },
  )
})

it('leaves no order in what it gives, however large the size', () => {
  const size = 2 ** 50
  const place = permutation(size, randomStream('order'))
  const shares = Array.from({ length: 4_000 }, (_, index) => place(index) / size)
  expect(shares.every(share => share >= 0 && share < 1)).toBe(true)
  expect(new Set(shares).size).toBe(4_000)
  const mean = shares.reduce((sum, share) => sum + share, 0) / 4_000
  expect(Math.abs(mean - 0.5)).toBeLessThan(0.02)
  const rising = shares.filter((share, index) => index > 0 && share > shares[index - 1]!).length / 4_000
  expect(Math.abs(rising - 0.5)).toBeLessThan(0.03)
})

it('gives the values of the function, jumps, kinks and tails included', () => {
  const functions = [
    (score: number) => Math.exp(score),
    (score: number) => Math.floor(score * 3),
    (score: number) => Math.max(score, 0.2),
    (score: number) => score ** 3 + (score > 1 ? 5 : 0),
    () => 4,
  ]
  for (const exact of functions) {
    const quick = quickValues(exact)
    fc.assert(
      fc.property(fc.integer({ min: -12e6, max: 12e6 }), millionths => {
        // Never right at a jump.
        const score = (millionths + 0.3) / 1e6
        const wanted = exact(score)
        // A kink between the points that are looked at may pass unnoticed by less than the step.
        expect(Math.abs(quick(score) - wanted)).toBeLessThanOrEqual(1e-6 * (1 + Math.abs(wanted)))
      }),
      { numRuns: 300 },
    )
  }
})
