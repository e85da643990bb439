/** Tables keep to their width and let nothing through that a terminal would obey. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { cutToWidth, displayWidth } from '../text/display-width.ts'
import { previewTable, printable } from './preview-table.ts'

it('aligns columns, numbers to the right', () => {
  const columns = [{ title: 'label' }, { title: 'n', align: 'right' as const }, { title: 'text' }]
  expect(
    previewTable(columns, [
      ['a', '1,000', 'x'],
      ['card', '7', 'two\nlines'],
    ]),
  ).toBe('label      n  text\na      1,000  x\ncard       7  two lines')
})

it('counts wide and combined characters as a terminal shows them', () => {
  expect(['abc', '日本', 'é', 'e\u0301', '👩‍👩‍👧', '🇩🇪', 'ﾊ', '❤️', '…'].map(displayWidth)).toEqual([
    3, 4, 1, 1, 2, 2, 1, 2, 1,
  ])
  expect(
    previewTable(
      [{ title: 'a' }, { title: 'b' }],
      [
        ['日本', 'x'],
        ['abcd', 'y'],
      ],
    ),
  ).toBe('a     b\n日本  x\nabcd  y')
})

const text = fc.string({ unit: 'grapheme', maxLength: 60 })

it('never exceeds the width, whatever the text', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(text, { minLength: 3, maxLength: 3 }), { maxLength: 8 }),
      fc.integer({ min: 30, max: 120 }),
      (rows, width) => {
        const columns = ['a', 'b', 'c'].map(title => ({ title }))
        const lines = previewTable(columns, rows, width).split('\n')
        expect(lines).toHaveLength(rows.length + 1)
        for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(width)
      },
    ),
  )
})

it('cuts no more than it must', () => {
  fc.assert(
    fc.property(text, fc.integer({ min: 1, max: 40 }), (whole, width) => {
      const cut = cutToWidth(whole, width)
      expect(displayWidth(cut)).toBeLessThanOrEqual(width)
      if (displayWidth(whole) <= width) expect(cut).toBe(whole)
      else expect(displayWidth(cut)).toBeGreaterThanOrEqual(width - 1)
    }),
  )
})

it('takes out what a terminal would obey', () => {
  expect(printable('\u001b[31mred\u001b[0m\u0007 \u202eabc\r\n\tx\ud800')).toBe('red abc x')
})
