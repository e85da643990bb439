/** Similarity: what it must hold for any texts, and that it finds what a reader would call alike. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nearest, vectorSimilarity } from './similarity.ts'
import { tfIdfSearch, tfIdfSimilarity } from './tf-idf.ts'

const questions = [
  'my card got stuck in the cash machine',
  'the cash machine swallowed my card',
  'how do I reset my password',
  'I forgot my pasword, how to reset it',
  'the exchange rate on my transfer is wrong',
  'what exchange rates do you use for transfers',
]

describe('tfIdfSearch', () => {
  it('scores a text of the set as tfIdfSimilarity does', () => {
    const [search, similarity] = [tfIdfSearch(questions), tfIdfSimilarity(questions)]
    for (const [at, text] of questions.entries()) expect(search.scores(text)).toEqual(similarity.scores(at))
  })

  it('finds the nearest texts to any other, and gives 0 to what has nothing in common', () => {
    const { scores } = tfIdfSearch(questions)
    const all = questions.map((_, at) => at)
    expect(nearest(scores('Passwort? password!'), all, 1)).toEqual([2])
    expect(nearest(scores('the rate you exchange at'), all, 2).toSorted()).toEqual([4, 5])
    for (const text of ['', '?!', 'zzzz']) expect(Math.max(...scores(text))).toBe(0)
  })
})

describe('tfIdfSimilarity', () => {
  it('is symmetric, lies in [0, 1], and is 1 between equal texts', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 30 }), { minLength: 1, maxLength: 8 }), texts => {
        const similarity = tfIdfSimilarity([...texts, 'one word', 'One, word!'])
        const rows = [...texts, '', ''].map((_, at) => similarity.scores(at))
        rows.forEach((row, a) => {
          row.forEach((score, b) => {
            expect(score).toBeGreaterThanOrEqual(0)
            expect(score).toBeLessThanOrEqual(1 + 1e-9)
            expect(score).toBeCloseTo(rows[b]![a]!, 9)
          })
        })
        expect(rows.at(-1)!.at(-2)).toBeCloseTo(1, 9)
      }),
    )
  })

  it.each([0, 1, 2, 3, 4, 5])(
    'pairs question %i with the other one of its topic, despite misspelling and inflection',
    at => {
      const others = questions.map((_, place) => place).filter(place => place !== at)
      expect(nearest(tfIdfSimilarity(questions).scores(at), others, 1)).toEqual([at ^ 1])
    },
  )

  it('gives a shared rare word more weight than a shared common one', () => {
    const texts = ['please refund zloty', 'please hurry', 'zloty rate', 'please wait', 'please call', 'please stop']
    const scores = tfIdfSimilarity(texts).scores(0)
    expect(scores[2]).toBeGreaterThan(scores[1]!)
  })

  it('sees likeness in a script that does not part words', () => {
    const scores = tfIdfSimilarity(['信用卡被自动取款机吞了', '自动取款机吞了我的卡', '汇率是多少']).scores(0)
    expect(scores[1]).toBeGreaterThan(scores[2]!)
  })

  it('gives the same scores again, and nothing for a text without words', () => {
    expect(tfIdfSimilarity(questions).scores(3)).toEqual(tfIdfSimilarity(questions).scores(3))
    expect([...tfIdfSimilarity(['?!', 'word']).scores(0)]).toEqual([0, 0])
  })
})

describe('vectorSimilarity', () => {
  it('is the cosine: direction counts, length does not, and a zero vector is like nothing', () => {
    const scores = vectorSimilarity([
      [1, 1],
      [5, 5],
      [1, -1],
      [-2, -2],
      [0, 0],
    ]).scores(0)
    expect([...scores].map(score => Math.round(score * 1e6) / 1e6)).toEqual([1, 1, 0, -1, 0])
  })
})

describe('nearest', () => {
  it('equals the head of a stable sort, best first', () => {
    const scores = fc.array(fc.integer({ min: -3, max: 3 }), { maxLength: 30 })
    fc.assert(
      fc.property(scores, fc.nat({ max: 12 }), (values, most) => {
        const places = values.map((_, at) => at)
        const sorted = places.toSorted((a, b) => values[b]! - values[a]!)
        expect(nearest(Float64Array.from(values), places, most)).toEqual(sorted.slice(0, most))
      }),
    )
  })
})
