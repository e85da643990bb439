/** Lines no wider than asked, with nothing of the text lost. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { displayWidth } from './display-width.ts'
import { wrapText } from './wrap-text.ts'

const linesOf = (text: string, width: number) => wrapText(text, width).map(({ start, end }) => text.slice(start, end))

it('keeps to the width and loses nothing but the blanks and breaks between lines', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'bc', ' ', '\n', '語', '😀', 'e\u0301', '👩‍🚀'), maxLength: 60 })
  fc.assert(
    fc.property(text, fc.integer({ min: 2, max: 20 }), (text, width) => {
      const lines = wrapText(text, width)
      for (const { start, end } of lines)
        expect(displayWidth(text.slice(start, end).trimEnd())).toBeLessThanOrEqual(width)
      const gaps = lines.map(({ end }, at) => text.slice(end, lines[at + 1]?.start ?? text.length))
      expect(gaps.join('').replaceAll(/[ \n]/g, '')).toBe('')
      expect(lines[0]!.start).toBe(0)
    }),
    { numRuns: 500 },
  )
})

it('breaks at blanks, at line breaks, and within words only where it must', () => {
  expect(linesOf('one two three', 8)).toEqual(['one two', 'three'])
  expect(linesOf('one\n\ntwo', 8)).toEqual(['one', '', 'two'])
  expect(linesOf('abcdefghij kl', 4)).toEqual(['abcd', 'efgh', 'ij', 'kl'])
  expect(linesOf('日本語の文章', 5)).toEqual(['日本', '語の', '文章'])
  expect(linesOf('', 5)).toEqual([''])
})
