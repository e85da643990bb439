/** A proof as plain text: the verdict first, then the figures it rests on. */
import { previewTable } from '../preview-table.ts'
import { wrapped } from '../report/report-text.ts'
import { spelledChange, spelledCount, spelledCounts } from '../spelled.ts'
import { type Arm, arms, type Proof, verdictOf } from './prove.ts'

const mostLabels = 30

const armNames: Record<Arm, string> = {
  real: 'real only',
  weights: 'class weights',
  duplicated: 'duplicated',
  grown: 'real + grown',
}

export function proofText(proof: Proof, width = 80): string {
  const { records, scores, labels, seeds, notes, words } = proof
  const right = (title: string) => ({ title, align: 'right' as const })
  const averages = previewTable(
    [{ title: 'learned from' }, right('macro F1'), right('micro F1'), right('texts right')],
    arms.map(arm => [
      armNames[arm],
      scores[arm].macro.f1.toFixed(3),
      scores[arm].micro.f1.toFixed(3),
      scores[arm].accuracy.toFixed(3),
    ]),
    width,
  )
  // What a narrow terminal has no room for stands in the table above it, over all labels.
  const shownArms = width >= 110 ? arms : (['real', 'grown'] as const)
  const table = previewTable(
    [
      { title: 'label' },
      ...['real', 'grown'].map(right),
      ...shownArms.map(arm => right(armNames[arm])),
      right('gain'),
      { title: '95 %' },
      { title: '' },
    ],
    labels
      .slice(0, mostLabels)
      .map(({ label, real, grown, f1, difference: { value, interval } }) => [
        ...[label, spelledCount(real), spelledCount(grown)],
        ...shownArms.map(arm => f1[arm].toFixed(3)),
        ...[spelledChange(value, 3), `${spelledChange(interval.low, 2)} to ${spelledChange(interval.high, 2)}`],
        { helps: '↑', harms: '↓', 'no difference': '' }[verdictOf({ value, interval })],
      ]),
    width,
  )
  const more = labels.length > mostLabels ? [`… and ${labels.length - mostLabels} more labels`] : []
  return [
    wrapped(words, '').join('\n'),
    [
      ...wrapped(
        `${spelledCounts(records.real, 'real record')} and ${spelledCount(records.grown)} grown; tested on ${spelledCounts(records.test, 'real record')} that neither saw; ${seeds} seeds, each with nine tenths of the real ones.`,
        '',
      ),
      ...notes.flatMap(note => wrapped(note, '')),
    ].join('\n'),
    averages,
    ['F1 by label, the worst first', table, ...more].join('\n'),
  ].join('\n\n')
}
