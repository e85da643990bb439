/** A pipeline: the stages from seeds to judged rows, as data that people can read and change. */
import { z } from 'zod'

const name = z.string().regex(/^[a-z0-9][a-z0-9_-]*$/, 'use lower-case letters, digits, dashes and underscores')
const temperature = z.number().min(0).max(2).optional().describe('Default: what the service takes')
const maxOutputTokens = z.int().min(16).max(32_768)
const prompt = z.string().min(1).describe('File with the prompt, beside this one')

/** A model fills fields: of the row it is given, or with `many`, of several new rows that inherit what it has. */
const write = z.strictObject({
  write: name.describe('Name of the stage'),
  prompt,
  role: z.enum(['teacher', 'critic']).default('teacher'),
  fields: z
    .record(name, z.string().min(1))
    .refine(fields => Object.keys(fields).length > 0, 'name at least one field')
    .describe('What it writes: each field with a description that the model is shown'),
  many: z.boolean().default(false).describe('Several rows in one reply'),
  count: z
    .int()
    .min(1)
    .optional()
    .describe('Rows of one reply, with `many`; default: as many as it takes to get what is asked of the unit'),
  distinct: name.optional().describe('Field in which no row of a reply may repeat another, or a seed'),
  once: z
    .boolean()
    .default(false)
    .describe('Equal questions get one answer in the whole run: for what prepares a document'),
  optional: z.boolean().default(false).describe('The row goes on without what could not be written; not with `many`'),
  temperature,
  maxOutputTokens: maxOutputTokens.default(2048),
})

/** A model grades the row; one below `keep` is rejected under the name of the stage. */
const judge = z.strictObject({
  judge: name.describe('Name of the stage, and of the critic in verdicts'),
  prompt,
  role: z.enum(['teacher', 'critic']).default('critic'),
  scale: z
    .tuple([z.int(), z.int()])
    .refine(([low, high]) => low < high, 'the lowest grade comes first')
    .optional()
    .describe('Lowest and highest grade; default: 0 and 1'),
  criteria: z
    .record(name, z.string().min(1))
    .optional()
    .describe('Instead of `scale`: points that hold (1) or not (0); the grade is their sum'),
  keep: z.number().describe('Lowest grade that is kept'),
  temperature: temperature.default(0),
  maxOutputTokens: maxOutputTokens.default(512),
})

/** Looks at the row without a model; what fails is rejected under the name of the stage. */
const check = z.strictObject({
  check: name.describe('Name of the stage, and of the critic in verdicts'),
  by: z.enum(['verbatim', 'options', 'matches']).describe('What is checked'),
  field: name.describe('Field that is looked at'),
  in: name.optional().describe('`verbatim`: the field it must be found in'),
  pattern: z.string().optional().describe('`matches`: a regular expression for the whole value'),
})

/** Fills fields by templates: `{{name}}` is the value of a field. */
const set = z.strictObject({ set: z.record(name, z.string()) })

/** Makes a row several: one for each variant of a text. */
const vary = z.strictObject({
  vary: name.describe('Field that gets the name of the variant'),
  field: name.describe('Field that gets its text'),
  from: z.record(name, name).describe('Name of each variant, and the field its text is in'),
})

const stage = z.union([write, judge, check, set, vary])

/** A pipeline file. */
export const pipelineFile = z.strictObject({
  name: z.string().min(1).describe('As reports show it'),
  summary: z.string().min(1).describe('What it does, in a sentence'),
  slots: z.array(name).describe('What the generator gives it: all that its first stage may use'),
  stages: z.array(stage).min(1),
})
export type PipelineFile = z.infer<typeof pipelineFile>

/** A prompt with its slots still open. */
export interface PromptText {
  /** `id@version`. */
  id: string
  system: string
  user: string
}

type Prompted<T> = Omit<T, 'prompt'> & { prompt: PromptText }
export type WriteStage = Prompted<z.infer<typeof write>>
export type JudgeStage = Prompted<z.infer<typeof judge>>
export type CheckStage = z.infer<typeof check>
export type SetStage = z.infer<typeof set>
export type VaryStage = z.infer<typeof vary>
export type Stage = WriteStage | JudgeStage | CheckStage | SetStage | VaryStage

/** A pipeline with its prompts read: plain JSON, so that it can be frozen with a run. */
export type Pipeline = Omit<PipelineFile, 'stages'> & { stages: Stage[] }

/** What fills a slot: text, a number, or examples, each with named parts. Empty ones leave no trace in the prompt. */
export type SlotValue = string | number | Record<string, string>[]
