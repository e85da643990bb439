/** Tokens of texts with entities. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { spannedTokens, spansStandBetweenBlanks } from './spanned-tokens.ts'

const words = (text: string, spans: { start: number; end: number }[] = []) =>
  spannedTokens(text, spans, 'words').map(({ start, end }) => text.slice(start, end))

it('splits words from marks, and keeps what holds a word together', () => {
  expect(words('Don’t go to AHU-G1-V (3.5 km), Ms. O’Hara!!')).toEqual([
    'Don’t',
    'go',
    'to',
    'AHU-G1-V',
    '(',
    '3.5',
    'km',
    ')',
    ',',
    'Ms',
    '.',
    'O’Hara',
    '!!',
  ])
  expect(words('東京とKyoto 👩‍🔬é')).toEqual(['東', '京', 'と', 'Kyoto', '👩‍🔬', 'é'])
})

it('loses no character but blanks, and begins and ends every span with a token', () => {
  const text = fc
    .array(fc.constantFrom('a', 'B7', ' ', '\n', '.', '-', '’', '😀', '東', 'é', '!'))
    .map(all => all.join(''))
  fc.assert(
    fc.property(
      text,
      fc.array(fc.tuple(fc.nat(), fc.nat())),
      fc.constantFrom('blanks', 'words'),
      (value, pairs, how) => {
        const edges = [0, ...[...value].map((_, at, all) => all.slice(0, at + 1).join('').length)]
        const spans = pairs
          .map(([a, b]) => ({ start: edges[a % edges.length]!, end: edges[b % edges.length]! }))
          .filter(({ start, end }) => start < end)
        const tokens = spannedTokens(value, spans, how)
        expect(tokens.map(({ start, end }) => value.slice(start, end)).join('')).toBe(value.replace(/\s+/g, ''))
        expect(tokens.every(({ start, end }) => start < end)).toBe(true)
        for (const { start, end } of spans) {
          for (const token of tokens) {
            expect(token.start < start && start < token.end).toBe(false)
            expect(token.start < end && end < token.end).toBe(false)
          }
        }
      },
    ),
  )
})

it('knows the texts whose spans stand between blanks', () => {
  expect(
    spansStandBetweenBlanks('Ada met Bob .', [
      { start: 0, end: 3 },
      { start: 8, end: 11 },
    ]),
  ).toBe(true)
  expect(spansStandBetweenBlanks('Ada met Bob.', [{ start: 8, end: 11 }])).toBe(false)
  expect(spansStandBetweenBlanks('Ada met Bob', [{ start: 3, end: 7 }])).toBe(false)
})
