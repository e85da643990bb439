/** Laws of self-similarity. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { highestSimilarities } from './self-similarity.ts'

const texts = fc
  .array(fc.array(fc.constantFrom('red', 'green', 'blue', 'tea', 'milk', 'sky'), { maxLength: 6 }), {
    minLength: 1,
    maxLength: 10,
  })
  .map(lists => lists.map(words => words.join(' ')))

it('lies in [0, 1] and gives the same texts the same values in any order', () => {
  fc.assert(
    fc.property(texts, texts => {
      const values = highestSimilarities(texts)
      const reversed = highestSimilarities(texts.toReversed()).toReversed()
      values.forEach((value, at) => {
        expect(value >= 0 && value <= 1).toBe(true)
        expect(reversed[at]).toBeCloseTo(value, 9)
      })
    }),
  )
})

it('is 1 for a text that comes twice, and 0 where texts share nothing or stand alone', () => {
  const [twice, again, other] = highestSimilarities(['my card is lost', 'My card is lost!', 'bonjour'])
  expect([twice, again]).toEqual([expect.closeTo(1, 9), expect.closeTo(1, 9)])
  expect(other).toBe(0)
  expect([...highestSimilarities(['alone'])]).toEqual([0])
})
