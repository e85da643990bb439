/** What a test of a model says, as plain text for a terminal. */
import type { Interval } from '../../stats/bootstrap.ts'
import { previewTable } from '../preview-table.ts'
import { wrapped } from '../report/report-text.ts'
import { bar, spelledCount, spelledCounts, spelledDuration } from '../spelled.ts'
import type { ModelTest } from './test-model.ts'
import type { LearningPoint, TrainReport } from './train-model.ts'

const mostLabels = 30
const mostConfusions = 8
const barWidth = 20

export function trainReportText({ model, test, learningCurve, warnings }: TrainReport, width = 80): string {
  const { examples, grown, cpuMs, notes, classWeights } = model.training
  const ofThem = grown > 0 ? `, ${spelledCount(grown)} of them grown` : ''
  return [
    [
      `Model ${model.name}@${model.version}: ${model.task === 'entities' ? 'entities' : model.multiLabel ? 'several labels a text' : 'one label a text'}, ${spelledCounts(model.labels.length, 'label')}`,
      `Trained on ${spelledCounts(examples, 'record')}${ofThem}, in ${spelledDuration(cpuMs)} of one core${classWeights === 'balanced' ? ', labels weighted to balance' : ''}; ${(model.bytes / 1e6).toFixed(1)} MB`,
      ...notes.flatMap(note => wrapped(note, '')),
    ],
    modelTestLines(test, width),
    learningCurve.length === 0 ? [] : ['Learning curve', ...curveLines(learningCurve)],
    warnings.flatMap(warning => wrapped(`Warning: ${warning}`, '')),
  ]
    .filter(lines => lines.length > 0)
    .map(lines => lines.join('\n'))
    .join('\n\n')
}

export function modelTestText(test: ModelTest, width = 80): string {
  return modelTestLines(test, width).join('\n')
}

function modelTestLines(test: ModelTest, width: number): string[] {
  const { scores, intervals, calibration, confusions, failed } = test
  const averages = [
    ...(test.task === 'classification' ? [figure('accuracy', scores.accuracy, intervals.accuracy)] : []),
    figure('micro F1', scores.micro.f1, intervals.microF1),
    figure('macro F1', scores.macro.f1, intervals.macroF1),
    figure('weighted F1', scores.weighted.f1, intervals.weightedF1),
    ...(calibration ? [`  calibration error  ${calibration.error.toFixed(3)}`] : []),
  ]
  return [
    `Tested ${test.target} on ${spelledCounts(test.texts, 'real record')} held out`,
    ...averages,
    ...(failed.count > 0
      ? wrapped(`${spelledCounts(failed.count, 'text')} got no usable answer: ${failed.examples.join(' ')}`, '')
      : []),
    '',
    labelTable(test, width),
    ...(confusions.length > 0
      ? [
          '',
          'Taken for one another',
          ...confusions
            .slice(0, mostConfusions)
            .map(
              ({ gold, predicted, count }) => `  ${`${count}`.padStart(4)} ×  ${gold} taken for ${predicted || 'none'}`,
            ),
        ]
      : []),
  ]
}

function figure(name: string, value: number, interval: Interval): string {
  return `  ${name.padEnd(17)}  ${value.toFixed(3)}  ${intervalText(interval)}`
}

function intervalText({ low, high }: Interval): string {
  return Number.isNaN(low) ? '' : `[${low.toFixed(3)}, ${high.toFixed(3)}]`
}

/** The worst first, since these are what can be mended. */
function labelTable({ task, scores, intervals }: ModelTest, width: number): string {
  const interval = new Map(intervals.labels.map(({ label, f1 }) => [label, f1]))
  const worst = scores.labels.toSorted((a, b) => a.f1 - b.f1)
  const right = (title: string) => ({ title, align: 'right' as const })
  const more = worst.length > mostLabels ? `\n… and ${worst.length - mostLabels} better ones` : ''
  return (
    previewTable(
      [
        { title: 'label' },
        right(task === 'entities' ? 'entities' : 'texts'),
        right('precision'),
        right('recall'),
        right('F1'),
        { title: '95 %' },
      ],
      worst
        .slice(0, mostLabels)
        .map(({ label, support, precision, recall, f1 }) => [
          ...[label, `${support}`, precision.toFixed(3), recall.toFixed(3), f1.toFixed(3)],
          intervalText(interval.get(label)!),
        ]),
      width,
    ) + more
  )
}

function curveLines(points: LearningPoint[]): string[] {
  return points.map(
    ({ examples, macroF1 }) =>
      `  ${spelledCounts(examples, 'record').padStart(14)}  macro F1 ${macroF1.toFixed(3)}  ${bar(macroF1, 1, barWidth)}`,
  )
}
