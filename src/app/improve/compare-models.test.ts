/** Before and after: rates, gaps and intervals as the cases say. */
import { describe, expect, it } from 'vitest'
import { classificationOutcome } from '../../metrics/outcome.ts'
import type { Example } from '../../model/example.ts'
import type { TestCase } from '../../suites/generate-cases.ts'
import type { SuiteReport, SuiteRow } from '../../suites/suite-report.ts'
import { compareModels } from './compare-models.ts'

const examples: Example[] = Array.from({ length: 200 }, (_, at) => ({
  id: `r${at}`,
  text: `t${at}`,
  labels: ['a'],
  entities: [],
}))

function caseOf(test: string, at: number): TestCase {
  return {
    ...{ id: `${test}/r${at}`, category: 'robustness', test, example: `r${at}`, original: `t${at}`, testCase: 'T' },
    ...{ originalEntities: [], entities: [], steps: [] },
  }
}

/** Of each test, which texts have a case and pass. */
function reportOf(tests: Record<string, (at: number) => boolean>, texts: number): SuiteReport {
  const results = Object.entries(tests).flatMap(([test, passes]) =>
    Array.from({ length: texts }, (_, at) => ({
      ...{ category: 'robustness' as const, test_type: test, original: '', test_case: '', expected_result: '' },
      ...{ actual_result: '', pass: passes(at), id: `${test}/r${at}` },
    })),
  )
  const rows = Object.keys(tests).map((test): SuiteRow => {
    const passed = results.filter(each => each.test_type === test && each.pass).length
    return {
      ...{ category: 'robustness', test_type: test, fail_count: texts - passed, pass_count: passed },
      ...{ pass_rate: passed / texts, minimum_pass_rate: 0.95, pass: passed / texts >= 0.95 },
      ...{ interval: null, errors: 0, removed: 0 },
    }
  })
  const sizes = { examples: texts, cases: results.length, texts, errors: 0 }
  return {
    ...{ suite: 's', target: 'm', task: 'classification', expected: 'prediction', meaning: '', seed: 1, sizes },
    ...{ pass: false, categories: [], rows, results, notes: [] },
  }
}

const outcomes = (right: (at: number) => boolean) =>
  examples.map((_, at) => classificationOutcome(['a'], [right(at) ? 'a' : 'b']))

function compared(before: Record<string, (at: number) => boolean>, after: typeof before, clean = (_: number) => true) {
  const cases = Object.keys(before).flatMap(test => examples.map((_, at) => caseOf(test, at)))
  return compareModels({
    ...{ task: 'classification', examples, cases, seed: 1 },
    reports: { before: reportOf(before, 200), after: reportOf(after, 200) },
    outcomes: { before: outcomes(() => true), after: outcomes(clean) },
  })
}

describe('compareModels', () => {
  it('says what share of the mean gap to 1 is closed, with an interval that holds it', () => {
    const comparison = compared(
      { typo: at => at % 5 !== 0, case: at => at % 2 === 0 },
      { typo: at => at % 10 !== 0, case: at => at % 4 !== 1 },
    )
    expect(comparison.tests.map(({ before, after }) => [before.rate, after.rate])).toEqual([
      [0.8, 0.9],
      [0.5, 0.75],
    ])
    // Of a gap of .2 + .5, .1 + .25 is closed.
    expect(comparison.gapClosed.value).toBeCloseTo(0.5)
    expect(comparison.gapClosed.interval.low).toBeGreaterThan(0.35)
    expect(comparison.gapClosed.interval.high).toBeLessThan(0.65)
    expect(comparison.gapClosed.interval.low).toBeLessThan(0.5)
  })

  it('is sure of nothing where nothing changed, and has no gap where all passed', () => {
    const same = { typo: (at: number) => at % 5 !== 0 }
    expect(compared(same, same).gapClosed).toEqual({ value: 0, interval: { low: 0, high: 0 } })
    const perfect = { typo: () => true }
    expect(compared(perfect, perfect).gapClosed.value).toBe(0)
  })

  it('says whether clean accuracy held: it may fall by a point, not by more', () => {
    const tests = { typo: (at: number) => at % 5 !== 0 }
    expect(compared(tests, tests, at => at >= 2).clean).toMatchObject({ before: 1, after: 0.99, held: true })
    expect(compared(tests, tests, at => at >= 3).clean.held).toBe(false)
  })
})
