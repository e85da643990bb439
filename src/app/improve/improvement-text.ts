/** What the loop did, as plain text: what failed, what was made, and every test before and after. */
import type { Difference } from '../../metrics/scores.ts'
import type { AugmentationPlan } from '../../suites/augmentation-plan.ts'
import { previewTable } from '../preview-table.ts'
import { wrapped } from '../report/report-text.ts'
import { spelledChange, spelledCount, spelledCounts } from '../spelled.ts'
import type { AugmentReport } from './augment-records.ts'
import type { Comparison, TestComparison } from './compare-models.ts'
import type { Improvement } from './improvement.ts'

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

function comparisonLines(comparison: Comparison, width: number): string[] {
  const { tests, measured, gapClosed, gapTests, clean } = comparison
  const { value, interval } = clean.difference
  const few = gapTests < tests.length ? `, of the ${gapTests} tests with enough cases to say,` : ''
  return [
    'Before and after, on records and cases that nothing was chosen by',
    comparisonTable(tests, width),
    ...measured.map(({ test, before, after }) => `  ${test}: ${passed(before)} before, ${passed(after)} after`),
    '',
    ...wrapped(`The mean gap to a rate of 1${few} closed by ${share(gapClosed)}.`, ''),
    ...wrapped(
      `Clean ${clean.figure} ${clean.before.toFixed(3)} before, ${clean.after.toFixed(3)} after (${spelledChange(value, 3)}, 95 %: ${spelledChange(interval.low, 3)} to ${spelledChange(interval.high, 3)}): ${clean.held ? 'it held' : 'it fell by more than a point'}.`,
      '',
    ),
  ]
}

/** In points of a hundred; what a narrow terminal has no room for stands in the file. */
function comparisonTable(tests: Comparison['tests'], width: number): string {
  const columns: { title: string; align?: 'right'; from: number; cell: (test: TestComparison) => string }[] = [
    { title: 'test', from: 0, cell: ({ test }) => test },
    { title: 'cases', align: 'right', from: 100, cell: ({ cases }) => spelledCount(cases) },
    { title: 'before', align: 'right', from: 0, cell: ({ before }) => rate(before.rate) },
    { title: 'after', align: 'right', from: 0, cell: ({ after }) => rate(after.rate) },
    { title: 'gain', align: 'right', from: 0, cell: ({ difference }) => points(difference.value) },
    {
      title: '95 %',
      from: 0,
      cell: ({ difference: { interval } }) => `${points(interval.low)} to ${points(interval.high)}`,
    },
    { title: 'minimum', align: 'right', from: 100, cell: ({ minimum }) => rate(minimum) },
    {
      title: '',
      from: 0,
      cell: ({ before, after }) => (after.pass ? (before.pass ? 'passes' : 'passes now') : 'fails'),
    },
  ]
  if (tests.some(({ entityRates }) => entityRates)) {
    const cell = ({ entityRates }: TestComparison) =>
      entityRates ? `${rate(entityRates.before)} → ${rate(entityRates.after)}` : ''
    columns.push({ title: 'with entities', align: 'right', from: 0, cell })
  }
  const shown = columns.filter(({ from }) => from <= width)
  return previewTable(
    shown.map(({ title, align }) => ({ title, ...(align && { align }) })),
    tests.map(test => shown.map(({ cell }) => cell(test))),
    width,
  )
}

function passed(pass: boolean | null): string {
  return pass === null ? 'not measured' : pass ? 'passed' : 'failed'
}

/** Rounded down, so that a rate below its minimum never reads like it. */
function rate(value: number | null): string {
  return value === null ? '–' : `${(Math.floor(1000 * value + 1e-9) / 10).toFixed(1)} %`
}

function points(value: number): string {
  return spelledChange(100 * value, 1)
}

function share({ value, interval }: Difference): string {
  const percent = (part: number) => `${Math.round(100 * part)} %`
  return `${percent(value)} (95 %: ${percent(interval.low)} to ${percent(interval.high)})`
}
