/** A report of what was learned from a run, for a terminal and for its dataset card. */
import { padded } from '../preview-table.ts'
import { spelledCount, spelledCounts } from '../spelled.ts'
import type { ClassScores, LearnedReport } from './learned-report.ts'

export function learnedReportText(report: LearnedReport): string {
  const { table, target, trainedUntil, testedAfter, trainRows, testRows, unknownRows, models, mattered } = report
  const unknown = unknownRows > 0 ? `; ${spelledCounts(unknownRows, 'row')} without an answer left out` : ''
  const after = testedAfter === trainedUntil ? 'it' : `step ${spelledCount(testedAfter)}`
  const names = models.flatMap(({ model, classes }) => classes.map(one => nameOf(model, one, classes.length > 1)))
  const width = Math.max(...names.map(({ length }) => length))
  return [
    `Learned “${target}” of table ${table} from ${spelledCounts(trainRows, 'row')} up to step ${spelledCount(trainedUntil)}, tested on the ${spelledCount(testRows)} after ${after}${unknown}.`,
    ...models[0]!.classes.map(
      one =>
        `Of those tested, ${percent(one.rows / testRows)} are ${one.class}: what guessing would have as precision.`,
    ),
    '',
    `${padded('', width)}    AUC  average precision  precision  recall  from score`,
    ...models.flatMap(({ model, classes }) =>
      classes.map(one => `${padded(nameOf(model, one, classes.length > 1), width)}  ${figures(one)}`),
    ),
    '',
    'What mattered: how much AUC falls when a column’s values are put in random order',
    ...mattered.map(({ column, fall }) => `  ${fall.toFixed(3)}  ${column}`),
  ].join('\n')
}

function nameOf(model: string, one: ClassScores, several: boolean): string {
  return several ? `${model}, ${one.class}` : model
}

function figures({ areaUnderCurve, averagePrecision, precision, recall, threshold }: ClassScores): string {
  return [
    (areaUnderCurve?.toFixed(3) ?? '–').padStart(5),
    (averagePrecision?.toFixed(3) ?? '–').padStart(17),
    precision.toFixed(3).padStart(9),
    recall.toFixed(3).padStart(6),
    threshold.toFixed(3).padStart(10),
  ].join('  ')
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`
}
