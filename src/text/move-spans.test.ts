/** Spans stay on their words when the text around them is edited. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { moveSpans } from './move-spans.ts'

/** Few letters, so that repeats leave open what was changed. */
const text = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '😀', 'é'), maxLength: 24 })

/** A text, an edit of one stretch of it, and spans anywhere. */
const edited = fc.record({ before: text, put: text, a: fc.nat(), b: fc.nat() }).chain(({ before, put, a, b }) => {
  const [from, to] = [a % (before.length + 1), b % (before.length + 1)].toSorted((x, y) => x - y) as [number, number]
  const offset = fc.nat({ max: before.length })
  const span = fc
    .tuple(offset, offset)
    .map(([x, y]) => ({ start: Math.min(x, y), end: Math.max(x, y) }))
    .filter(({ start, end }) => start < end)
  const spans = fc.array(span, { maxLength: before === '' ? 0 : 5 })
  return fc.record({
    before: fc.constant(before),
    after: fc.constant(before.slice(0, from) + put + before.slice(to)),
    from: fc.constant(from),
    to: fc.constant(to),
    spans,
  })
})

it('leaves every span that it keeps on the words it marked, and loses none without saying so', () => {
  fc.assert(
    fc.property(edited, ({ before, after, spans }) => {
      const marked = spans.map((span, name) => ({ ...span, name }))
      const { moved, cut } = moveSpans(marked, before, after)
      expect([...moved, ...cut].map(({ name }) => name).toSorted()).toEqual(marked.map(({ name }) => name).toSorted())
      for (const { start, end, name } of moved)
        expect(after.slice(start, end)).toBe(before.slice(spans[name]!.start, spans[name]!.end))
    }),
    { numRuns: 500 },
  )
})

it('keeps a span that the edit did not come near, however often its words stand there', () => {
  fc.assert(
    fc.property(edited, ({ before, after, from, to, spans }) => {
      for (const span of spans.filter(({ start, end }) => end < from || start > to))
        expect(moveSpans([span], before, after).cut).toEqual([])
    }),
    { numRuns: 500 },
  )
})

it('cuts what the edit changed inside or made part of a word, and keeps what it only touched at the edge', () => {
  const at = (text: string, words: string) => ({ start: text.indexOf(words), end: text.indexOf(words) + words.length })
  const before = 'from Pariss to Rome'
  const [paris, rome] = [at(before, 'Pariss'), at(before, 'Rome')]
  expect(moveSpans([paris, rome], before, 'from Paris to Rome')).toEqual({
    moved: [{ start: 14, end: 18 }],
    cut: [paris],
  })
  expect(moveSpans([rome], before, 'from Pariss to Rome!').moved).toEqual([rome])
  expect(moveSpans([at('the the cat', 'the cat')], 'the the cat', 'the cat').moved).toEqual([{ start: 0, end: 7 }])
  expect(moveSpans([rome], before, '').cut).toEqual([rome])
  expect(moveSpans([rome], before, 'from Pariss to Romeo').cut).toEqual([rome])
})

it('follows words that stand alone, wherever else the text was changed', () => {
  const before = 'Ada lives in Paris'
  const ada = { start: 0, end: 3 }
  expect(moveSpans([ada], before, 'Yesterday Ada lived in Pau').moved).toEqual([{ start: 10, end: 13 }])
  expect(moveSpans([ada], before, 'Yesterday Ada and Ada lived in Pau').cut).toEqual([ada])
  expect(moveSpans([ada], before, 'Yesterday Adam lived in Pau').cut).toEqual([ada])
})
