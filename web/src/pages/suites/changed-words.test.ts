/** Words of a test case that its original has not. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { changedWords } from './changed-words.ts'

const text = fc
  .array(fc.constantFrom('a', 'b', 'Wort', "won't", ' ', '  ', '.', '日本', 'é', '🙂'))
  .map(parts => parts.join(''))

it('gives the changed text whole, and calls the same only what the original has in that order', () => {
  fc.assert(
    fc.property(text, text, (before, after) => {
      const stretches = changedWords(before, after)
      expect(stretches.map(stretch => stretch.text).join('')).toBe(after)
      let from = 0
      for (const { text: same, changed, start } of stretches) {
        expect(after.startsWith(same, start)).toBe(true)
        if (changed) continue
        for (const part of same) {
          const at = before.indexOf(part, from)
          expect(at).toBeGreaterThanOrEqual(0)
          from = at + part.length
        }
      }
    }),
  )
})

it('marks the words that were changed and no others', () => {
  const marked = changedWords('Where is my card, please?', 'Where is my vard, please?').filter(({ changed }) => changed)
  expect(marked.map(each => each.text)).toEqual(['vard'])
  expect(changedWords('same', 'same').some(({ changed }) => changed)).toBe(false)
})
