/** Tags and the spans they stand for. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  firstOutOfScheme,
  fitsTag,
  isTag,
  schemeEvidence,
  spansOfTags,
  type TokenSpan,
  tagSchemes,
  tagsOfSpans,
  withoutOverlaps,
} from './tag-scheme.ts'

const count = 12
const label = fc.constantFrom('PER', 'ORG', 'a-b', 'x,y', 'Größe')
const anySpans: fc.Arbitrary<TokenSpan[]> = fc.array(
  fc
    .record({ start: fc.nat(count - 1), length: fc.integer({ min: 1, max: 4 }), label })
    .map(({ start, length, label }) => ({
      start,
      end: Math.min(count, start + length),
      label,
    })),
  { maxLength: 8 },
)
const apart = anySpans.map(withoutOverlaps)

describe.each(tagSchemes.map(scheme => ({ scheme })))('$scheme', ({ scheme }) => {
  it('gives back the spans it was made of, adjacent ones of one type too', () => {
    fc.assert(
      fc.property(apart, spans => {
        expect(spansOfTags(tagsOfSpans(count, spans, scheme))).toEqual(spans)
      }),
    )
  })

  it('gives back well-formed tags', () => {
    fc.assert(
      fc.property(apart, spans => {
        const tags = tagsOfSpans(count, spans, scheme)
        expect(tagsOfSpans(count, spansOfTags(tags), scheme)).toEqual(tags)
        expect(firstOutOfScheme(tags, scheme)).toBe(-1)
      }),
    )
  })

  it('is recognised by a file that shows it', () => {
    const evidence = schemeEvidence()
    expect(evidence.verdict()).toBeUndefined()
    const spans = [0, 1, 3, 6].map((start, at) => ({ start, end: [1, 2, 6, 7][at]!, label: 'PER' }))
    evidence.observe(tagsOfSpans(count, spans, scheme))
    expect(evidence.verdict()).toEqual({ scheme, strays: 0 })
  })
})

it('reads what other schemes call the last, the only and a middle token', () => {
  const spans = [
    { start: 0, end: 3, label: 'A' },
    { start: 3, end: 4, label: 'A' },
  ]
  expect(spansOfTags(['B-A', 'I-A', 'L-A', 'U-A', 'O'])).toEqual(spans)
  expect(spansOfTags(['B-A', 'M-A', 'E-A', 'S-A', 'O'])).toEqual(spans)
  expect(firstOutOfScheme(['B-A', 'M-A', 'E-A', 'S-A'], 'bioes')).toBe(-1)
})

it('takes I- after O, and after another type, for a beginning', () => {
  expect(spansOfTags(['I-A', 'I-A', 'I-B', 'B-B', 'O', 'I-B'])).toEqual([
    { start: 0, end: 2, label: 'A' },
    { start: 2, end: 3, label: 'B' },
    { start: 3, end: 4, label: 'B' },
    { start: 5, end: 6, label: 'B' },
  ])
  expect(firstOutOfScheme(['I-A', 'I-A', 'I-B'], 'iob1')).toBe(-1)
  expect(firstOutOfScheme(['O', 'B-A', 'I-B'], 'bio')).toBe(2)
  expect(firstOutOfScheme(['B-A', 'O'], 'iob1')).toBe(0)
  expect(firstOutOfScheme(['B-A', 'I-A', 'O'], 'bioes')).toBe(1)
})

it('counts a few stray beginnings and keeps to the scheme of the rest', () => {
  const evidence = schemeEvidence()
  for (let i = 0; i < 5; i++) evidence.observe(['B-A', 'I-A', 'O', 'B-B'])
  evidence.observe(['O', 'I-A'])
  expect(evidence.verdict()).toEqual({ scheme: 'bio', strays: 1 })
})

it('reads a token of several tags as one in several spans', () => {
  expect(spansOfTags(['B-person,B-group', 'I-person,B-group', 'I-group'])).toEqual([
    { start: 0, end: 2, label: 'person' },
    { start: 0, end: 1, label: 'group' },
    { start: 1, end: 3, label: 'group' },
  ])
})

it('tells tags from other words, and labels that a tag can hold', () => {
  expect(['O', 'B-X', 'S-a b', 'B-X,I-Y'].every(isTag)).toBe(true)
  expect(['', 'NN', 'B-', 'X-PER', 'o', 'B'].some(isTag)).toBe(false)
  expect(['PER', 'a,b', 'O'].every(fitsTag)).toBe(true)
  expect(['', 'a,B-b'].some(fitsTag)).toBe(false)
})

it('keeps the longest of overlapping spans, and every span that none kept overlaps', () => {
  const overlap = (a: TokenSpan, b: TokenSpan) => a.start < b.end && b.start < a.end
  fc.assert(
    fc.property(anySpans, spans => {
      const kept = withoutOverlaps(spans)
      const pairs = kept.flatMap((a, at) => kept.slice(at + 1).map(b => [a, b] as const))
      expect(pairs.filter(([a, b]) => overlap(a, b))).toEqual([])
      for (const span of spans.filter(span => !kept.includes(span))) {
        const winner = kept.find(other => overlap(span, other) && other.end - other.start >= span.end - span.start)
        expect(winner).toBeDefined()
      }
    }),
  )
})
