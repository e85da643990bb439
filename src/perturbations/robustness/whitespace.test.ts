/** Blanks change; what they keep apart stays apart. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { perturbed, perturbedTexts } from '../../testing/perturbed.ts'
import { whitespace } from './whitespace.ts'

it('changes white space alone, and joins no two words', () => {
  const word = fc.constantFrom('one', 'two,', '(three)', 'é', '3.', '4,', '你好', 'end.')
  fc.assert(
    fc.property(fc.array(fc.tuple(word, fc.constantFrom(' ', '  ', '\t', '\n'))), fc.nat(), (parts, seed) => {
      const before = parts.flat().join('')
      const { text } = perturbed(whitespace, before, { seed })
      expect(text.replace(/\s+/g, '')).toBe(before.replace(/\s+/g, ''))
      const words = /[\p{L}\p{N}]+/gu
      expect(text.match(words)).toEqual(before.match(words))
      // A comma may lose its blank before a word, never before a digit; a full stop never does.
      expect(text).not.toMatch(/\.\S|,\d/)
    }),
  )
})

it('changes each blank where prob is one, and as many as count says', () => {
  const text = 'one two three four'
  expect(perturbed(whitespace, text).steps[0]!.edits).toHaveLength(4)
  expect(perturbed(whitespace, text, { params: { count: 2 } }).steps[0]!.edits).toHaveLength(2)
})

it.each([
  ['double', 'a  b'],
  ['no_break', 'a\u00a0b'],
  ['tab', 'a\tb'],
  ['line_break', 'a\nb'],
  ['none', 'a b'],
])('writes a blank as %s', (form, after) => {
  expect(perturbedTexts(whitespace, 'a b', { params: { forms: [form] } })).toEqual(new Set([after]))
})
