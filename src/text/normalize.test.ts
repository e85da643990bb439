/** What folding makes equal and what it keeps apart. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { foldText } from './normalize.ts'

it.each([
  ['Where is my card?', ' where is  my card '],
  ["I don't know", 'I don’t know'],
  ['Ｆｕｌｌ ｗｉｄｔｈ', 'full width'],
  ['caf\u0065\u0301', 'CAFÉ'],
  ['co\u00adoperate', 'cooperate'],
  ['“Yes” — she said…', 'yes she said'],
])('makes %j and %j equal', (a, b) => expect(foldText(a)).toBe(foldText(b)))

it.each([
  ['C#', 'C'],
  ['5 %', '5'],
  ['$5', '£5'],
  ['1.5', '15'],
  ['?!', '...'],
  ['🙂', '🙁'],
  ['卡在哪里', '卡在那里'],
])('keeps %j and %j apart', (a, b) => expect(foldText(a)).not.toBe(foldText(b)))

it('folds ASCII within other text as it folds ASCII alone', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme-ascii', minLength: 1 }), text => {
      fc.pre(/[a-z0-9]/i.test(text))
      expect(foldText(`${text} é`)).toBe(`${foldText(text)} é`)
    }),
  )
})
