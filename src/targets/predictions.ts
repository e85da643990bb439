/** Target `predictions`: what a model said before, in a file. */
import { z } from 'zod'
import { canonicalJson } from '../model/json.ts'
import type { Predicted } from '../model/prediction.ts'
import { answerSettings } from './answer-settings.ts'
import { failedWith } from './failure.ts'
import { predictionRows } from './predictions/prediction-rows.ts'
import { answerReading, readAnswer } from './read-answer.ts'
import { throwIfStopped } from './stopping.ts'
import { defineTarget } from './target-kind.ts'

const settings = z
  .strictObject({
    kind: z.literal('predictions'),
    path: z.string().min(1).describe('The file: CSV, TSV, JSON or JSON Lines'),
    text: z.string().min(1).optional().describe('Column of the texts; unset: by its name, as `text` or `sentence`'),
    predicted: z
      .string()
      .min(1)
      .optional()
      .describe('Column of what the model said; unset: by its name, as `predicted`, `prediction` or `entities`'),
    score: z
      .string()
      .min(1)
      .optional()
      .describe('Column of the probability; unset: by its name, as `score`, `confidence` or `probability`'),
    ...answerSettings,
  })
  .describe(
    'A row for each text. Classification: the label, with its score in a column of its own if there is one; or JSON, as ["x", "y"] or [{"label": "x", "score": 0.9}]. Entities: JSON, as [{"start": 0, "end": 5, "label": "x", "score": 0.9}]; [] says that there are none. Only texts of the file can be answered: robustness and bias tests change texts, and need predictions for the test cases as well, which `cultivar suites generate` writes to a file.',
  )

/** Knows the texts of the file alone. @throws CultivarError `bad-file` where no column says what the texts or the predictions are. */
export const predictions = defineTarget({
  kind: 'predictions',
  summary: 'What a model said before, in a file',
  settings,
  async open(settings, context) {
    const { path } = settings
    const reading = answerReading(context, settings)
    const rows = predictionRows(path, await context.readRows(path), settings, context.task)
    const unknown = failedWith(
      'no-answer',
      `“${path}” holds no prediction for this text. Robustness and bias tests need predictions for the test cases as well: \`cultivar suites generate\` writes them to a file.`,
    )
    const differing = failedWith('bad-answer', `“${path}” holds several predictions for this text, and they differ.`)
    const find = (text: string): Predicted => {
      const [first, ...others] = (rows.get(text) ?? []).map(answer => readAnswer(answer, text, reading))
      if (!first) return unknown
      return others.every(other => canonicalJson(other) === canonicalJson(first)) ? first : differing
    }
    return {
      ...{ name: path, kind: 'predictions', task: context.task },
      async predict(texts, { signal, observe } = {}) {
        throwIfStopped(signal)
        const predicted = texts.map(find)
        observe?.({ done: texts.length, all: texts.length })
        return predicted
      },
    }
  },
})
