/** The settings by which answers from outside are read; the same for every kind that gets some. */
import { z } from 'zod'

export const answerSettings = {
  labels: z
    .record(z.string(), z.string().min(1).nullable())
    .default({})
    .describe(
      'What the model’s labels are called in the dataset, as {"LABEL_0": "negative", "PERSON": "PER"}; null leaves out what has this label; one that is not named keeps its name',
    ),
  threshold: z
    .number()
    .min(0)
    .max(1)
    .optional()
    .describe(
      'Of an answer that gives the scores of all labels: take those with at least this score, as texts may have several labels; unset: the surest one alone',
    ),
  offsets: z
    .enum(['code-points', 'utf16'])
    .default('code-points')
    .describe(
      'What start and end of entities count: code points, as Python does, or UTF-16 code units, as JavaScript and Java do',
    ),
}

export type AnswerSettings = z.infer<z.ZodObject<typeof answerSettings>>
