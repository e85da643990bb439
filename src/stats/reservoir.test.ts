/** What a reservoir keeps of a stream. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { randomStream } from './random-stream.ts'
import { Reservoir } from './reservoir.ts'

function sample(count: number, most: number, seed: string): number[] {
  const reservoir = new Reservoir<number>(most, randomStream(seed))
  for (let item = 0; item < count; item++) reservoir.add(item)
  return reservoir.items
}

it('keeps as many different items as it may, all of a short stream in its order', () => {
  fc.assert(
    fc.property(fc.nat(80), fc.integer({ min: 1, max: 40 }), fc.string(), (count, most, seed) => {
      const kept = sample(count, most, seed)
      expect(new Set(kept).size).toBe(Math.min(count, most))
      if (count <= most) expect(kept).toEqual(Array.from({ length: count }, (_, at) => at))
      expect(kept).toEqual(sample(count, most, seed))
    }),
  )
})

it('gives each item the same chance, early or late', () => {
  const [count, most, draws] = [20, 5, 4000]
  const kept = new Array<number>(count).fill(0)
  for (let draw = 0; draw < draws; draw++) for (const item of sample(count, most, `draw ${draw}`)) kept[item]!++
  const expected = (draws * most) / count
  // Five standard deviations of a binomial count.
  const most5 = 5 * Math.sqrt(expected * (1 - most / count))
  for (const times of kept) expect(Math.abs(times - expected)).toBeLessThan(most5)
})
