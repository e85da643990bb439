/** Target `model`: a built-in model, asked in this process. */
import { setImmediate as turn } from 'node:timers/promises'
import { z } from 'zod'
import { CultivarError } from '../model/error.ts'
import type { Task } from '../model/example.ts'
import type { Prediction, Target } from '../model/prediction.ts'
import { throwIfStopped } from './stopping.ts'
import { defineTarget, type TrainedModel } from './target-kind.ts'

/** Longest the process is kept from anything else, but for a single text that takes longer. */
const longestTurnMs = 8
/** From which probability on a text has a label, where it may have several. */
const threshold = 0.5

const settings = z.strictObject({
  kind: z.literal('model'),
  model: z.string().min(1).describe('Name of a model trained here, as `cultivar models` lists it'),
})

export const model = defineTarget({
  kind: 'model',
  summary: 'A model trained here, asked in this process',
  settings,
  async open({ model: name }, { task, readModel }) {
    const trained = await readModel(name)
    if (taskOf(trained) !== task) {
      const [does, wanted] =
        task === 'entities' ? ['labels texts', 'finds entities'] : ['finds entities', 'labels texts']
      throw new CultivarError(
        'bad-input',
        `The model “${name}” ${does}, and the dataset wants one that ${wanted}.`,
        'Name another model; `cultivar models list` says what each does.',
      )
    }
    return openModelTarget(trained, name)
  },
})

/** The target that a trained model is, under the name that reports are to give it. */
export function openModelTarget(trained: TrainedModel, name: string): Target {
  return {
    ...{ name, kind: 'model', task: taskOf(trained), labels: trained.labels },
    async predict(texts, { signal, observe } = {}) {
      throwIfStopped(signal)
      const predictions: Prediction[] = []
      let sinceMs = performance.now()
      for (const text of texts) {
        if (performance.now() - sinceMs >= longestTurnMs) {
          observe?.({ done: predictions.length, all: texts.length })
          await turn()
          throwIfStopped(signal)
          sinceMs = performance.now()
        }
        predictions.push(predictionOf(trained, text))
      }
      observe?.({ done: texts.length, all: texts.length })
      return predictions
    },
  }
}

function taskOf({ kind }: TrainedModel): Task {
  return kind === 'text-classifier' ? 'classification' : 'entities'
}

/** What a trained model says of a text. */
export function predictionOf(trained: TrainedModel, text: string): Prediction {
  if (trained.kind === 'sequence-tagger') return { labels: [], entities: trained.predict(text) }
  const scores = trained.predict(text)
  const labels = trained.multiLabel ? scores.filter(({ score }) => score! >= threshold) : scores.slice(0, 1)
  return { labels, scores, entities: [] }
}
