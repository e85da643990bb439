/** What a recipe says to `records`, with everything in it that contradicts itself found before a call is sent. */
import { z } from 'zod'
import { CultivarError } from '../../model/error.ts'
import { type Cells, cellsOf } from './records-cells.ts'
import { exampleFault } from './records-examples.ts'
import { fieldList, listedValue } from './records-fields.ts'

export const params = z
  .strictObject({
    role: z
      .string()
      .trim()
      .default('')
      .describe('Who the teacher is to be, as in “an industrial engineer with extensive expertise in production”'),
    instruction: z.string().trim().min(1).describe('What records to write, in your own words and in any language'),
    fields: fieldList
      .prefault({
        input: 'a question or a task, as the people concerned would put it',
        context: 'the situation, with the facts and figures that an answer needs',
        output: 'the full answer, which follows from the context',
      })
      .describe(
        'Fields of a record, in order: `name: what it holds`, or `name: { description, type, values, min, max, maxWords, optional }`; types are text, number, integer, boolean, category, list, date',
      ),
    quotas: z
      .record(
        z.string(),
        z
          .record(z.string(), z.int().min(0).max(1_000_000))
          .refine(counts => Object.keys(counts).length > 0, { error: 'give a number to at least one value' }),
      )
      .default({})
      .describe(
        'Exact numbers of records by value of a field, as in { sentiment: { negative: 2, positive: 8 } }; they are the target. Several fields: each number holds, and values are mixed evenly',
      ),
    grid: z
      .record(
        z.string().regex(/^[^,="\n]+$/, 'an attribute’s name has no comma, equals sign or quotation mark'),
        z
          .array(listedValue)
          .min(1)
          .refine(values => new Set(values).size === values.length, { error: 'no value twice' }),
      )
      .default({})
      .describe(
        'Attributes of which every combination is asked for alike, as in { machine: [press, lathe], shift: [day, night] }; stored where a field has the name',
      ),
    label: z.string().optional().describe('Field whose value also becomes the label of the record'),
    personas: z
      .array(z.string().trim().min(1))
      .default([])
      .describe('Points of view for variety, as in “a shift leader, new to the plant”: each call takes one by chance'),
    examples: z
      .union(
        [
          z.array(z.record(z.string(), z.unknown())).min(1).max(50),
          z.strictObject({ fromProject: z.int().min(1).max(50).describe('How many training records a call shows') }),
        ],
        { error: 'examples are a list of records, or { fromProject: HOW MANY }' },
      )
      .optional()
      .describe('Records that show the style: written here, or { fromProject: 5 } to draw from the training records'),
    instructions: z.string().trim().default('').describe('Anything else the teacher should know, in your own words'),
    perCall: z
      .int()
      .min(1)
      .max(100)
      .default(10)
      .describe('Records asked for in one call, fewer if they would not fit a reply; the target says how many in all'),
    temperature: z.number().min(0).max(2).default(0.8).describe('0.2 is focused, 0.8 diverse'),
    maxOutputTokens: z
      .int()
      .min(64)
      .optional()
      .describe(
        'Longest reply; default: from the fields and their `maxWords` (without it, 50 words of a text are assumed)',
      ),
  })
  .superRefine((given, context) => {
    if (context.issues.length > 0) return
    const { found, issues } = cellsOf(given)
    for (const { path, message } of issues) context.addIssue({ code: 'custom', path, message })
    if (!found || !Array.isArray(given.examples)) return
    for (const [at, example] of given.examples.entries()) {
      const message = exampleFault(example, found.fields)
      if (message !== undefined) context.addIssue({ code: 'custom', path: ['examples', at], message })
    }
  })
export type Params = z.infer<typeof params>

/** Units of a run share one parameter object, so its cells are made once. */
const designs = new WeakMap<Params, Cells>()

/** Its fields and cells. */
export function designOf(params: Params): Cells {
  const known = designs.get(params)
  if (known) return known
  const { found, issues } = cellsOf(params)
  if (!found) {
    throw new CultivarError('bad-recipe', issues.map(({ message }) => message).join('; '), 'Correct the parameters.')
  }
  designs.set(params, found)
  return found
}
