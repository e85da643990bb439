/** Combinations: each once, all of them where they can be counted, values used evenly. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { randomStream } from '../../stats/random-stream.ts'
import { combinations, type Draw, waysOf } from './combinations.ts'

/** Draws of up to three pools; those of one slot have its size. */
const drawn = fc
  .tuple(
    fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 3, maxLength: 3 }),
    fc.array(fc.nat(3), { maxLength: 4 }),
  )
  .map(([sizes, slots]) =>
    slots.map((slot): Draw => (slot === 3 ? { size: 2 } : { slot: `s${slot}`, size: sizes[slot]! })),
  )

it('gives each combination once, every one of them, and none where two draws of a slot are alike', () => {
  fc.assert(
    fc.property(drawn, fc.nat(), (draws, seed) => {
      const all = combinations(draws, randomStream(seed)).toArray()
      expect(all).toHaveLength(waysOf(draws))
      expect(new Set(all.map(places => places.join())).size).toBe(all.length)
      for (const places of all) {
        for (const [at, { slot, size }] of draws.entries()) {
          expect(places[at]).toBeGreaterThanOrEqual(0)
          expect(places[at]).toBeLessThan(size)
          const same = draws.findIndex((other, place) => place < at && slot !== undefined && other.slot === slot)
          if (same >= 0) expect(places[at]).not.toBe(places[same])
        }
      }
    }),
  )
})

it('uses every value once before it uses one again', () => {
  const draws = [
    { slot: 'a', size: 40 },
    { slot: 'b', size: 25 },
  ]
  const first = combinations(draws, randomStream('even')).take(40).toArray()
  expect(new Set(first.map(([a]) => a)).size).toBe(40)
  expect(new Set(first.slice(0, 25).map(([, b]) => b)).size).toBe(25)
})

it('goes on far beyond what can be listed', () => {
  const draws = Array.from({ length: 6 }, (_, at) => ({ slot: `s${at}`, size: 1000 }))
  const many = combinations(draws, randomStream('far')).take(5000).toArray()
  expect(new Set(many.map(places => places.join())).size).toBe(5000)
})
