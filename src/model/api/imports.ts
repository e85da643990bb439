/** Imports and exports over HTTP: what a file holds before it is imported, the import itself, and files to take away. */
import { z } from 'zod'
import { defineEndpoint } from './endpoint.ts'
import { rowError } from './job-results.ts'
import { job } from './jobs.ts'

const count = z.int().nonnegative()
const split = z.enum(['train', 'validation', 'test'])
const status = z.enum(['pending', 'accepted', 'rejected'])
const column = z.string().max(1000)

const columnRoles = ['text', 'label', 'spans', 'split', 'id', 'tags', 'field', 'left out'] as const
export type ColumnRole = (typeof columnRoles)[number]

const mapping = z.object({
  text: column.nullable().describe('Column that becomes the field text; null: none does'),
  labels: z.array(column),
  spans: column.nullable(),
  split: column.nullable(),
  id: column.nullable(),
  tags: column.nullable(),
  fields: z.union([z.array(column), z.enum(['all', 'none'])]).describe('Columns that become fields of their own'),
  offsets: z.enum(['code-points', 'utf16']).describe('What the span offsets of the file count'),
})

/** What a file to import is, as far as somebody says it; the rest is found out. */
const importChoice = z.strictObject({
  uploads: z.array(z.string().max(100)).min(1).max(50).describe('As POST /uploads named them'),
  format: z.string().max(100).optional().describe('Kind of a format; see GET /formats'),
  mapping: mapping.partial().strict().optional(),
  encoding: z.string().max(40).optional().describe('As utf-8, windows-1252'),
  delimiter: z.string().length(1).optional().describe('CSV: the character between values'),
  quote: z.enum(['"', "'", '']).optional().describe('CSV: around values; empty: quotes are ordinary characters'),
  header: z.boolean().optional().describe('CSV: whether the first row names the columns'),
  template: z.string().min(1).max(1000).optional().describe('Lines: how one is made, as "Q: {input} A: {output}"'),
  labelNames: z.array(z.string()).max(5000).optional().describe('Hugging Face: what numbers of labels stand for'),
  split: split.optional().describe('For rows that name none; default train'),
})
export type ImportChoice = z.infer<typeof importChoice>

const importPeek = z.object({
  format: z.string(),
  files: z.array(z.string()),
  columns: z.array(z.object({ name: z.string(), role: z.enum(columnRoles), values: z.array(z.string()) })),
  mapping: mapping.extend({ fields: z.union([z.array(z.string()), z.literal('rest')]), leftOut: z.array(z.string()) }),
  rows: count.describe('Good rows among those looked at'),
  more: z.boolean().describe('Whether the file has more rows than were looked at'),
  records: z
    .array(
      z.object({
        row: count,
        fields: z.record(z.string(), z.json()),
        labels: z.array(z.string()),
        spans: z.array(z.object({ field: z.string(), start: count, end: count, label: z.string() })),
        split,
        tags: z.array(z.string()),
      }),
    )
    .describe('The first rows as they would be stored'),
  badRows: count,
  bad: z.array(rowError),
  newLabels: z.array(z.string()).describe('Labels that the project’s list does not have'),
  notes: z.array(z.string()),
  lacksText: z.boolean().describe('Whether somebody has to say which column is the text'),
})
export type ShownPeek = z.infer<typeof importPeek>

const exportQuery = z.object({
  format: z.string().max(100).default('jsonl').describe('Kind of a format; see GET /formats'),
  label: z.array(z.string()).optional().describe('First labels'),
  split: z.array(split).optional(),
  status: z.array(status).optional().describe('Default: all but rejected'),
  run: z.string().max(100).optional().describe('Only what this run added'),
  template: z.string().min(1).max(1000).optional(),
  systemPrompt: z.string().max(10_000).optional(),
  offsets: z.enum(['code-points', 'utf16']).optional(),
  scheme: z.enum(['iob1', 'bio', 'bioes']).optional(),
  lineage: z.enum(['true', 'false']).optional().describe('Adds where each record came from and what it cost'),
})

const params = z.object({ project: z.string() })

export const importEndpoints = {
  listFormats: defineEndpoint({
    method: 'GET',
    path: '/formats',
    summary: 'Formats that files are read and written in',
    role: 'reviewer',
    out: z.array(
      z.object({
        kind: z.string(),
        summary: z.string(),
        extensions: z.array(z.string()).describe('Without dot'),
        isWhole: z.boolean().describe('Whether reading back gives whole records'),
        loses: z.array(z.string()).describe('Parts of a record that it cannot hold'),
        needsTemplate: z.boolean(),
      }),
    ),
  }),
  peekImport: defineEndpoint({
    method: 'POST',
    path: '/projects/{project}/imports/peek',
    summary: 'What uploaded files hold, what each column would be, and the first records as they would be stored',
    role: 'editor',
    params,
    body: importChoice,
    out: importPeek,
    errors: ['not-found', 'bad-file'],
  }),
  importUpload: defineEndpoint({
    method: 'POST',
    path: '/projects/{project}/imports',
    summary:
      'Imports uploaded files; the same file adds nothing twice. The job’s result counts added, skipped and bad rows',
    role: 'editor',
    params,
    body: importChoice.extend({
      tags: z.array(z.string().min(1).max(200)).max(50).optional().describe('Added to each record'),
      addLabels: z.boolean().default(false).describe('Puts labels that are new on the project’s list'),
    }),
    out: job,
    errors: ['not-found', 'bad-file'],
  }),
  exportRecords: defineEndpoint({
    method: 'GET',
    path: '/projects/{project}/export',
    summary: 'The project’s records as a file',
    role: 'reviewer',
    params,
    query: exportQuery.extend({
      part: z
        .enum(['records', 'beside'])
        .default('records')
        .describe('beside: the second file that the next tool needs'),
    }),
    reply: 'file',
    errors: ['not-found'],
  }),
  previewExport: defineEndpoint({
    method: 'GET',
    path: '/projects/{project}/export/preview',
    summary: 'The beginning of an export, and what its format cannot hold',
    role: 'reviewer',
    params,
    query: exportQuery,
    out: z.object({
      records: count,
      text: z.string(),
      notes: z.array(z.string()),
      looked: count.describe('Records that were looked at for the notes'),
      beside: z.string().nullable().describe('Ending of the name of a second file that the next tool needs'),
    }),
    errors: ['not-found'],
  }),
}
