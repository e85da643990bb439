/** Tests of permutations that can be asked for any place. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { scattered } from './scattered.ts'

it('gives every number below its size exactly once', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 3000 }), fc.string(), (size, name) => {
      const place = scattered(size, name)
      const seen = new Set(Array.from({ length: size }, (_, at) => place(at)))
      expect(seen.size).toBe(size)
      expect(Math.min(...seen)).toBe(0)
      expect(Math.max(...seen)).toBe(size - 1)
    }),
  )
})

it('stays within sizes beyond 32 bits, without a repeat', () => {
  const place = scattered(2 ** 45 + 12_345, 'ids')
  const seen = Array.from({ length: 20_000 }, (_, at) => place(at))
  expect(new Set(seen).size).toBe(seen.length)
  expect(seen.every(value => Number.isInteger(value) && value >= 0 && value < 2 ** 45 + 12_345)).toBe(true)
})
