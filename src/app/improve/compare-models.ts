/** Two models on the same texts and test cases: what changed, test by test, with intervals. */
import type { TextOutcome } from '../../metrics/outcome.ts'
import { type Difference, scoreDifferences, scoresOf } from '../../metrics/scores.ts'
import type { Example, Task } from '../../model/example.ts'
import { bootstrap, type Interval } from '../../stats/bootstrap.ts'
import { randomStream } from '../../stats/random-stream.ts'
import type { TestCase } from '../../suites/generate-cases.ts'
import type { SuiteReport, SuiteRow } from '../../suites/suite-report.ts'

export interface TestComparison {
  category: string
  test: string
  cases: number
  minimum: number
  before: { rate: number; interval: Interval; pass: boolean | null }
  after: { rate: number; interval: Interval; pass: boolean | null }
  difference: Difference
  /** For entities: the rates over sentences where either side has one. */
  entityRates?: { before: number | null; after: number | null }
}

export interface Comparison {
  /** Tests of robustness and bias, in the order of the suite. */
  tests: TestComparison[]
  /** Tests that measure the clean texts, as accuracy and fairness. */
  measured: { test: string; before: boolean | null; after: boolean | null }[]
  /** Of the mean gap to a rate of 1, the share that is closed; 0 where there was none. Of `gapTests`: those with enough cases to say. */
  gapClosed: Difference
  gapTests: number
  clean: {
    /** Accuracy of labels; of entities micro F1. */
    figure: 'accuracy' | 'micro F1'
    before: number
    after: number
    difference: Difference
    /** Whether it fell by no more than a point. */
    held: boolean
  }
}

interface Compared {
  task: Task
  examples: readonly Example[]
  cases: readonly TestCase[]
  reports: { before: SuiteReport; after: SuiteReport }
  outcomes: { before: readonly TextOutcome[]; after: readonly TextOutcome[] }
  seed: number
}

/** .99 − 1 is a point, whatever binary fractions make of it. */
const [mostFall, rounding] = [0.01, 1e-9]
const resamples = 1000
/** Of fewer, one case more or less would move the mean gap by points. */
const fewestCases = 30

/** Intervals are 95 %, of texts drawn anew: all cases of a text are taken together, for both models. */
export function compareModels({ task, examples, cases, reports, outcomes, seed }: Compared): Comparison {
  const rows = pairedRows(reports)
  const table = passTable(examples, cases, reports, rows)
  const figures = (times: Uint32Array) => figuresOf(table, times)
  const values = figures(new Uint32Array(examples.length).fill(1))
  const intervals = bootstrap(examples.length, figures, { resamples, random: randomStream(`compare ${seed}`) })
  const at = (index: number): Difference => ({ value: values[index]!, interval: intervals[index]! })
  const difference = scoreDifferences(outcomes.before, outcomes.after, randomStream(`clean ${seed}`))
  const [figure, change] =
    task === 'entities' ? (['micro F1', difference.microF1] as const) : (['accuracy', difference.accuracy] as const)
  const cleanOf = (which: readonly TextOutcome[]) => {
    const scores = scoresOf(which)
    return task === 'entities' ? scores.micro.f1 : scores.accuracy
  }
  const [before, after] = [cleanOf(outcomes.before), cleanOf(outcomes.after)]
  return {
    tests: rows.map(
      ({ before, after }, test): TestComparison => ({
        ...{ category: before.category, test: before.test_type, minimum: before.minimum_pass_rate },
        cases: table[test]!.count,
        before: { rate: at(3 * test + 1).value, interval: at(3 * test + 1).interval, pass: before.pass },
        after: { rate: at(3 * test + 2).value, interval: at(3 * test + 2).interval, pass: after.pass },
        difference: at(3 * test + 3),
        ...(before.entity_pass_rate !== undefined && {
          entityRates: { before: before.entity_pass_rate, after: after.entity_pass_rate ?? null },
        }),
      }),
    ),
    measured: measuredOf(reports),
    gapTests: table.filter(({ count }) => count >= fewestCases).length,
    gapClosed: rows.length === 0 ? { value: 0, interval: { low: 0, high: 0 } } : at(0),
    clean: { figure, before, after, difference: change, held: after - before >= -mostFall - rounding },
  }
}

/** Rows of the tests that changed texts, and had cases. */
function pairedRows({ before, after }: Compared['reports']): { before: SuiteRow; after: SuiteRow }[] {
  const later = new Map(after.rows.map(row => [row.test_type, row]))
  return before.rows.flatMap(row => {
    const other = later.get(row.test_type)
    const changes = row.category === 'robustness' || row.category === 'bias'
    return changes && row.pass !== null && other ? [{ before: row, after: other }] : []
  })
}

function measuredOf({ before, after }: Compared['reports']): Comparison['measured'] {
  const later = new Map(after.rows.map(row => [row.test_type, row]))
  return before.rows
    .filter(({ category }) => category !== 'robustness' && category !== 'bias')
    .map(({ test_type: test, pass }) => ({ test, before: pass, after: later.get(test)?.pass ?? null }))
}

/** Of one test: which texts have a case, and whether each model passed it. */
interface Passes {
  count: number
  texts: Uint32Array
  before: Uint8Array
  after: Uint8Array
}

function passTable(
  examples: readonly Example[],
  cases: readonly TestCase[],
  reports: Compared['reports'],
  rows: { before: SuiteRow }[],
): Passes[] {
  const place = new Map(examples.map(({ id }, at) => [id, at]))
  const passed = (report: SuiteReport) => new Map(report.results.map(({ id, pass }) => [id, pass]))
  const [before, after] = [passed(reports.before), passed(reports.after)]
  const byTest = Map.groupBy(cases, ({ test }) => test)
  return rows.map(({ before: { test_type: test } }) => {
    const own = byTest.get(test) ?? []
    return {
      count: own.length,
      texts: Uint32Array.from(own, ({ example }) => place.get(example)!),
      before: Uint8Array.from(own, ({ id }) => Number(before.get(id))),
      after: Uint8Array.from(own, ({ id }) => Number(after.get(id))),
    }
  })
}

/** The share of the gap that is closed, then for each test the rate before, the rate after and their difference. */
function figuresOf(table: readonly Passes[], times: Uint32Array): number[] {
  const figures: number[] = []
  let [gap, gain] = [0, 0]
  for (const { texts, before, after } of table) {
    let [all, was, is] = [0, 0, 0]
    for (let at = 0; at < texts.length; at++) {
      const weight = times[texts[at]!]!
      all += weight
      was += weight * before[at]!
      is += weight * after[at]!
    }
    figures.push(was / all, is / all, (is - was) / all)
    if (texts.length < fewestCases) continue
    gap += 1 - was / all
    gain += (is - was) / all
  }
  return [gap === 0 ? 0 : gain / gap, ...figures]
}
