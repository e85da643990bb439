/** Tests a target on real examples: scores by label with intervals, what was taken for what, and how sure it should be. */
import { type Calibration, calibrationOf } from '../../metrics/calibration.ts'
import { type Confusion, confusionOf } from '../../metrics/confusion.ts'
import { classificationOutcome, entityOutcome, type TextOutcome } from '../../metrics/outcome.ts'
import { type ScoreIntervals, type Scores, scoreIntervals, scoresOf } from '../../metrics/scores.ts'
import { CultivarError } from '../../model/error.ts'
import type { Example, Task } from '../../model/example.ts'
import { isFailed, type Prediction, type PredictOptions, type Target } from '../../model/prediction.ts'
import { randomStream } from '../../stats/random-stream.ts'

export interface ModelTest {
  target: string
  task: Task
  texts: number
  /** Texts that the target gave no usable answer for, by code; they are in no score. */
  failed: { count: number; examples: string[] }
  scores: Scores
  /** 95 %, by resampling texts. */
  intervals: ScoreIntervals
  /** Wrong answers only, most frequent first; for classification. */
  confusions: Confusion[]
  /** Absent where the target tells no scores. */
  calibration?: Calibration
}

const mostConfusions = 200
const mostFailures = 3

/** @throws what the target throws, and CultivarError `provider-failed` if it answered nothing. */
export async function testTarget(
  target: Target,
  examples: readonly Example[],
  options: PredictOptions & { seed: number },
): Promise<ModelTest> {
  const answers = await target.predict(
    examples.map(({ text }) => text),
    options,
  )
  const failures = answers.filter(isFailed)
  const answered = examples.flatMap((example, at) => {
    const answer = answers[at]!
    return isFailed(answer) ? [] : [{ example, answer }]
  })
  if (answered.length === 0) throw nothingAnswered(target, failures[0]?.failed.message)
  const outcomes = answered.map(({ example, answer }) => outcomeOf(target.task, example, answer))
  const test: ModelTest = {
    target: target.name,
    task: target.task,
    texts: examples.length,
    failed: {
      count: failures.length,
      examples: [...new Set(failures.map(each => each.failed.message))].slice(0, mostFailures),
    },
    scores: scoresOf(outcomes),
    intervals: scoreIntervals(outcomes, randomStream(`intervals ${options.seed}`)),
    confusions: target.task === 'entities' ? [] : confusionsOf(answered),
  }
  const sure = target.task === 'entities' ? surenessOfEntities(answered) : surenessOfLabels(answered)
  return sure.length === 0 ? test : { ...test, calibration: calibrationOf(sure) }
}

export function outcomeOf(task: Task, example: Example, answer: Prediction): TextOutcome {
  return task === 'entities'
    ? entityOutcome(example.entities, answer.entities)
    : classificationOutcome(
        example.labels,
        answer.labels.map(({ label }) => label),
      )
}

type Answered = { example: Example; answer: Prediction }[]

function confusionsOf(answered: Answered): Confusion[] {
  return confusionOf(
    answered.map(({ example }) => example.labels),
    answered.map(({ answer }) => answer.labels.map(({ label }) => label)),
  )
    .filter(({ gold, predicted }) => gold !== predicted)
    .sort((a, b) => b.count - a.count)
    .slice(0, mostConfusions)
}

function surenessOfLabels(answered: Answered): { confidence: number; correct: boolean }[] {
  return answered.flatMap(({ example, answer }) => {
    const [first] = answer.labels
    return first?.score === undefined
      ? []
      : [{ confidence: first.score, correct: example.labels.includes(first.label) }]
  })
}

function surenessOfEntities(answered: Answered): { confidence: number; correct: boolean }[] {
  return answered.flatMap(({ example, answer }) =>
    answer.entities.flatMap(({ start, end, label, score }) => {
      const correct = example.entities.some(gold => gold.start === start && gold.end === end && gold.label === label)
      return score === undefined ? [] : [{ confidence: score, correct }]
    }),
  )
}

function nothingAnswered({ name }: Target, message: string | undefined): CultivarError {
  return new CultivarError(
    'provider-failed',
    `${name} gave no usable answer${message === undefined ? '.' : `: ${message}`}`,
    'Try it on one text first: echo "a text" | cultivar models predict -',
  )
}
