/** Parameters of the generator `simulation`: the run, which rows of its tables become records, and what a scribe makes of them. */
import { z } from 'zod'

const variants = z
  .array(
    z.union(
      [
        z.string(),
        z.strictObject({
          text: z.string().describe('Text with {expressions} over columns'),
          when: z.string().min(1).optional().describe('Condition of the rows that it fits, such as minutes > 60'),
          weight: z.number().positive().default(1).describe('How often it is drawn, compared with the others that fit'),
        }),
      ],
      { error: 'a variant is a text, or { text, when, weight }' },
    ),
  )
  .min(1)

const written = z.union([z.string(), variants], { error: 'a text, or a list of variants' })

const templateScribe = z.strictObject({
  input: written.describe(
    'Text with {expressions} over the row’s columns, those of rows it refers to (as {machine.model}) and the choices; or a list of variants, of which each record gets one that fits',
  ),
  context: written.optional().describe('The same for the situation; left out where no variant fits'),
  output: written.describe('The same for the answer'),
  choices: z
    .record(z.string().regex(/^[\p{L}_][\p{L}\p{N}_]*$/u, 'a choice’s name is one word'), written)
    .default({})
    .describe(
      'Wordings by name, one of which is drawn for each record where a text says {name}; a choice may use those above it',
    ),
})

const providerScribe = z.strictObject({
  prompt: z.string().trim().min(1).describe('What the teacher is to write about each row, in your own words'),
  figures: z
    .enum(['of-the-row', 'any'])
    .default('of-the-row')
    .describe('of-the-row: a record with another figure than its row or the prompt has is rejected'),
  perCall: z.int().min(1).max(50).default(5).describe('Rows that one call tells of'),
  temperature: z.number().min(0).max(2).default(0.8).describe('0.2 is focused, 0.8 diverse'),
  maxOutputTokens: z.int().min(64).optional().describe('Longest reply; default: from `perCall`'),
})

export const simulationParams = z.strictObject({
  simulation: z
    .string()
    .min(1)
    .describe(
      'Name of one that is built in (see “cultivar simulations list”), or a file of your own, beside the recipe',
    ),
  parameters: z
    .record(z.string(), z.union([z.number(), z.boolean(), z.string()]))
    .default({})
    .describe('Parameters that are to be other than usual, by name'),
  steps: z.int().min(1).optional().describe('Steps of the run; default: as the simulation says'),
  seed: z.int().min(0).optional().describe('Seed of the run; default: drawn from the recipe’s seed'),
  table: z.string().min(1).optional().describe('The table whose rows become records; needed where it writes several'),
  columns: z
    .union([z.array(z.string().min(1)).min(1), z.record(z.string().min(1), z.string().min(1))], {
      error: 'columns are a list of names, or { name: expression }',
    })
    .optional()
    .describe(
      'Fields of a record: names of columns, also of rows it refers to (machine.model), or { name: expression }; default: all columns, and none where a scribe writes',
    ),
  where: z.string().min(1).optional().describe('A condition that each row fulfils, such as minutes > 60'),
  every: z.int().min(1).default(1).describe('Rows of every so many steps only'),
  rows: z.int().min(1).optional().describe('How many records; default: all rows, and ten where a teacher writes'),
  label: z.string().min(1).optional().describe('Column that is a record’s label; it is no field then'),
  source: z
    .boolean()
    .default(true)
    .describe('Whether a record says where it is from: simulation, version, parameters, seed, table, step, row'),
  scribe: z
    .union([templateScribe, providerScribe], {
      error: 'a scribe is { input, context, output, choices } with texts, or { prompt } for a teacher',
    })
    .optional()
    .describe('Makes a record of `input`, `context` and `output` out of each row'),
})

export type SimulationParams = z.infer<typeof simulationParams>
export type TemplateScribe = z.infer<typeof templateScribe>
export type ProviderScribe = z.infer<typeof providerScribe>
export type Written = z.infer<typeof written>

/** The scribe that asks a teacher, if that is the one. */
export function providerScribeOf({ scribe }: SimulationParams): ProviderScribe | undefined {
  return scribe && 'prompt' in scribe ? scribe : undefined
}

/** The scribe that fills templates, if that is the one. */
export function templateScribeOf({ scribe }: SimulationParams): TemplateScribe | undefined {
  return scribe && 'input' in scribe ? scribe : undefined
}
