/** Parameters of the generator `templatic`: templates, where their values come from, and how many results. */
import { z } from 'zod'
import { parseTemplateSet } from '../../text/template-check.ts'
import { parseTemplate, TemplateSyntaxError } from '../../text/template-parser.ts'
import type { TemplateIssue } from '../../text/template-set.ts'

const mostResults = 50
const mostExtra = 10
const label = z.string().min(1, 'a label needs a name')

const template = z.union(
  [
    z.string().describe('Text with {SLOTS}'),
    z.strictObject({
      text: z.string().describe('Text with {SLOTS}'),
      label: z
        .union([label, z.array(label).min(1)])
        .optional()
        .describe('Label of its records, or a list'),
    }),
  ],
  { error: 'a template is a text, or { text, label }' },
)

const value = z.union([z.string(), z.number(), z.boolean()]).transform(given => String(given).trim())

export const templaticParams = z
  .strictObject({
    templates: z
      .array(template)
      .default([])
      .describe(
        'Texts, each with or without a label. {LOC} stands for an entity of the type LOC, or for a value of `values`; twice in a template, for two of them, and {LOC#1} for the same one. {a LOC}, {2..5 LOC}, {LOC|plural}, {LOC|capital}, {LOC|upper}, {LOC|lower}; {{ and }} for braces',
      ),
    mine: z
      .int()
      .min(0)
      .max(1000)
      .default(0)
      .describe('Templates to make of the training records: their texts with slots in the place of entities'),
    values: z
      .record(z.string(), z.array(value.refine(text => text !== '', 'a value may not be empty')).min(1))
      .default({})
      .describe('Values by slot, in the place of those of the project; braces in them are plain braces'),
    mergeValues: z.boolean().default(false).describe('Draw from the project as well, where `values` has a list'),
    plain: z
      .array(z.string().min(1))
      .default([])
      .describe('Slots whose values are not marked as entities, such as weekdays'),
    results: z.int().min(1).max(mostResults).default(10).describe('Records to make of each template'),
    extra: z
      .int()
      .min(0)
      .max(mostExtra)
      .default(0)
      .describe('Rewordings of each template to have the teacher write; each gives as many results as the template'),
    text: z.string().min(1).default('text').describe('Field that holds the text'),
    temperature: z.number().min(0).max(2).default(0.7).describe('Of the rewordings: 0.2 is focused, 0.7 diverse'),
  })
  .superRefine(({ templates, mine }, context) => {
    if (templates.length === 0 && mine === 0) {
      const message = 'give templates, or say with `mine` how many to make of the training records'
      context.addIssue({ code: 'custom', path: ['templates'], message })
    }
    for (const { path, message } of issuesOf(templates)) context.addIssue({ code: 'custom', path, message })
  })
export type TemplaticParams = z.infer<typeof templaticParams>

/** The text of a template as it was given, and its labels. */
export function readTemplate(given: TemplaticParams['templates'][number]): { text: string; labels: string[] } {
  return typeof given === 'string'
    ? { text: given, labels: [] }
    : { text: given.text, labels: [given.label ?? []].flat() }
}

/** What can be said of templates before any value is known. */
function issuesOf(templates: TemplaticParams['templates']): TemplateIssue[] {
  const texts = templates.map(template => readTemplate(template).text)
  const slots = Object.fromEntries(texts.flatMap(slotsIn).map(slot => [slot, ['x']]))
  const plain = templates.map(template => (typeof template === 'string' ? template : { text: template.text }))
  return [
    ...parseTemplateSet({ templates: plain, slots }).issues,
    ...texts.flatMap((text, at) => {
      const path = ['templates', at]
      const first = texts.indexOf(text)
      if (first < at) return [{ path, message: `it is the same as template ${first + 1}: leave one of them out` }]
      if (isReadable(text) && slotsIn(text).length === 0)
        return [{ path, message: 'it has no slot: write {TYPE} where a value is to stand' }]
      return []
    }),
  ]
}

function isReadable(text: string): boolean {
  try {
    parseTemplate(text)
    return true
  } catch (error) {
    if (!(error instanceof TemplateSyntaxError)) throw error
    return false
  }
}

/** Names of the slots, each once; none if the text cannot be read. */
function slotsIn(text: string): string[] {
  return isReadable(text) ? slotsOf(text) : []
}

/** Names of a template's slots, each once, in order. Throws TemplateSyntaxError. */
export function slotsOf(text: string): string[] {
  return [...new Set(parseTemplate(text).flatMap(part => (typeof part === 'string' ? [] : [part.slot])))]
}
