/** Figures as the API gives them: scores, intervals, differences. What cannot be said is null. */
import { z } from 'zod'

export const interval = z
  .object({ low: z.number().nullable(), high: z.number().nullable() })
  .describe('95 %; null where there is too little to say')
export type ShownInterval = z.infer<typeof interval>

export const difference = z.object({ value: z.number(), interval })
export type ShownDifference = z.infer<typeof difference>

export const score = z.object({ precision: z.number(), recall: z.number(), f1: z.number() })

export const task = z.enum(['classification', 'entities'])

export const entity = z
  .object({ start: z.int(), end: z.int(), label: z.string() })
  .describe('Offsets count UTF-16 code units, end exclusive')

/** Which records are learned from and which are tested on. */
export const splitChoice = z.strictObject({
  by: z
    .enum(['records', 'tags', 'ratio'])
    .optional()
    .describe(
      'records: as they say; tags: by the tags Train and Test; ratio: by lot. Default: tags or records where they say it, else ratio',
    ),
  testShare: z.coerce
    .number()
    .gt(0)
    .lt(1)
    .optional()
    .describe('Of the real records, tested on where lots are drawn; default 0.2'),
  group: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe('Field whose records of the same value stay together; default: those of the same text do'),
})
export type SplitInput = z.infer<typeof splitChoice>

export const seed = z
  .int()
  .min(0)
  .max(2 ** 31 - 1)
  .describe('Of all that is drawn; the same seed gives the same')
