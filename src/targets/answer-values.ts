/** The parts of an answer: names of labels and scores, each checked. */
import type { Task } from '../model/example.ts'
import { nearestName } from '../text/nearest-name.ts'
import type { AnswerSettings } from './answer-settings.ts'
import { quoted, shown, Unusable } from './failure.ts'

/** How answers are read. */
export interface AnswerReading extends AnswerSettings {
  task: Task
  /** The dataset's labels; absent: any is taken. */
  known?: ReadonlySet<string>
}

export type Member = Record<string, unknown>

export function isMember(value: unknown): value is Member {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A probability, or undefined if there is none. Binary fractions may overshoot by a hair. */
export function readScore(score: unknown): number | undefined {
  if (score === undefined || score === null) return undefined
  if (typeof score === 'number' && score >= -1e-6 && score <= 1 + 1e-6) return Math.min(1, Math.max(0, score))
  throw new Unusable(
    'bad-score',
    `The score ${typeof score === 'number' ? score : shown(score)} is not between 0 and 1: give probabilities (softmax or sigmoid), or no score.`,
  )
}

/** With the dataset's names, without what is to be left out. */
export function named<T extends { label: string }>(items: readonly T[], { labels }: AnswerReading): T[] {
  return items.flatMap(item => {
    const label = Object.hasOwn(labels, item.label) ? labels[item.label]! : item.label
    return label === null ? [] : [{ ...item, label }]
  })
}

/** @throws Unusable if it is none of the known labels. */
export function checked<T extends { label: string }>(item: T, { known }: AnswerReading): T {
  if (!known || known.has(item.label)) return item
  const near = nearestName(item.label, known)
  const names = [...known].slice(0, 8).join(', ')
  throw new Unusable(
    'unknown-label',
    `“${quoted(item.label)}” is not a label of the dataset${near === undefined ? '' : ` (“${near}” is)`}. Its labels: ${names}${known.size > 8 ? ', …' : ''}. The setting “labels” says what the model’s labels are called here.`,
  )
}
