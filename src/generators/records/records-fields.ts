/** The fields of a record as recipes give them: names with what they hold, of which type, within which bounds. */
import { z } from 'zod'

const types = ['text', 'number', 'integer', 'boolean', 'category', 'list', 'date'] as const
type FieldType = (typeof types)[number]

export interface Field {
  name: string
  /** Empty if the recipe does not say. */
  description: string
  type: FieldType
  /** What a category, or an entry of a list, may be. */
  values?: string[] | undefined
  /** Of a number; of a date, as YYYY-MM-DD; of a list, how many entries. */
  min?: number | string | undefined
  max?: number | string | undefined
  maxWords?: number | undefined
  optional: boolean
}

const fieldName = z
  .string()
  .regex(
    /^\p{L}[\p{L}\p{N}_.-]{0,63}$/u,
    'a field’s name begins with a letter and has letters, digits, “_”, “.” and “-”',
  )

/** A value as recipes list it; values of categories are texts. */
export const listedValue = z
  .union([z.string().trim().min(1), z.number(), z.boolean()], { error: 'a value is a text or a number' })
  .transform(String)

const bound = z.union([z.number(), z.string()])
const facts = z.strictObject({
  description: z.string().trim().default('').describe('What it holds, in your own words'),
  type: z.enum(types).optional().describe('Default: category where `values` are listed, else text'),
  values: z.array(listedValue).min(1).optional().describe('What a category, or an entry of a list, may be'),
  min: bound.optional().describe('Least number or date (YYYY-MM-DD); of a list, fewest entries'),
  max: bound.optional().describe('Greatest number or date; of a list, most entries'),
  maxWords: z.int().min(1).max(5000).optional().describe('Longest text, in words'),
  optional: z.boolean().default(false).describe('May be left out where there is nothing to say'),
})
type Facts = z.infer<typeof facts>

const checkedFacts = facts.superRefine((given, context) => {
  for (const [member, message] of misfits(given)) context.addIssue({ code: 'custom', path: [member], message })
})
const checkedEntry = facts.extend({ name: fieldName.describe('Its name') }).superRefine((given, context) => {
  for (const [member, message] of misfits(given)) context.addIssue({ code: 'custom', path: [member], message })
})

function withType({ type, ...given }: Facts & { name: string }): Field {
  return { ...given, type: type ?? (given.values ? 'category' : 'text') }
}

const description = z
  .string()
  .trim()
  .transform((text): Facts => ({ description: text, optional: false }))
const fieldMap = z
  .record(
    fieldName,
    z.union([description, checkedFacts], { error: 'a field is a description, or { description, type, … }' }),
  )
  .transform(map => Object.entries(map).map(([name, given]) => withType({ name, ...given })))
const bareName = fieldName.transform((name): Facts & { name: string } => ({ name, description: '', optional: false }))
const fieldArray = z
  .array(z.union([bareName, checkedEntry], { error: 'a field is a name, or { name, description, type, … }' }))
  .transform(list => list.map(withType))

/**
 * Accepts a map (`name: what it holds`, or `name: { description, type, … }`) or a list (`name`, or `{ name, description, … }`), in order;
 * what it makes of them, it accepts again. No name comes twice, whatever its case.
 */
export const fieldList = z
  .union([fieldArray, fieldMap], { error: 'fields are a map of names to what they hold, or a list of names' })
  .refine(fields => fields.length > 0, { error: 'give at least one field' })
  .refine(fields => new Set(fields.map(({ name }) => name.toLowerCase())).size === fields.length, {
    error: 'no field twice, whatever its case',
  })

/** What the type does not allow. */
function misfits(given: Facts): [keyof Facts, string][] {
  const type = given.type ?? (given.values ? 'category' : 'text')
  const found: [keyof Facts, string][] = []
  if (given.values && type !== 'category' && type !== 'list') {
    found.push(['values', `the type ${type} has no \`values\`: leave \`type\` out, or make it category or list`])
  }
  if (given.maxWords !== undefined && type !== 'text')
    found.push(['maxWords', `only a text has \`maxWords\`, and this is of the type ${type}`])
  for (const side of ['min', 'max'] as const) {
    const limit = given[side]
    if (limit === undefined) continue
    if (type === 'text') found.push([side, 'the length of a text is limited by `maxWords`'])
    else if (type === 'boolean' || type === 'category') found.push([side, `a ${type} has no \`${side}\``])
    else if (type === 'date' ? !isDate(limit) : typeof limit !== 'number')
      found.push([side, type === 'date' ? 'expected a date as YYYY-MM-DD' : 'expected a number'])
    else if (type === 'list' && !isCount(limit)) found.push([side, 'expected a whole number from 0, of entries'])
  }
  if (found.length === 0 && given.min !== undefined && given.max !== undefined && given.min > given.max)
    found.push(['min', '`min` must not exceed `max`'])
  return found
}

function isCount(value: unknown): boolean {
  return Number.isInteger(value) && (value as number) >= 0
}

/** A day of the calendar, as YYYY-MM-DD. */
export function isDate(value: unknown): value is string {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return false
  const time = Date.parse(`${value}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(value)
}
