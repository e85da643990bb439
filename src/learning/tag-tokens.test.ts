/** Tokens of any text, with exact offsets. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { tagTokens } from './tag-tokens.ts'

const words = (text: string) => tagTokens(text).map(({ start, end }) => text.slice(start, end))

it('covers every character that is no white space, in order, once, and nothing else', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' })), text => {
      let last = 0
      for (const { start, end } of tagTokens(text)) {
        expect(end).toBeGreaterThan(start)
        expect(text.slice(last, start)).toMatch(/^\s*$/)
        expect(text.slice(start, end)).toMatch(/^\S+$/)
        last = end
      }
      expect(text.slice(last)).toMatch(/^\s*$/)
    }),
    { numRuns: 500 },
  )
})

it('has no edge inside a surrogate pair or between a character and its marks', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), text => {
      for (const { start, end } of tagTokens(text)) {
        for (const edge of [start, end]) {
          expect(/[\uD800-\uDBFF]$/.test(text.slice(0, edge)) && /^[\uDC00-\uDFFF]/.test(text.slice(edge))).toBe(false)
          expect(/\S$/u.test(text.slice(0, edge)) && /^\p{M}/u.test(text.slice(edge))).toBe(false)
        }
      }
    }),
    { numRuns: 500 },
  )
})

it('has no edge inside what readers see as one character', () => {
  const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' })
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), text => {
      const edges = new Set(Array.from(graphemes.segment(text), ({ index }) => index)).add(text.length)
      for (const { start, end } of tagTokens(text)) {
        // A blank with a mark on it is one character to readers; its mark is a token.
        if (!/\s$/.test(text.slice(0, start))) expect(edges).toContain(start)
        if (!/^\s/.test(text.slice(end))) expect(edges).toContain(end)
      }
    }),
    { numRuns: 500 },
  )
})

it('parts letters, digits and other characters', () => {
  expect(words('5-HT3A (10mg) isn’t "ok"…')).toEqual([
    '5',
    '-',
    'HT',
    '3',
    'A',
    '(',
    '10',
    'mg',
    ')',
    'isn',
    '’',
    't',
    '"',
    'ok',
    '"',
    '…',
  ])
})

it('takes the characters of scripts without blanks one by one, and keeps what belongs together', () => {
  expect(words('東京でAI')).toEqual(['東', '京', 'で', 'AI'])
  expect(words('서울에')).toEqual(['서', '울', '에'])
  expect(words('서울'.normalize('NFD'))).toEqual(['서', '울'].map(syllable => syllable.normalize('NFD')))
  expect(words('น้ำ')).toEqual(['น้ำ'])
  expect(words('naïve'.normalize('NFD'))).toEqual(['naïve'.normalize('NFD')])
  expect(words('👩🏽‍🔬🇩🇪1️⃣')).toEqual(['👩🏽‍🔬', '🇩🇪', '1️⃣'])
})
