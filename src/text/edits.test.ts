/** Edits and the spans that move with them. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { applyEdits, cutsSpan, type Edit, moveSpan } from './edits.ts'

/** Stretches in order, without overlaps; sorted cuts taken in pairs. */
const edited = fc
  .record({
    text: fc.string({ unit: fc.constantFrom(...'abc '), minLength: 1, maxLength: 30 }),
    cuts: fc.array(fc.nat(30), { maxLength: 8 }),
    texts: fc.array(fc.string({ unit: fc.constantFrom(...'XYZ'), minLength: 1, maxLength: 5 }), {
      minLength: 4,
      maxLength: 4,
    }),
    span: fc.tuple(fc.nat(29), fc.nat(29)),
  })
  .map(({ text, cuts, texts, span: [a, b] }) => {
    const places = [...new Set(cuts.map(cut => Math.min(cut, text.length)))].sort((a, b) => a - b)
    const edits: Edit[] = []
    for (let i = 0; i + 1 < places.length; i += 2)
      edits.push({ start: places[i]!, end: places[i + 1]!, text: texts[i / 2]! })
    const start = Math.min(a, b, text.length - 1)
    return { text, edits, span: { start, end: Math.max(start + 1, Math.min(Math.max(a, b), text.length)), label: 'L' } }
  })

it('keeps a span on its own words where nothing of it is replaced', () => {
  fc.assert(
    fc.property(edited, ({ text, edits, span }) => {
      fc.pre(edits.every(edit => edit.end <= span.start || edit.start >= span.end))
      const moved = moveSpan(span, edits)
      expect(applyEdits(text, edits).slice(moved.start, moved.end)).toBe(text.slice(span.start, span.end))
    }),
    { numRuns: 2000 },
  )
})

it('leaves every span where it is under edits that replace letter by letter', () => {
  fc.assert(
    fc.property(edited, ({ text, edits, span }) => {
      const letterwise = edits.map(edit => ({
        ...edit,
        text: text.slice(edit.start, edit.end).toUpperCase(),
        letterwise: true as const,
      }))
      expect(moveSpan(span, letterwise)).toEqual(span)
      expect(letterwise.some(edit => cutsSpan(edit, span))).toBe(false)
      expect(applyEdits(text, letterwise).slice(span.start, span.end).toLowerCase()).toBe(
        text.slice(span.start, span.end),
      )
    }),
  )
})

it('takes in whole what a span holds or cuts, and nothing more', () => {
  fc.assert(
    fc.property(edited, ({ text, edits, span }) => {
      const touched = edits.filter(edit => edit.start < span.end && span.start < edit.end)
      const widened = {
        start: Math.min(span.start, ...touched.map(edit => edit.start)),
        end: Math.max(span.end, ...touched.map(edit => edit.end)),
      }
      const inside = touched.map(edit => ({
        ...edit,
        start: edit.start - widened.start,
        end: edit.end - widened.start,
      }))
      const moved = moveSpan(span, edits)
      expect(applyEdits(text, edits).slice(moved.start, moved.end)).toBe(
        applyEdits(text.slice(widened.start, widened.end), inside),
      )
      expect(moved.label).toBe('L')
    }),
    { numRuns: 2000 },
  )
})
