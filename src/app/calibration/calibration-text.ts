/** A calibration's report as people read it. */
import { previewTable } from '../preview-table.ts'
import { indented, wrapped } from '../report/report-text.ts'
import { spelledCount, spelledShare } from '../spelled.ts'
import type { CalibrationReport } from './calibration.ts'

/** Landis and Koch (1977) named these ranges of kappa. */
const strengths: [number, string][] = [
  [0, 'none'],
  [0.2, 'slight'],
  [0.4, 'fair'],
  [0.6, 'moderate'],
  [0.8, 'substantial'],
  [1, 'nearly perfect'],
]

export function calibrationText(report: CalibrationReport): string {
  const { run, critic, judged, sampled, counts, agreement, kappa, kappaInterval, warnings } = report
  if (judged === 0)
    return `Nothing of the sample of ${sampled} is judged yet: cultivar runs calibrate ${run} --critic ${critic}`
  const interval = kappaInterval ? ` (95 %: ${decimal(kappaInterval[0])} to ${decimal(kappaInterval[1])})` : ''
  const cells = [
    ['you keep', spelledCount(counts.bothKeep), spelledCount(counts.personOnly)],
    ['you reject', spelledCount(counts.criticOnly), spelledCount(counts.neither)],
  ]
  return [
    `Critic ${critic} in run ${run}: ${judged} of ${sampled} judged`,
    '',
    ...indented(previewTable([{ title: '' }, right(`${critic} keeps`), right('rejects')], cells, 78)),
    '',
    ...wrapped(
      `Agreement on all that it graded: ${spelledShare(agreement)}. Cohen’s kappa: ${kappa === undefined ? 'cannot be told' : `${decimal(kappa)}${interval}, ${strengthOf(kappa)}`}.`,
      '',
    ),
    '',
    'What each threshold would do',
    ...indented(
      previewTable(
        [{ title: 'keep from' }, right('kappa'), right('right of kept'), right('kept of right'), { title: '' }],
        rows(report),
        78,
      ),
    ),
    '',
    ...wrapped(advice(report), ''),
    ...warnings.flatMap(warning => wrapped(warning, '')),
  ].join('\n')
}

const right = (title: string) => ({ title, align: 'right' as const })

function rows({ thresholds, threshold, suggested }: CalibrationReport): string[][] {
  return thresholds.map(({ keep, kappa, precision, recall }) => {
    const marks = [keep === threshold && 'now', keep === suggested && 'best'].filter(Boolean).join(', ')
    return [String(keep), kappa === undefined ? '–' : decimal(kappa), share(precision), share(recall), marks]
  })
}

function advice({ critic, suggested, threshold }: CalibrationReport): string {
  if (suggested === undefined) return 'No threshold can be suggested yet.'
  if (suggested === threshold) return `The threshold is where you and ${critic} agree best: leave it.`
  return `You and ${critic} agree best with ${suggested}: write keep: ${suggested} for it in the recipe (of a stage of a pipeline, keep: { ${critic}: ${suggested} } in the parameters).`
}

function strengthOf(kappa: number): string {
  return strengths.find(([most]) => kappa <= most)?.[1] ?? 'nearly perfect'
}

const decimal = (number: number) => number.toFixed(2)
const share = (number: number | undefined) => (number === undefined ? '–' : spelledShare(number))
