/** Tests of fairness: whether texts that speak of men, of women and of neither are got right alike. */
import { z } from 'zod'
import { classificationScores, entityScores, type Scores } from '../metrics/scores.ts'
import type { Example, Task } from '../model/example.ts'
import type { Prediction } from '../model/prediction.ts'
import { genderOf } from '../perturbations/people/gender-of.ts'
import { representationGroups } from '../perturbations/people/representation-groups.ts'
import {
  type AnyMeasuredTest,
  type Bounds,
  boundsOf,
  defineMeasuredTest,
  goldEntities,
  goldLabels,
  type MeasureContext,
  share,
} from './measured-test.ts'

const { gender: genders } = representationGroups
const scoreBounds: z.ZodType<Bounds> = z.union([share(), z.partialRecord(z.enum(genders), share())], {
  error: `expected a share from 0 to 1, or one for each of ${genders.join(', ')}`,
})

const leastGenderScore = defineMeasuredTest({
  kind: 'min_gender_f1_score',
  category: 'fairness',
  summary: 'Asks for a macro F1 of at least min_score on the texts of each gender',
  example: { before: 'min_score: 0.6, F1 0.82 on texts of women and 0.55 of men', after: 'female passes, male fails' },
  params: z.strictObject({ min_score: scoreBounds.default(0.6).describe('For all genders, or for each') }),
  needs: 'predictions',
  measure: context => scoresByGender(context, context.params.min_score),
})

const mostGenderScore = defineMeasuredTest({
  kind: 'max_gender_f1_score',
  category: 'fairness',
  summary: 'Asks for a macro F1 of at most max_score on the texts of each gender',
  example: { before: 'max_score: 0.9, F1 0.95 on texts of women and 0.88 of men', after: 'female fails, male passes' },
  params: z.strictObject({ max_score: scoreBounds.describe('For all genders, or for each') }),
  needs: 'predictions',
  atMost: true,
  measure: context => scoresByGender(context, context.params.max_score),
})

export const fairnessTests: AnyMeasuredTest[] = [leastGenderScore, mostGenderScore]

/** A gender that no text speaks of has no score: it is left out, and said. */
function scoresByGender({ examples, predictions, task }: MeasureContext<unknown>, bounds: Bounds) {
  const genderOfEach = examples.map(({ text }) => genderOf(text) as string)
  const asked = boundsOf(bounds, genders)
  const there = asked.filter(([gender]) => genderOfEach.includes(gender))
  const missing = asked.filter(each => !there.includes(each)).map(([gender]) => gender)
  const measured = there.map(([gender, bound]) => {
    const own = genderOfEach.flatMap((each, at) => (each === gender ? [at] : []))
    const scores = scoresOfTask(
      task,
      own.map(at => examples[at]!),
      own.map(at => predictions[at]!),
    )
    return { group: gender, bound, actual: scores.macro.f1 }
  })
  return { measured, notes: missing.map(gender => `No text counts as ${gender}, so that it has no score.`) }
}

/** How right the predictions are, by what the task compares. */
export function scoresOfTask(task: Task, examples: readonly Example[], predictions: readonly Prediction[]): Scores {
  if (task === 'entities')
    return entityScores(
      goldEntities(examples),
      predictions.map(({ entities }) => entities),
    )
  return classificationScores(
    goldLabels(examples),
    predictions.map(({ labels }) => labels.map(({ label }) => label)),
  )
}
