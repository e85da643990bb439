/** The parameters of `few-shot`: one schema for all modes, which refuses what belongs to another mode. */
import { z } from 'zod'

const modes = ['more', 'boundary', 'wrong'] as const
type Mode = (typeof modes)[number]

/** Parameters that not every mode has. */
const modesOf = {
  label: ['more', 'wrong'],
  examples: ['more', 'boundary'],
  unlike: ['more'],
  between: ['boundary'],
  steps: ['boundary'],
  stepField: ['boundary'],
  predictions: ['wrong'],
  neighbours: ['boundary', 'wrong'],
  suspicion: ['boundary', 'wrong'],
  confirmed: ['wrong'],
} as const satisfies Record<string, readonly Mode[]>
type OwnParameter = keyof typeof modesOf

const members = z.strictObject({
  mode: z
    .enum(modes)
    .default('more')
    .describe('more: texts like the examples; boundary: graded between two labels; wrong: like what a model got wrong'),
  text: z.string().min(1).default('text').describe('Field that holds the text'),
  label: z
    .union([z.string().min(1), z.array(z.string().min(1)).min(1)])
    .optional()
    .describe(
      'Label to grow, or a list; default: those of `examples`, else every label with training records (mode wrong: with mistakes)',
    ),
  examples: z
    .union([z.array(z.string().min(1)).min(1), z.record(z.string(), z.array(z.string().min(1)).min(1))])
    .optional()
    .describe(
      'Examples to grow from, as record ids or texts: a list for the one label, or lists by label; default: all of the label',
    ),
  unlike: z
    .union([z.array(z.string().min(1)), z.record(z.string(), z.array(z.string().min(1)))])
    .optional()
    .describe(
      'Mode more: texts of other labels shown as what not to write, as record ids or texts: a list for the one label, or lists by label; default: close ones are found',
    ),
  between: z
    .array(z.string().min(1))
    .length(2, 'expected two labels, as [A, B]')
    .optional()
    .describe('Mode boundary: the two labels, as [A, B]'),
  steps: z
    .int()
    .min(2)
    .max(12)
    .multipleOf(2)
    .default(6)
    .describe(
      'Mode boundary: steps from clearly A to clearly B, half of them on either side, most of them near the middle',
    ),
  stepField: z
    .string()
    .min(1)
    .optional()
    .describe('Mode boundary: field that takes the step asked for, from 0 (clearly A) to 1 (clearly B); default: none'),
  predictions: z
    .string()
    .min(1)
    .optional()
    .describe(
      'Mode wrong: file beside the recipe (CSV, TSV, JSONL, JSON) with the columns predicted and id or text; optional: label, confidence',
    ),
  neighbours: z
    .int()
    .min(1)
    .max(50)
    .default(5)
    .describe('Modes boundary, wrong: nearest texts of either label that vote on where between the two a text belongs'),
  suspicion: z
    .number()
    .min(0.5)
    .max(1)
    .default(0.6)
    .describe(
      'Modes boundary, wrong: share of that vote for the other label from which a record is left out as perhaps mislabelled',
    ),
  confirmed: z
    .array(z.string().min(1))
    .default([])
    .describe('Mode wrong: ids of suspected records whose label is right after all; accepted records need none'),
  similar: z.int().min(0).max(50).default(8).describe('Similar texts of the label shown beside an example'),
  contrast: z.int().min(0).max(50).default(4).describe('Close texts of other labels shown as what not to write'),
  matchStyle: z.boolean().default(true).describe('Match length and style of the examples'),
  instructions: z.string().default('').describe('Anything else the teacher should know, in your own words'),
  differentFrom: z.array(z.string().min(1)).default([]).describe('Texts that new ones should be different from'),
  perCall: z.int().min(1).max(100).default(10).describe('Texts asked for in one call'),
  temperature: z.number().min(0).max(2).default(0.7).describe('0.2 is focused, 0.7 diverse'),
  maxOutputTokens: z
    .int()
    .min(16)
    .optional()
    .describe('Longest reply; default: from the number and length of the texts'),
})

const defaults: Partial<Record<OwnParameter, unknown>> = members.parse({})

export const fewShotParams = members.superRefine((given, context) => {
  const { mode, text, between, stepField, predictions, examples } = given
  const refuse = (name: string, message: string) => context.addIssue({ code: 'custom', path: [name], message })
  for (const [name, owners] of Object.entries(modesOf) as [OwnParameter, readonly Mode[]][]) {
    // A default that is written out changes nothing, so it is let pass.
    const written = JSON.stringify(given[name]) !== JSON.stringify(defaults[name])
    if (written && !owners.includes(mode)) {
      refuse(name, `belongs to mode ${owners.join(' or ')}, and the mode here is ${mode}`)
    }
  }
  if (mode === 'boundary') {
    if (!between) refuse('between', 'is missing: mode boundary needs two labels, as [A, B]')
    if (between && between[0] === between[1]) refuse('between', 'names the same label twice')
    if (Array.isArray(examples)) refuse('examples', 'must say which label they have here, as { A: […], B: […] }')
    if (stepField === text) refuse('stepField', `“${text}” holds the text already`)
  }
  if (mode === 'wrong' && predictions === undefined) {
    refuse('predictions', 'is missing: mode wrong needs a file with what the model predicted')
  }
})
export type FewShotParams = z.infer<typeof fewShotParams>

/** The texts of other labels that the recipe names for a label; undefined where close ones are found. */
export function unlikeOf({ unlike }: FewShotParams, label: string): string[] | undefined {
  return Array.isArray(unlike) ? unlike : unlike?.[label]
}
