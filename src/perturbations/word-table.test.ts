/** What a word table finds, and what it leaves alone. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { wordTable } from './word-table.ts'

const keys = [
  ...['color', 'colour', 'as', 'as soon', 'as soon as possible', 'e-mail', "it's", 'it', 'can', 'don', 'born', 'u.s.'],
  ...["o'neill", 'st. lucia', 'guinea-bissau', 'côte d’ivoire', 'and/or', 'or', 'straße', '北京', 'x'],
]
const table = wordTable(keys.map(key => [key, key.length] as const))

function found(text: string, of = table): string[] {
  return of.matches(text).map(({ start, end }) => text.slice(start, end))
}

it.each<[string, string[]]>([
  ['Color, COLOR; “color”! (color)', ['Color', 'COLOR', 'color', 'color']],
  ['colored discolor Colors colorx 2color color2 color_code', []],
  ["The color's gone; it'll fade, it’s sad", ['color', 'it', 'it’s']],
  ["can't, don't, x't, I'it", []],
  ["O'Neill and O’NEILL, but l'or and d’as", ["O'Neill", 'O’NEILL']],
  ['as soon as\n possible, as soon, as', ['as soon as\n possible', 'as soon', 'as']],
  ['as soon as it can', ['as soon', 'as', 'it', 'can']],
  ['St. Lucia, Guinea‑Bissau, Co\u0302te d\u2019Ivoire', ['St. Lucia', 'Guinea‑Bissau', 'Co\u0302te d\u2019Ivoire']],
  ['or and/or', ['or', 'and/or']],
  ['new-born, color-blind, off-color, color- and', ['color']],
  ['https://color.it/color?or=it me@color.it color.it www.x/it C:\\color @color #color', []],
  ['the end.It can', ['can']],
  ['The U.S. and the u.s', ['U.S', 'u.s']],
  ['STRASSE Straße', ['Straße']],
  ['北京 北京市', ['北京']],
  ['😀color😀 color', ['color', 'color']],
  ['𝒜color', []],
  ['', []],
])('finds in %j', (text, expected) => expect(found(text)).toEqual(expected))

it('finds parts of words with a hyphen where it is asked to', () => {
  const inCompounds = wordTable([['color', 1]], { inCompounds: true })
  expect(found('color-blind, multi-color-print, colored-in', inCompounds)).toEqual(['color', 'color'])
})

it('says which key and value it found, and keeps the first of two that are the same', () => {
  const doubled = wordTable([
    ['Color', 1],
    ['color', 2],
  ])
  expect(doubled.matches('My COLOR')).toEqual([{ start: 3, end: 8, key: 'color', value: 1 }])
})

it('finds every key between blanks, in any case, in order and without overlaps, whatever stands around', () => {
  const other = fc.constantFrom('zebra', 'İ', 'ﬁ', '😀', 'don', '12', '—', 'n̂', '"', '.')
  const key = fc.constantFrom('color', 'e-mail', "it's", "o'neill", 'guinea-bissau', 'straße')
  const written = fc
    .tuple(key, fc.boolean())
    .map(([word, capitals]) => (capitals && !word.includes('ß') ? word.toUpperCase() : word))
  fc.assert(
    fc.property(fc.array(fc.oneof(written, other), { maxLength: 10 }), words => {
      const text = words.join(' ')
      const matches = table.matches(text)
      let from = 0
      for (const { start, end, key } of matches) {
        expect(start).toBeGreaterThanOrEqual(from)
        expect(text.slice(start, end).toLowerCase()).toBe(key)
        from = end
      }
      const expected = words.map(word => word.toLowerCase()).filter(word => keys.includes(word))
      expect(matches.map(match => match.key)).toEqual(expected)
    }),
  )
})
