/** Tests of accuracy: whether what the model says of the texts as they are agrees with the data. */
import { z } from 'zod'
import type { Score, Scores } from '../metrics/scores.ts'
import { nearestName } from '../text/nearest-name.ts'
import { scoresOfTask } from './fairness-tests.ts'
import { type AnyMeasuredTest, boundsOf, defineMeasuredTest, share, shareBounds } from './measured-test.ts'

const defaultScore = 0.7
const average = z.strictObject({ min_score: share().default(defaultScore).describe('The least that passes') })

const figureNames: Record<keyof Score, string> = { precision: 'precision', recall: 'recall', f1: 'F1' }
const averageSummaries = {
  micro: 'Asks for an F1 over all labels together, each text or entity counted alike, of at least min_score',
  macro: 'Asks for a mean F1 of the labels, each label counted alike, of at least min_score',
  weighted: 'Asks for a mean F1 of the labels, weighted by how often each stands in the data, of at least min_score',
}

export const accuracyTests: AnyMeasuredTest[] = [
  ...(Object.keys(figureNames) as (keyof Score)[]).map(labelTest),
  ...(Object.keys(averageSummaries) as (keyof typeof averageSummaries)[]).map(name =>
    averageTest(`min_${name}_f1_score`, averageSummaries[name], scores => scores[name].f1),
  ),
  averageTest(
    'min_accuracy_score',
    'Asks for a share of texts that are wholly right of at least min_score',
    ({ accuracy }) => accuracy,
  ),
]

function labelTest(figure: keyof Score): AnyMeasuredTest {
  const named = figureNames[figure]
  return defineMeasuredTest({
    kind: `min_${figure}_score`,
    category: 'accuracy',
    summary: `Asks for a ${named} of at least min_score for each label, or for each that is named`,
    example: {
      before: `min_score: { PER: 0.8 }, where PER has a ${named} of 0.76`,
      after: 'PER: 0.76 of at least 0.8, fails',
    },
    params: z.strictObject({ min_score: shareBounds.default(defaultScore).describe('For all labels, or for each') }),
    needs: 'predictions',
    measure: ({ examples, predictions, task, params }) => {
      const { labels } = scoresOfTask(task, examples, predictions)
      const byLabel = new Map(labels.map(score => [score.label, score]))
      const inData = labels.filter(({ support }) => support > 0).map(({ label }) => label)
      const asked = boundsOf(params.min_score, inData)
      return {
        measured: asked.map(([group, bound]) => ({ group, bound, actual: byLabel.get(group)?.[figure] ?? 0 })),
        notes: asked.filter(([label]) => !inData.includes(label)).map(([label]) => absent(label, inData)),
      }
    },
  })
}

function absent(label: string, labels: string[]): string {
  const nearest = nearestName(label, labels)
  return `The data have no label “${label}”${nearest === undefined ? '' : ` (did you mean “${nearest}”?)`}: it counts as 0.`
}

function averageTest(kind: string, summary: string, figure: (scores: Scores) => number): AnyMeasuredTest {
  return defineMeasuredTest({
    kind,
    category: 'accuracy',
    summary,
    example: { before: 'min_score: 0.7, where it is 0.68', after: 'all: 0.68 of at least 0.7, fails' },
    params: average,
    needs: 'predictions',
    measure: ({ examples, predictions, task, params }) => ({
      measured: [{ group: 'all', bound: params.min_score, actual: figure(scoresOfTask(task, examples, predictions)) }],
    }),
  })
}
