/** Random orders of whole numbers. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { permutation } from './permutation.ts'
import { randomStream } from './random-stream.ts'

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
