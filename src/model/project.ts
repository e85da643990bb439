/** A project: one dataset, what it is for, and who may see its text. */
import { z } from 'zod'

const projectKinds = ['classification', 'entities', 'records', 'text'] as const

export const projectName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]{0,63}$/, 'use lower-case letters, digits, dots, dashes and underscores (at most 64)')

const labelColourCode = z.string().regex(/^#[0-9a-f]{6}$/i, 'write the colour as #1c7ed6')

export const project = z.strictObject({
  name: projectName,
  kind: z
    .enum(projectKinds)
    .default('classification')
    .describe('What a record is: one labelled text, a text with entity spans, named fields, or plain text'),
  labels: z
    .array(z.string().min(1))
    .refine(labels => new Set(labels).size === labels.length, 'name each label once')
    .default([])
    .describe('The label list, if it is closed'),
  colours: z
    .record(z.string(), labelColourCode)
    .optional()
    .describe('Colours of labels, as #1c7ed6; one without is given one by its place'),
  fields: z
    .array(z.string().min(1).max(200))
    .optional()
    .describe(
      'In a project of records, the names of its fields, as question and answer; offered where records are made',
    ),
  instructions: z
    .string()
    .default('')
    .describe('What the data is for, in a sentence or two; generators may show it to the teacher'),
  egress: z
    .enum(['none', 'redacted', 'allowed'])
    .default('allowed')
    .describe(
      'none: text goes to loopback and in-process models only; redacted: personal data is replaced first; allowed: as it is',
    ),
  embedder: z.string().optional().describe('Provider that embeds texts for similarity; without it TF-IDF is used'),
})
export type Project = z.infer<typeof project>
