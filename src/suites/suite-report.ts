/** The report of a suite: what passed and what did not, test by test and case by case. */
import type { Task } from '../model/example.ts'
import type { Json } from '../model/json.ts'
import type { Interval } from '../stats/bootstrap.ts'
import { wilsonInterval } from '../stats/wilson-interval.ts'
import type { GeneratedCases } from './generate-cases.ts'
import type { CaseResult, SuiteRun, TestRun } from './run-cases.ts'
import type { Expected, Suite } from './suite.ts'
import { type Category, categories } from './suite-tests.ts'

/** One test. The first seven members are LangTest’s columns. */
export interface SuiteRow {
  category: Category
  test_type: string
  fail_count: number
  pass_count: number
  /** 0 to 1, of the cases that the target answered; null where there are none. */
  pass_rate: number | null
  minimum_pass_rate: number
  /** Whether the rate would reach the minimum if all that the target did not answer had failed. Null where there is no case. */
  pass: boolean | null
  /** 95 % of the rate, where cases are a sample. */
  interval: Interval | null
  /** Cases that the target gave no usable answer for. */
  errors: number
  /** Texts that the test left as they were, so that they made no case. */
  removed: number
  /** For entities: answered cases where either side has an entity, and the rate over these. A rate over all flatters where most texts have none. */
  entity_cases?: number
  entity_pass_rate?: number | null
  /** The perturbations put to a text, in order, where the test changes texts by them. */
  chain?: string[]
  prob?: number
  parameters?: Record<string, Json>
  /** Whether its texts may have other labels than the originals. */
  may_change_label?: boolean
}

/** One case, or one group of a measured test. The first seven members are LangTest’s columns. */
export interface ResultRow {
  category: Category
  test_type: string
  original: string
  test_case: string
  expected_result: string
  actual_result: string
  pass: boolean
  id: string
  /** Why the target has no answer. */
  error?: string
}

/** As JSON holds it. */
export interface SuiteReport {
  suite: string
  /** Null where the suite looks at the data alone. */
  target: string | null
  task: Task
  expected: Expected
  /** What counts as right, in words. */
  meaning: string
  seed: number
  sizes: { examples: number; cases: number; texts: number; errors: number }
  /** Whether no test failed. */
  pass: boolean
  categories: { category: Category; tests: number; not_tested: number; passed: number; mean_pass_rate: number | null }[]
  rows: SuiteRow[]
  results: ResultRow[]
  notes: string[]
}

const meanings: Record<Expected, string> = {
  prediction: 'what the model says of the original text',
  gold: 'what the data say of the original text',
}

/** `generated` tells what was left out when the cases were made. */
export function suiteReport(
  suite: Suite,
  run: SuiteRun,
  generated?: Pick<GeneratedCases, 'tests' | 'notes'>,
): SuiteReport {
  const removed = new Map(generated?.tests.map(({ test, unchanged }) => [test, unchanged]))
  const rows = run.tests
    .map(test => rowOf(test, run.task, removed.get(test.planned.name) ?? 0))
    .sort((a, b) => categories.indexOf(a.category) - categories.indexOf(b.category))
  const { task, expected, seed, sizes } = run
  return {
    suite: suite.name ?? 'suite',
    target: run.target ?? null,
    ...{ task, expected, meaning: meanings[expected], seed },
    sizes: { ...sizes, errors: rows.reduce((sum, { errors }) => sum + errors, 0) },
    pass: rows.every(({ pass }) => pass !== false),
    categories: categories.flatMap(category => categoryOf(category, rows)),
    rows,
    results: run.tests.flatMap(({ planned, results }) =>
      results.map(result => resultRow(planned.test.category, planned.name, result)),
    ),
    notes: [...suite.notes, ...(generated?.notes ?? []), ...run.notes, ...unanswered(run.tests), ...untested(rows)],
  }
}

function rowOf({ planned, results }: TestRun, task: Task, removed: number): SuiteRow {
  const { test, name, chain, prob, parameters, minPassRate, mayChangeLabel } = planned
  const count = (outcome: CaseResult['outcome']) => results.filter(result => result.outcome === outcome).length
  const [passed, failed, errors] = [count('pass'), count('fail'), count('error')]
  const measured = test.way === 'measure'
  const withEntities = results.filter(({ hasEntities }) => hasEntities)
  const row: SuiteRow = {
    ...{ category: test.category, test_type: name, fail_count: failed, pass_count: passed },
    pass_rate: rateOf(passed, passed + failed),
    minimum_pass_rate: minPassRate,
    pass: results.length === 0 ? null : passed / results.length >= minPassRate,
    interval: (!measured && wilsonInterval(passed, passed + failed)) || null,
    ...{ errors, removed },
  }
  if (task === 'entities' && !measured) {
    row.entity_cases = withEntities.length
    row.entity_pass_rate = rateOf(withEntities.filter(({ outcome }) => outcome === 'pass').length, withEntities.length)
  }
  if (chain) Object.assign(row, { chain, prob, parameters })
  if (mayChangeLabel) row.may_change_label = true
  return row
}

function rateOf(passed: number, all: number): number | null {
  return all === 0 ? null : passed / all
}

function categoryOf(category: Category, rows: readonly SuiteRow[]): SuiteReport['categories'] {
  const own = rows.filter(row => row.category === category)
  if (own.length === 0) return []
  const rates = own.flatMap(({ pass_rate: rate }) => (rate === null ? [] : [rate]))
  const mean = rates.length === 0 ? null : rates.reduce((sum, rate) => sum + rate, 0) / rates.length
  const count = (verdict: SuiteRow['pass']) => own.filter(({ pass }) => pass === verdict).length
  const counts = { tests: own.length, not_tested: count(null), passed: count(true) }
  return [{ category, ...counts, mean_pass_rate: mean }]
}

function resultRow(category: Category, test: string, result: CaseResult): ResultRow {
  const { id, original, testCase, expected, actual, outcome, reason } = result
  return {
    ...{ category, test_type: test, original, test_case: testCase, expected_result: expected, actual_result: actual },
    ...{ pass: outcome === 'pass', id },
    ...(outcome === 'error' && { error: reason ?? 'no answer' }),
  }
}

/** The first failed, then those without an answer, then what passed. */
export function failedFirst(results: readonly ResultRow[]): ResultRow[] {
  const rank = ({ pass, error }: ResultRow) => (pass ? 2 : error === undefined ? 0 : 1)
  return results.toSorted((a, b) => rank(a) - rank(b))
}

function unanswered(tests: readonly TestRun[]): string[] {
  const failed = tests.flatMap(({ results }) => results.filter(({ outcome }) => outcome === 'error'))
  const reasons = Map.groupBy(failed, ({ reason = 'no answer' }) => reason)
  return [...reasons].map(
    ([reason, cases]) => `${cases.length} ${cases.length === 1 ? 'case has' : 'cases have'} no answer: ${reason}`,
  )
}

function untested(rows: readonly SuiteRow[]): string[] {
  const names = rows.filter(({ pass }) => pass === null).map(({ test_type: test }) => test)
  return names.length === 0 ? [] : [`Not tested, for want of anything to change or measure: ${names.join(', ')}.`]
}
