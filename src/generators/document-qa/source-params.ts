/** The parameters that generators of questions about documents share: what is read, how it is cut, how much is asked of it. */
import { z } from 'zod'
import type { CriticChoiceInput } from '../../model/recipe.ts'

const difficulties = ['easy', 'medium', 'hard'] as const

/** A mix is a list, all alike, or weights by name. */
export function mixOf<const Name extends string>(names: readonly [Name, Name, ...Name[]]) {
  const each = z.enum(names)
  const weights = z
    .partialRecord(each, z.number().min(0).max(1_000_000))
    .refine(given => Object.values<number>(given as Record<string, number>).some(weight => weight > 0))
  return z.union([z.array(each).min(1), weights], {
    error: `a list of ${names.join(', ')}, or weights as { ${names[0]}: 3, ${names[1]}: 1 }`,
  })
}

const share = z.number().min(0).max(0.9).default(0)

export const sourceParams = {
  text: z
    .string()
    .regex(/\S/, 'the text is empty')
    .optional()
    .describe('The text to ask about, written here instead of in a document'),
  documents: z
    .array(z.string().min(1))
    .min(1)
    .optional()
    .describe(
      'Files to ask about, from the recipe’s folder on: PDF, DOCX, HTML, Markdown, text; default: the project’s documents',
    ),
  only: z
    .array(z.string().min(1))
    .min(1)
    .optional()
    .describe('Of the project’s documents, these by name or by id; default: all'),
  qaNums: z.int().min(1).max(100_000).default(5).describe('Questions kept for each document, or each chunk'),
  qa_nums: z.int().min(1).max(100_000).optional().describe('`qaNums`, as some scripts spell it'),
  per: z
    .enum(['document', 'chunk'])
    .default('document')
    .describe('What `qaNums` counts for: documents, over whose chunks questions are spread evenly, or chunks'),
  difficulty: mixOf(difficulties)
    .optional()
    .describe('Mix of easy, medium and hard, as [easy, hard] or { easy: 1, hard: 3 }; default: as they come'),
  languages: z
    .array(z.string().regex(/^[a-z]{2,3}(-[A-Z]{2}|-[A-Z][a-z]{3})?$/, 'a language is a code as en, de or zh'))
    .default([])
    .describe('Languages of questions and answers, in turn, whatever the document’s; default: the document’s own'),
  chunkTokens: z
    .int()
    .min(64)
    .max(16_000)
    .default(800)
    .describe('Most tokens of a chunk, the stretch of a document that one call is shown'),
  overlapTokens: z.int().min(0).max(4_000).default(0).describe('Tokens that a chunk repeats of the one before'),
  split: z
    .strictObject({
      test: share.describe('Share of `test`'),
      validation: share.describe('Share of `validation`'),
    })
    .refine(({ test, validation }) => test + validation < 1, { error: 'together they are less than 1' })
    .default({ test: 0, validation: 0 })
    .describe('Shares of documents whose questions go to `test` and `validation`; no document is in two splits'),
  instructions: z.string().trim().default('').describe('Anything else the teacher should know, in your own words'),
  perCall: z.int().min(1).max(50).default(10).describe('Most questions asked for in one call'),
  pipeline: z
    .string()
    .min(1)
    .optional()
    .describe('A pipeline file of your own, from the recipe’s folder on, in place of the built-in one'),
  temperature: z
    .number()
    .min(0)
    .max(2)
    .optional()
    .describe('Of the teacher; default: as the pipeline says, else what the service takes'),
  maxOutputTokens: z.int().min(256).max(32_768).optional().describe('Longest reply; default: by what is asked for'),
}

const shared = z.strictObject(sourceParams)
export type SourceParams = z.infer<typeof shared>

/** What two parameters say against each other. */
export function checkSource(given: SourceParams, context: z.RefinementCtx): void {
  const issue = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message })
  if (given.text !== undefined && given.documents) issue('documents', 'give a text or documents, not both')
  if (given.only && (given.text !== undefined || given.documents))
    issue('only', 'it chooses among the project’s documents, and the recipe brings its own')
  if (given.overlapTokens * 2 > given.chunkTokens) issue('overlapTokens', 'at most half of chunkTokens')
}

/** The critic that sees to the languages asked for, if any are. */
export function languageCritics(languages: string[], fields: string[]): CriticChoiceInput[] {
  const codes = [...new Set(languages.map(code => code.split('-')[0]!))]
  return codes.length > 0 ? [{ kind: 'language', languages: codes, fields }] : []
}
