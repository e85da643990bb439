/** What the loop did, as plain text: what failed, what was made, and every test before and after. */
import type { Difference } from '../../metrics/scores.ts'
import type { AugmentationPlan } from '../../suites/augmentation-plan.ts'
import { previewTable } from '../preview-table.ts'
import { wrapped } from '../report/report-text.ts'
import { spelledCount, spelledCounts } from '../spelled.ts'
import type { AugmentReport } from './augment-records.ts'
import type { Comparison } from './compare-models.ts'
import type { Improvement } from './improve.ts'

const right = (title: string) => ({ title, align: 'right' as const })

export function improvementText(improvement: Improvement, width = 80): string {
  const { project, suite, records, rounds, wrong, comparison, models, notes } = improvement
  const head = [
    `Improved ${project} by suite ${suite}`,
    ...wrapped(
      `${spelledCounts(records.learned, 'record')} learned from, ${spelledCount(records.chosenBy)} of them to choose by, ${spelledCount(records.tested)} that only the last test saw.`,
      '',
    ),
    ...notes.flatMap(note => wrapped(note, '')),
  ]
  return [
    head,
    ...rounds.map(({ plan, augmented }, at) => [
      ...(rounds.length > 1 ? [`Round ${at + 1}`] : []),
      ...planLines(plan, augmented, width),
    ]),
    wrong
      ? [
          `${spelledCounts(wrong.mistakes, 'mistake')} among the records to choose by; ${spelledCounts(wrong.kept, 'new example')} like them`,
          ...(wrong.reason === '' ? [] : wrapped(wrong.reason, '')),
        ]
      : [],
    comparison ? comparisonLines(comparison, width) : [],
    models
      ? [
          `Models: ${models.before.name}@${models.before.version} before, ${models.after.name}@${models.after.version} after`,
        ]
      : [],
  ]
    .filter(lines => lines.length > 0)
    .map(lines => lines.join('\n'))
    .join('\n\n')
}

/** What is to be made, before anything is. */
export function planLines(plan: AugmentationPlan, made: AugmentReport | null, width: number): string[] {
  if (plan.tests.length === 0) return ['No test failed that augmenting could help: nothing was made.']
  const byTest = new Map(made?.tests.map(test => [test.test, test]))
  const columns = [{ title: 'augmented by' }, right('pass rate ÷ minimum'), right('requested')]
  const rows = plan.tests.map(({ test, ratio, requested, mayChangeLabel }) => [
    mayChangeLabel ? `${test} (may change the label)` : test,
    (Math.floor(100 * ratio) / 100).toFixed(2),
    spelledCount(requested),
    ...(made ? [spelledCount(byTest.get(test)?.possible ?? 0), spelledCount(byTest.get(test)?.made ?? 0)] : []),
  ])
  const total = `${spelledCount(plan.total)} new records asked for, beside ${spelledCount(plan.rows)}`
  return [
    made
      ? `${total}; ${spelledCount(made.made)} made${made.setAside > 0 ? `, ${spelledCounts(made.setAside, 'original')} set aside` : ''}${made.run === null ? '' : ` (run ${made.run})`}`
      : total,
    previewTable(made ? [...columns, right('possible'), right('made')] : columns, rows, width),
    ...(made?.undo === undefined ? [] : [`The originals come back with: ${made.undo}`]),
  ]
}

function comparisonLines({ tests, measured, gapClosed, gapTests, clean }: Comparison, width: number): string[] {
  const hasEntities = tests.some(({ entityRates }) => entityRates)
  const table = previewTable(
    [
      { title: 'test' },
      ...['cases', 'before', 'after', 'gain'].map(right),
      { title: '95 %' },
      right('minimum'),
      { title: '' },
      ...(hasEntities ? [right('with entities')] : []),
    ],
    tests.map(({ test, cases, before, after, difference, minimum, entityRates }) => [
      ...[test, spelledCount(cases), rate(before.rate), rate(after.rate), points(difference.value)],
      `[${points(difference.interval.low)}, ${points(difference.interval.high)}]`,
      rate(minimum),
      after.pass ? (before.pass ? 'passes' : 'passes now') : 'fails',
      ...(entityRates ? [`${rate(entityRates.before)} → ${rate(entityRates.after)}`] : []),
    ]),
    Math.max(width, hasEntities ? 120 : 100),
  )
  const sides = measured.map(({ test, before, after }) => `  ${test}: ${passed(before)} before, ${passed(after)} after`)
  return [
    'Before and after, on records and cases that nothing was chosen by',
    table,
    ...sides,
    '',
    ...wrapped(
      `The mean gap to a rate of 1${gapTests < tests.length ? `, of the ${gapTests} tests with enough cases to say,` : ''} closed by ${share(gapClosed)}.`,
      '',
    ),
    ...wrapped(
      `Clean ${clean.figure} ${clean.before.toFixed(3)} before, ${clean.after.toFixed(3)} after (${signed(clean.difference.value)} [${signed(clean.difference.interval.low)}, ${signed(clean.difference.interval.high)}]): ${clean.held ? 'it held' : 'it fell by more than a point'}.`,
      '',
    ),
  ]
}

function passed(pass: boolean | null): string {
  return pass === null ? 'not measured' : pass ? 'passed' : 'failed'
}

function rate(value: number | null): string {
  return value === null ? '–' : `${(100 * value).toFixed(1)} %`
}

function points(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(100 * value).toFixed(1)}`
}

function share({ value, interval }: Difference): string {
  const percent = (part: number) => `${Math.round(100 * part)} %`
  return `${percent(value)} [${percent(interval.low)}, ${percent(interval.high)}]`
}

function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(3)}`
}
