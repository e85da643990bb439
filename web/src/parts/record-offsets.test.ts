/** Offsets that never fall inside a letter. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { betweenLetters, followEdit, isRightToLeft, moved, wholeLetters } from './record-offsets.ts'

const family = '👩‍👩‍👧'
const texts = fc
  .array(fc.constantFrom('a', 'B', ' ', '\n', family, '🇫🇷', 'é', 'กำ', 'น้ำ', 'مُ', 'ي', 'נ', '漢', '👍🏽', '\r\n'))
  .map(letters => letters.join(''))

it('takes whole letters, without blanks at the ends', () => {
  const text = `Hi  ${family} é!`
  expect(wholeLetters(text, { start: 5, end: 6 })).toEqual({ start: 4, end: 4 + family.length })
  expect(wholeLetters(text, { start: 2, end: text.length - 1 })).toEqual({ start: 4, end: text.length - 1 })
  expect(wholeLetters(text, { start: 2, end: 4 })).toBeUndefined()
  fc.assert(
    fc.property(texts, fc.nat(40), fc.nat(40), (any, a, b) => {
      const [start, end] = [Math.min(a, b, any.length), Math.min(Math.max(a, b), any.length)]
      const whole = wholeLetters(any, { start, end })
      if (!whole) {
        expect(any.slice(start, end).trim()).toBe('')
        return
      }
      expect(betweenLetters(any, whole.start, 'end')).toBe(whole.start)
      expect(betweenLetters(any, whole.end, 'start')).toBe(whole.end)
      expect(any.slice(whole.start, whole.end).trim()).toBe(any.slice(whole.start, whole.end))
    }),
  )
})

it('moves a caret by letters and words to either end and back', () => {
  fc.assert(
    fc.property(texts, fc.constantFrom('letter' as const, 'word' as const), (text, by) => {
      let place = 0
      for (let steps = 0; place < text.length && steps < 100; steps++) place = moved(text, place, by, true)
      expect(place).toBe(text.length)
      for (let steps = 0; place > 0 && steps < 100; steps++) {
        place = moved(text, place, by, false)
        expect(betweenLetters(text, place, 'start')).toBe(place)
      }
      expect(place).toBe(0)
    }),
  )
})

it('knows which way a paragraph runs', () => {
  expect(isRightToLeft('12 – سلام', 3)).toBe(true)
  expect(isRightToLeft('hello\nשלום', 2)).toBe(false)
  expect(isRightToLeft('hello\nשלום', 8)).toBe(true)
})

it('keeps marks on their words while one types', () => {
  const type = (before: string, at: number, typed: string, gone = 0) => {
    const after = before.slice(0, at) + typed + before.slice(at + gone)
    const spans = followEdit([{ start: 4, end: 8 }], before, after, at + typed.length)
    return spans.map(({ start, end }) => after.slice(start, end))
  }
  expect(type('see Anna go', 0, 'we ')).toEqual(['Anna'])
  expect(type('see Anna go', 11, ' on')).toEqual(['Anna'])
  expect(type('see Anna go', 6, 'n')).toEqual(['Annna'])
  expect(type('see Anna go', 4, 'A')).toEqual(['Anna'])
  expect(type('see Anna go', 8, '\u0301')).toEqual(['Anna\u0301'])
  expect(type('see Anna go', 6, '', 1)).toEqual(['Ana'])
  expect(type('see Anna go', 2, '', 4)).toEqual(['na'])
  expect(type('see Anna go', 6, '', 3)).toEqual(['An'])
  expect(type('see Anna go', 3, '', 6)).toEqual([])
  expect(type('see Anna go', 4, 'Bea', 4)).toEqual(['Bea'])
  expect(type('see Anna go', 8, '\u0301')).toEqual(['Anna\u0301'])
})

it('never loses a mark that typing does not touch', () => {
  fc.assert(
    fc.property(texts, texts, texts, texts, (left, word, middle, typed) => {
      const before = `${left}|${word}|${middle}`
      const span = { start: left.length + 1, end: left.length + 1 + word.length }
      fc.pre(word.length > 0)
      const after = `${before}${typed}`
      const there = followEdit([span], before, after, after.length)
      expect(there.map(({ start, end }) => after.slice(start, end))).toEqual([word])
      const front = `${typed}.${before}`
      const moved = followEdit([span], before, front, typed.length + 1)
      expect(moved.map(({ start, end }) => front.slice(start, end))).toEqual([word])
    }),
  )
})
