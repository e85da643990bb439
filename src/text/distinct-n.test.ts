/** Laws of distinct-n. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { distinctN } from './distinct-n.ts'

const word = fc.constantFrom('a', 'b', 'c', 'd', 'e')
const texts = fc.array(fc.array(word, { maxLength: 12 }), { minLength: 1, maxLength: 12 })
const n = fc.integer({ min: 1, max: 3 })

it('lies in (0, 1], and is undefined exactly where no text has n words', () => {
  fc.assert(
    fc.property(texts, n, (texts, n) => {
      const value = distinctN(texts, n)
      if (texts.every(words => words.length < n)) expect(value).toBeUndefined()
      else expect(value! > 0 && value! <= 1).toBe(true)
    }),
  )
})

it('does not depend on the order of the texts', () => {
  fc.assert(
    fc.property(texts, n, (texts, n) => {
      expect(distinctN(texts.toReversed(), n)).toBe(distinctN(texts, n))
    }),
  )
})

it('is 1 for words that are all different, and 1/k for a text that comes k times', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.string(), { minLength: 3, maxLength: 30 }),
      n,
      fc.integer({ min: 1, max: 9 }),
      (words, n, k) => {
        expect(distinctN([words], n)).toBe(1)
        expect(
          distinctN(
            Array.from({ length: k }, () => words),
            n,
          ),
        ).toBeCloseTo(1 / k, 12)
      },
    ),
  )
})

it('counts no n-gram across the end of a text', () => {
  expect(
    distinctN(
      [
        ['a', 'b'],
        ['a', 'b'],
      ],
      2,
    ),
  ).toBe(0.5)
  expect(distinctN([['a'], ['b']], 2)).toBeUndefined()
})

it('counts the first words only where a number of them is given', () => {
  fc.assert(
    fc.property(texts, n, fc.integer({ min: 0, max: 60 }), (texts, n, most) => {
      let room = most
      const cut = texts.map(words => {
        const kept = words.slice(0, room)
        room -= kept.length
        return kept
      })
      expect(distinctN(texts, n, most)).toBe(distinctN(cut, n))
    }),
  )
})
