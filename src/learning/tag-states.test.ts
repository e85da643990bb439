/** Entities as states of tokens, and back. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { LinearChain } from './linear-chain.ts'
import { alignEntities, entityState, spansOf, type TokenSpan, tagTopology } from './tag-states.ts'
import { tagTokens } from './tag-tokens.ts'

const none = () => ({ learned: 0, widened: 0, overlapping: 0, empty: 0 })
const places = new Map([
  ['drug', 0],
  ['place', 1],
])

it('gives back the spans that states were made of, along arcs that exist', () => {
  const lengths = fc.array(fc.record({ gap: fc.nat(2), size: fc.integer({ min: 1, max: 4 }), label: fc.nat(2) }))
  const { arcOf, topology } = new LinearChain(tagTopology(3))
  fc.assert(
    fc.property(lengths, fc.nat(2), (stretches, rest) => {
      const path: number[] = []
      const spans: TokenSpan[] = []
      for (const { gap, size, label } of stretches) {
        for (let i = 0; i < gap; i++) path.push(0)
        const span = { first: path.length, last: path.length + size - 1, label }
        for (let t = span.first; t <= span.last; t++) path.push(entityState(label, t, span.first, span.last))
        spans.push(span)
      }
      for (let i = 0; i < rest; i++) path.push(0)
      expect(spansOf(path)).toEqual(spans)
      for (let t = 1; t < path.length; t++)
        expect(arcOf[path[t - 1]! * topology.states + path[t]!]).toBeGreaterThanOrEqual(0)
      if (path.length > 0) expect([topology.begins[path[0]!], topology.ends[path.at(-1)!]]).toEqual([1, 1])
    }),
  )
})

it('widens an entity to whole tokens and counts it, but not for blanks at its edges', () => {
  const tokens = tagTokens('take aspirin now')
  const counts = none()
  expect(alignEntities(tokens, [{ start: 7, end: 10, label: 'drug' }], places, counts)).toEqual([
    { first: 1, last: 1, label: 0 },
  ])
  expect(counts).toEqual({ ...none(), learned: 1, widened: 1 })
  expect(alignEntities(tokens, [{ start: 4, end: 13, label: 'place' }], places, counts)).toEqual([
    { first: 1, last: 1, label: 1 },
  ])
  expect(counts).toEqual({ ...none(), learned: 2, widened: 1 })
})

it('keeps the longest of overlapping entities and counts the others and the empty', () => {
  const tokens = tagTokens('New York City  hall')
  const counts = none()
  const entities = [
    { start: 0, end: 8, label: 'drug' },
    { start: 4, end: 13, label: 'place' },
    { start: 13, end: 15, label: 'drug' },
    { start: 6, end: 6, label: 'drug' },
    { start: 50, end: 60, label: 'drug' },
    { start: 15, end: 19, label: 'drug' },
  ]
  expect(alignEntities(tokens, entities, places, counts)).toEqual([
    { first: 1, last: 2, label: 1 },
    { first: 3, last: 3, label: 0 },
  ])
  expect(counts).toEqual({ learned: 2, widened: 0, overlapping: 1, empty: 3 })
})
