/** Reports of suites, counted and written out. */
import { describe, expect, it } from 'vitest'
import { wilsonInterval } from '../stats/wilson-interval.ts'
import { displayWidth } from '../text/display-width.ts'
import { plannedTests } from './planned-tests.ts'
import type { CaseResult, SuiteRun } from './run-cases.ts'
import { readSuite } from './suite.ts'
import { failedFirst, suiteReport } from './suite-report.ts'
import { suiteReportText, suiteResultsText } from './suite-report-text.ts'

const chain = '{perturbations1: [lowercase, add_punctuation, strip_punctuation, titlecase]}'
const suite = readSuite(
  `name: cases\ntests: {robustness: {uppercase: {min_pass_rate: 0.95}, add_typo: , multiple_perturbations: ${chain}}, accuracy: {min_macro_f1_score: }}`,
  's',
)

function results(passed: number, failed: number, errors = 0): CaseResult[] {
  const outcomes = [
    ...Array<'pass'>(passed).fill('pass'),
    ...Array<'fail'>(failed).fill('fail'),
    ...Array<'error'>(errors).fill('error'),
  ]
  return outcomes.map((outcome, at) => ({
    ...{
      id: `t/${at}`,
      original: `Text <b>${at}</b>, "so"`,
      testCase: `=TEXT\u001b[31m ${at}`,
      expected: 'a',
      actual: 'b',
      outcome,
    },
    ...(outcome === 'error' && { reason: 'timed out' }),
  }))
}

function runOf(...byTest: CaseResult[][]): SuiteRun {
  return {
    ...{
      task: 'classification',
      expected: 'prediction',
      seed: 1,
      target: 'model <1>',
      notes: ['A note | with a bar.'],
    },
    tests: plannedTests(suite, 'classification').map((planned, at) => ({ planned, results: byTest[at] ?? [] })),
    sizes: { examples: 40, cases: 60, texts: 100 },
  }
}

const report = suiteReport(suite, runOf(results(94, 5), results(7, 3, 1), [], results(0, 1)), {
  tests: [{ test: 'uppercase', cases: 99, unchanged: 4 }],
  notes: [],
})

describe('suiteReport', () => {
  it('counts, rates and judges each test', () => {
    const rows = report.rows.map(row => [
      row.test_type,
      row.pass_count,
      row.fail_count,
      row.errors,
      row.removed,
      row.pass,
    ])
    expect(rows).toEqual([
      ['uppercase', 94, 5, 0, 4, false],
      ['add_typo', 7, 3, 1, 0, false],
      ['lowercase-add_punctuation-strip_punctuation-titlecase', 0, 0, 0, 0, null],
      ['min_macro_f1_score', 0, 1, 0, 0, false],
    ])
    expect(report.rows[1]).toMatchObject({ pass_rate: 0.7, minimum_pass_rate: 0.65, chain: ['add_typo'] })
    expect(report.categories.map(({ mean_pass_rate: mean }) => mean)).toEqual([(94 / 99 + 0.7) / 2, 0])
    expect(report.pass).toBe(false)
  })

  it('passes a test that would pass even if all without an answer had failed', () => {
    const of = (...counts: [number, number, number]) => suiteReport(suite, runOf([], results(...counts))).rows[1]!.pass
    expect(of(7, 2, 1)).toBe(true)
    expect(of(65, 35, 0)).toBe(true)
    expect(of(64, 36, 0)).toBe(false)
    expect(of(6, 0, 4)).toBe(false)
  })

  it('is the same after it was JSON', () => {
    expect(JSON.parse(suiteReportText(report, 'json'))).toEqual(report)
  })
})

describe('suiteReportText', () => {
  it('begins its CSV with LangTest’s columns, and writes rates as LangTest does', () => {
    const [head, first, second, third] = suiteReportText(report, 'csv').split('\n')
    expect(head).toMatch(/^category,test_type,fail_count,pass_count,pass_rate,minimum_pass_rate,pass,/)
    expect(first).toMatch(/^robustness,uppercase,5,94,94%,95%,False,0,4,88–98%/)
    expect(second).toMatch(/^robustness,add_typo,3,7,70%,65%,False,1,/)
    expect(third).toMatch(/^robustness,lowercase-.*,0,0,,65%,,/)
  })

  it('never shows a rate below its minimum as if it reached it', () => {
    const close = suiteReport(suite, runOf(results(9499, 501)))
    expect(suiteReportText(close, 'csv')).toContain('uppercase,501,9499,94%,95%,False')
  })

  it('fits its table into 100 columns, with nothing that acts on a terminal', () => {
    const table = suiteReportText(report, 'table')
    for (const line of table.split('\n')) {
      expect(displayWidth(line)).toBeLessThanOrEqual(100)
    }
    expect(table).not.toContain('\u001b')
    expect(table).toContain('cases: 3 of 3 tests failed')
    expect(table).toMatch(/uppercase +94 +5 +0 +94% +88–98% +95% {2}FAIL/)
  })

  it('escapes what stands in texts and names, in Markdown and HTML', () => {
    expect(suiteReportText(report, 'markdown')).toContain('A note \\| with a bar.')
    const page = suiteReportText(report, 'html')
    expect(page).toContain('model &lt;1&gt;')
    expect(page).toContain('Text &lt;b&gt;94&lt;/b&gt;')
    expect(page).not.toMatch(/<b>\d|<script|https?:/)
    expect(page).toContain('prefers-color-scheme: dark')
  })
})

describe('suiteResultsText', () => {
  it('has LangTest’s columns, and what failed first', () => {
    const [head, ...rows] = suiteResultsText(report, 'csv').trimEnd().split('\n')
    expect(head).toBe('category,test_type,original,test_case,expected_result,actual_result,pass,id,error')
    const passes = rows.map(row => /,(True|False),t\/\d+,(.*)$/.exec(row)!.slice(1).join(' ').trim())
    expect(passes).toEqual([...Array(9).fill('False'), 'False timed out', ...Array(101).fill('True')])
    expect(rows[0]).toContain(`"Text <b>94</b>, ""so""",'=TEXT`)
  })

  it('writes the same rows as JSON Lines', () => {
    const rows = suiteResultsText(report, 'jsonl')
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line))
    expect(rows).toEqual(failedFirst(report.results))
  })
})

describe('wilsonInterval', () => {
  it('gives the textbook’s bounds, within 0 and 1, around the rate', () => {
    const rounded = (successes: number, trials: number) => {
      const { low, high } = wilsonInterval(successes, trials)!
      return [low, high].map(bound => Number(bound.toFixed(3)))
    }
    expect(rounded(8, 10)).toEqual([0.49, 0.943])
    expect(rounded(0, 10)).toEqual([0, 0.278])
    expect(rounded(10, 10)).toEqual([0.722, 1])
    expect(wilsonInterval(0, 0)).toBeUndefined()
  })
})
