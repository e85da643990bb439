/** Near-copies are found where they were planted, and nowhere else. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { randomStream } from '../stats/random-stream.ts'
import { nearCopiesOf, nearCopiesWithin } from './near-copies.ts'

const letters = 'abcdefghijklmnopqrstuvwxyz'.split('')
/** Texts of sixty random letters each: no two share many trigrams. */
const different = (count: number, seed: number) => {
  const random = randomStream(seed)
  return Array.from({ length: count }, () => Array.from({ length: 60 }, () => random.pick(letters)).join(''))
}

it('finds nothing among texts that are all different', () => {
  expect(nearCopiesWithin(different(300, 1), 0.85)).toEqual([])
  expect(nearCopiesOf(different(300, 1), different(300, 2), 0.85)).toEqual([])
})

it('finds each text that was put in again with other case and punctuation, and what it copies', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(99), { minLength: 1, maxLength: 20 }), places => {
      const texts = different(100, 3)
      const copies = places.map(place => `${texts[place]!.toUpperCase()}!`)
      const found = nearCopiesWithin([...texts, ...copies], 0.85)
      expect(found).toEqual(places.map((place, at) => ({ text: 100 + at, of: place, similarity: 1 })))
      expect(nearCopiesOf(copies, texts, 0.85).map(({ of }) => of)).toEqual(places)
    }),
    { numRuns: 20 },
  )
})
