/** The vote of neighbours between two labels. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { neighbourVote } from './neighbour-vote.ts'

const score = fc.integer({ min: 0, max: 100 }).map(hundredths => hundredths / 100)
/** Scores of a text at place 0, and how the others divide into two labels. */
const setting = fc
  .record({ others: fc.array(fc.tuple(score, fc.boolean()), { maxLength: 30 }), most: fc.integer({ min: 1, max: 8 }) })
  .map(({ others, most }) => ({
    scores: Float64Array.from([1, ...others.map(([each]) => each)]),
    first: [0, ...others.flatMap(([, isFirst], at) => (isFirst ? [at + 1] : []))],
    second: others.flatMap(([, isFirst], at) => (isFirst ? [] : [at + 1])),
    most,
  }))

it('is a share, of which the other label has the rest', () => {
  fc.assert(
    fc.property(setting, ({ scores, first, second, most }) => {
      const { share, closeness } = neighbourVote(scores, 0, first, second, most)
      const turned = neighbourVote(scores, 0, second, first, most)
      expect(turned.closeness).toBeCloseTo(closeness, 10)
      expect(share).toBeGreaterThanOrEqual(0)
      if (closeness > 0) expect(turned.share).toBeCloseTo(1 - share, 10)
      else expect([share, turned.share]).toEqual([0, 0])
    }),
  )
})

it('does not change if all texts become equally more similar, as in dense vectors', () => {
  fc.assert(
    fc.property(setting, score, ({ scores, first, second, most }, more) => {
      const { share, closeness } = neighbourVote(scores, 0, first, second, most)
      fc.pre(closeness > 1e-6)
      const raised = neighbourVote(
        scores.map(each => each + more),
        0,
        first,
        second,
        most,
      )
      expect(raised.share).toBeCloseTo(share, 6)
    }),
  )
})

it('goes by the nearest of each label, not by how many there are', () => {
  const scores = Float64Array.from([1, 0.9, 0.1, ...Array.from({ length: 50 }, () => 0.3)])
  const frequent = Array.from({ length: 50 }, (_, at) => at + 3)
  expect(neighbourVote(scores, 0, [0, 1, 2], frequent, 20).share).toBeLessThan(0.1)
})
