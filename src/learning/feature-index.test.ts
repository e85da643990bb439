/** Numbers of hashed features. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { FeatureIndex } from './feature-index.ts'

it('numbers any 32-bit keys in order of appearance, however many there are', () => {
  const keys = fc.array(fc.oneof(fc.integer({ min: 0, max: 0xffffffff }), fc.nat(20)), { maxLength: 3000, size: 'max' })
  fc.assert(
    fc.property(keys, given => {
      const index = new FeatureIndex()
      const numbers = new Map<number, number>()
      for (const key of given) {
        if (!numbers.has(key)) numbers.set(key, numbers.size)
        expect(index.add(key)).toBe(numbers.get(key))
      }
      expect([...index.keys()]).toEqual([...numbers.keys()])
      for (const [key, number] of numbers) expect(index.numberOf(key)).toBe(number)
      const unknown = [0, 1, 21, 0xfffffffe].filter(key => !numbers.has(key))
      for (const key of unknown) expect(index.numberOf(key)).toBe(-1)
    }),
    { numRuns: 30 },
  )
})
