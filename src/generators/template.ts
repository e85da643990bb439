/** The generator `template`: texts from templates with slots, with labels and exact entity spans; it needs no model. */
import { z } from 'zod'
import { defineGenerator } from '../engine/define.ts'
import { CultivarError } from '../model/error.ts'
import { type CompiledTemplates, compileTemplates } from '../text/template.ts'
import { type Expansion, expandTemplate } from '../text/template-expansion.ts'

const weight = z
  .number()
  .positive('a weight must be above 0; to turn something off, leave it out')
  .default(1)
  .describe('How often it is drawn, compared with the others')
const entity = z
  .string()
  .min(1, 'an entity needs a name, such as BRAND')
  .describe(
    'Entity type: each place where the value stands becomes a span with this label, article and number left out',
  )
const valueText = z.union([z.string(), z.number(), z.boolean()])

const valueExpected =
  'a value is a text, a number, or { value, weight, plural, label, entity }; write "" for an empty one'

const slotValue = z.union(
  [
    valueText.describe('The value; it may hold slots itself'),
    z.strictObject({
      value: valueText.describe('The value; it may hold slots itself'),
      weight,
      plural: z.string().optional().describe('Its plural, where the rules of English would get it wrong'),
      label: z
        .string()
        .min(1, 'a label needs a name')
        .optional()
        .describe('Label that a record takes from this value, instead of its template’s'),
      entity: entity.optional(),
    }),
  ],
  { error: valueExpected },
)
const slotValues = z.array(slotValue).min(1, 'a slot needs at least one value')

const slot = z.union(
  [
    slotValues.describe('The values'),
    z.strictObject({
      entity: entity.optional(),
      values: slotValues.describe('The values'),
    }),
  ],
  {
    error: ({ input }) => (Array.isArray(input) ? valueExpected : 'a slot is a list of values, or { entity, values }'),
  },
)

const templateDefinition = z.union(
  [
    z.string().describe('Text with {slots}'),
    z.strictObject({
      text: z.string().optional().describe('Text with {slots}'),
      fields: z
        .record(z.string().min(1, 'a field needs a name'), z.string())
        .refine(fields => Object.keys(fields).length > 0, 'give at least one field')
        .optional()
        .describe(
          'Instead of text: several named fields, each a text with {slots}; {slot#1} is the same in all of them',
        ),
      label: z.string().min(1, 'a label needs a name').optional().describe('Label of its records, and their cell'),
      weight,
    }),
  ],
  { error: 'a template is a text, or { text, label, weight }, or { fields, label, weight }' },
)

const params = z
  .strictObject({
    templates: z
      .array(templateDefinition)
      .min(1, 'give at least one template')
      .describe(
        'Texts to fill in: {slot}, {a slot}, {A slot}, {2..5 slot}, {slot|plural}, {slot|capital}, {slot|upper}, {slot|lower}, {slot#1} to repeat a draw, {{ and }} for braces',
      ),
    slots: z.record(z.string(), slot).default({}).describe('Values by slot name; values may hold slots'),
  })
  .superRefine((set, context) => {
    if (context.issues.length > 0) return
    for (const { path, message } of compileTemplates(set).issues) context.addIssue({ code: 'custom', path, message })
  })
type Params = z.infer<typeof params>

/** Units of a run share one parameter object, so it is compiled once. */
const compiledSets = new WeakMap<Params, CompiledTemplates>()

function compiledOf(set: Params): CompiledTemplates {
  const known = compiledSets.get(set)
  if (known) return known
  const { compiled, issues } = compileTemplates(set)
  if (!compiled) {
    throw new CultivarError('bad-recipe', issues.map(issue => issue.message).join('; '), 'Correct the templates.', {
      issues,
    })
  }
  compiledSets.set(set, compiled)
  return compiled
}

/** The cell where no text has a label. */
const onlyCell = 'all'
const perUnit = 500
/** Draws a unit spends on a candidate, at most, before it gives up finding texts it has not yet. */
const triesPerCandidate = 10
const cellsNoted = 10

export const template = defineGenerator<Params>({
  kind: 'template',
  summary: 'Fills templates from slots of weighted values, with labels and exact entity spans; no model needed',
  params,

  plan({ params }) {
    const { cells, unusedSlots } = compiledOf(params)
    const ways = [...cells].map(([label, cell]) => ({ label, ways: cell.ways }))
    const total = ways.reduce((sum, cell) => sum + cell.ways, 0n)
    const notes = [`At most ${counted(total, 'different record')} possible`]
    const fewest = ways.toSorted((a, b) => (a.ways < b.ways ? -1 : a.ways > b.ways ? 1 : 0)).slice(0, cellsNoted)
    if (ways.length > 1)
      notes.push(...fewest.map(cell => `${cell.label}: at most ${cell.ways.toLocaleString('en-US')}`))
    if (unusedSlots.length > 0) notes.push(`Used by no template: ${unusedSlots.join(', ')}`)
    return { cells: [...cells.keys()].map(label => label ?? onlyCell), material: null, perUnit, notes }
  },

  propose({ params, cell, asks, random }) {
    const templates = compiledOf(params)
    const label = templates.cells.has(null) ? null : cell
    const possible = templates.cells.get(label)?.ways
    if (possible === undefined) {
      throw new CultivarError(
        'bad-input',
        `No template gives the label "${cell}"`,
        'Target one of the labels in the templates.',
      )
    }
    const proposals = new Map<string, Expansion>()
    const most = possible < BigInt(asks) ? Number(possible) : asks
    for (let tries = asks * triesPerCandidate; tries > 0 && proposals.size < most; tries--) {
      const expansion = expandTemplate(templates, label, random)
      const identity = identityOf(expansion)
      if (!proposals.has(identity)) proposals.set(identity, expansion)
    }
    return [...proposals.values()]
  },
})

/** Within a unit the same fields are proposed once. */
function identityOf({ fields }: Expansion): string {
  const names = Object.keys(fields)
  return names.length === 1 ? fields[names[0]!]! : JSON.stringify(fields)
}

function counted(number: bigint, noun: string): string {
  return `${number.toLocaleString('en-US')} ${noun}${number === 1n ? '' : 's'}`
}
