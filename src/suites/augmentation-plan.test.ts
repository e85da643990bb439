/** What is augmented after a suite. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { augmentationPlan } from './augmentation-plan.ts'
import type { SuiteRow } from './suite-report.ts'

function row(test: string, rate: number | null, minimum = 1, more: Partial<SuiteRow> = {}): SuiteRow {
  return {
    ...{ category: 'robustness', test_type: test, fail_count: 0, pass_count: 0, pass_rate: rate },
    ...{ minimum_pass_rate: minimum, pass: rate === null ? null : rate >= minimum },
    ...{ interval: null, errors: 0, removed: 0, chain: [test], prob: 1, parameters: {} },
    ...more,
  }
}

describe('augmentationPlan', () => {
  it.each([
    [1, 1, undefined],
    [0.66, 0.65, undefined],
    [0.95, 0.95, undefined],
    [0.949, 0.95, 0.05],
    [0.901, 1, 0.05],
    [0.9, 1, 0.1],
    [0.81, 1, 0.1],
    [0.8, 1, 0.2],
    [0.76, 0.95, 0.2],
    [0.71, 1, 0.2],
    [0.7, 1, 0.3],
    [0.665, 0.95, 0.3],
    [0, 1, 0.3],
    [0.5, 0, undefined],
    [null, 1, undefined],
  ])('asks at a rate of %s and a minimum of %s for a proportion of %s', (rate, minimum, proportion) => {
    const { tests } = augmentationPlan({ rows: [row('a', rate, minimum)] }, { rows: 1000 })
    expect(tests.map(test => test.proportion)).toEqual(proportion === undefined ? [] : [proportion])
  })

  it('takes a proportion for the share of rows that it is, and shrinks all alike where they come to too much', () => {
    const small = augmentationPlan({ rows: [row('a', 0.6)] }, { rows: 1000 })
    expect(small.tests.map(({ requested }) => requested)).toEqual([300])
    const large = augmentationPlan({ rows: [row('a', 0.6), row('b', 0.6), row('c', 0.75)] }, { rows: 1000 })
    expect(large.tests.map(({ requested }) => requested)).toEqual([188, 187, 125])
    expect(large.total).toBe(500)
  })

  it('never asks for more than the maximum, and its rows are whole and add up', () => {
    const rates = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 })
    fc.assert(
      fc.property(rates, fc.nat(5000), fc.double({ min: 0, max: 1, noNaN: true }), (values, rows, maxProportion) => {
        const report = { rows: values.map((rate, at) => row(`t${at}`, rate)) }
        const { total, tests } = augmentationPlan(report, { rows, maxProportion })
        const sum = tests.reduce((all, { proportion }) => all + proportion, 0)
        expect(total).toBe(tests.reduce((all, { requested }) => all + requested, 0))
        expect(Math.abs(total - rows * Math.min(sum, maxProportion))).toBeLessThanOrEqual(0.5 + 1e-6)
        for (const { requested, proportion } of tests) {
          expect(Number.isInteger(requested)).toBe(true)
          expect(requested).toBeLessThanOrEqual(Math.ceil(proportion * rows + 1e-6))
        }
      }),
    )
  })

  it('leaves tests that change no text out of the sum, and says what helps instead', () => {
    const { chain: _, ...measured } = row('min_micro_f1_score', 0, 1, { category: 'accuracy' })
    const { chain: __, ...paraphrase } = row('paraphrase', 0.5)
    const { tests, notes } = augmentationPlan({ rows: [measured, paraphrase, row('a', 0.6)] }, { rows: 100 })
    expect(tests.map(({ test, requested }) => [test, requested])).toEqual([['a', 30]])
    expect(notes).toEqual([
      expect.stringContaining('min_micro_f1_score'),
      expect.stringContaining('generator “paraphrase”'),
    ])
  })

  it('carries chains, their parameters and what may change labels', () => {
    const more = {
      chain: ['lowercase', 'add_typo'],
      prob: 0.5,
      parameters: { add_typo: { count: 2 } },
      may_change_label: true,
    }
    const { tests } = augmentationPlan({ rows: [row('lowercase-add_typo', 0.5, 1, more)] }, { rows: 10 })
    expect(tests).toEqual([
      {
        ...{ test: 'lowercase-add_typo', chain: more.chain, prob: 0.5, parameters: more.parameters },
        ...{ ratio: 0.5, proportion: 0.3, requested: 3, mayChangeLabel: true },
      },
    ])
  })

  it('can be told which tests, and which shares, of those that passed too', () => {
    const report = { rows: [row('a', 0.6), row('b', 0.6), row('c', 1)] }
    const requested = (options: object) =>
      Object.fromEntries(
        augmentationPlan(report, { rows: 100, ...options }).tests.map(each => [each.test, each.requested]),
      )
    expect(requested({ tests: ['b', 'c'] })).toEqual({ b: 30 })
    expect(requested({ proportions: { a: 0, c: 0.15 } })).toEqual({ b: 30, c: 15 })
    expect(() => requested({ tests: ['d'] })).toThrow('no test “d”')
    expect(() => requested({ proportions: { a: 30 } })).toThrow('is 30')
  })
})
