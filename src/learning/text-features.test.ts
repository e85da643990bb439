/** Features are the same for the same text, however it is cased or composed. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { textFeatures } from './text-features.ts'

const words = (text: string) => new Set(textFeatures(text).words)
const pieces = (text: string) => new Set(textFeatures(text).pieces)

it.each([
  ['Where is my CARD', 'where is my card'],
  ['STRASSE', 'straße'],
  ['ｆｕｌｌ ﬁ', 'full fi'],
  ['don’t', "don't"],
  ["don't", 'dont'],
  ['soft\u00adhyphen', 'softhyphen'],
  ['a, b.', '  a\nb '],
])('sees no difference between %s and %s', (one, other) => {
  expect(textFeatures(one)).toEqual(textFeatures(other))
})

it('sees any text as it sees it in lower case', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(..."aZ éÉßİıΣς'?😀") }), text => {
      expect(textFeatures(text.toLowerCase().toUpperCase())).toEqual(textFeatures(text.toUpperCase()))
    }),
  )
})

it.each([
  ['words', 'lost card', 'lost cards'],
  ['the order of words', 'dog bites man', 'man bites dog'],
  ['signs', 'really', 'really?'],
  ['signs of meaning', 'great 😀', 'great 😡'],
])('tells texts apart by %s', (_, one, other) => {
  expect(words(one)).not.toEqual(words(other))
})

it('takes neighbouring words as a pair, whatever sign stands between them', () => {
  expect([...words('card, lost')].every(hash => words('card lost').has(hash))).toBe(true)
  expect(words('card lost').size).toBe(3)
})

it('cuts words into all pieces of 1 to 4 characters, blanks at either end included', () => {
  // c a t, _c ca at t_, _ca cat at_, _cat cat_
  expect(pieces('cat').size).toBe(3 + 4 + 3 + 2)
  expect(textFeatures('cat cat').pieces).toHaveLength(24)
  expect(pieces('cat').intersection(pieces('cats')).size).toBe(9)
})

it('takes each character of scripts without blanks for a word', () => {
  expect(textFeatures('信用卡').words).toHaveLength(3 + 2)
})

it('finds nothing in an empty text', () => {
  for (const text of ['', ' \n', '., .']) expect(textFeatures(text).words).toHaveLength(0)
})
