/** Documents over HTTP. */
import { z } from 'zod'
import { defineEndpoint } from './endpoint.ts'
import { job } from './jobs.ts'

const count = z.int().nonnegative()

const documentSummary = z.object({
  id: z.string(),
  name: z.string(),
  title: z.string(),
  format: z.enum(['pdf', 'docx', 'html', 'markdown', 'text']),
  address: z.string().nullable().describe('Where it was fetched from; null for a file'),
  pages: count.describe('0 for formats without pages'),
  characters: count,
  bytes: count,
  createdMs: z.number(),
})
export type ShownDocument = z.infer<typeof documentSummary>

const documentChunk = z.object({
  number: count.describe('From 1'),
  page: count.optional().describe('The page, from 1, that it begins on'),
  text: z.string(),
  start: count.describe('Offset into the document’s Markdown, in UTF-16 code units'),
  end: count,
  headings: z.array(z.string()),
  tokens: count,
})

const params = z.object({ project: z.string() })
const one = params.extend({ document: z.string() })

export const documentEndpoints = {
  listDocuments: defineEndpoint({
    method: 'GET',
    path: '/projects/{project}/documents',
    summary: 'Documents of a project, in the order they were added',
    role: 'reviewer',
    params,
    out: z.array(documentSummary),
    errors: ['not-found'],
  }),
  addDocuments: defineEndpoint({
    method: 'POST',
    path: '/projects/{project}/documents',
    summary: 'Reads uploaded files and addresses into the project; what cannot be read is in the job’s result',
    role: 'editor',
    params,
    body: z.strictObject({
      uploads: z.array(z.string().max(100)).max(200).default([]),
      addresses: z
        .array(
          z.url({ protocol: /^https?$/, error: 'write a whole address, as https://example.org/manual.pdf' }).max(2000),
        )
        .max(50)
        .default([])
        .describe('Only public ones; the address alone is sent'),
      password: z.string().max(500).optional().describe('Opens those that are locked'),
    }),
    out: job,
    errors: ['not-found'],
  }),
  showDocument: defineEndpoint({
    method: 'GET',
    path: '/projects/{project}/documents/{document}',
    summary: 'A document as Markdown, with where its pages begin',
    role: 'reviewer',
    params: one,
    out: documentSummary.extend({
      markdown: z.string(),
      pageStarts: z.array(count).describe('Where each page begins in the Markdown, in UTF-16 code units'),
      notes: z.array(z.string()).describe('What to know of how it was read'),
    }),
    errors: ['not-found'],
  }),
  documentChunks: defineEndpoint({
    method: 'GET',
    path: '/projects/{project}/documents/{document}/chunks',
    summary: 'A document in the chunks that generators see',
    role: 'reviewer',
    params: one,
    query: z.object({
      maxTokens: z.coerce.number().int().min(20).max(8000).default(500),
      overlapTokens: z.coerce.number().int().min(0).max(2000).default(0),
    }),
    out: z.array(documentChunk),
    errors: ['not-found'],
  }),
  removeDocument: defineEndpoint({
    method: 'DELETE',
    path: '/projects/{project}/documents/{document}',
    summary: 'Removes a document; what was grown from it stays',
    role: 'editor',
    params: one,
    errors: ['not-found'],
  }),
}
