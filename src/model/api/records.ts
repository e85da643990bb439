/** Records over HTTP: pages of them, decisions on them, and where each came from. */
import { z } from 'zod'
import { defineEndpoint } from './endpoint.ts'
import { job } from './jobs.ts'
import { decision, name, recordFilter, recordLineage, shownRecord, storedDecisions } from './record-shapes.ts'

const within = z.object({ project: name })
const one = z.object({ record: name.describe('Its id, or the beginning of it') })
const position = z.coerce.number<string | number>().pipe(z.int().nonnegative())
const sequence = z.int().positive()
const mostAtOnce = 1000

export const recordEndpoints = {
  listRecords: defineEndpoint({
    method: 'GET',
    path: '/projects/{project}/records',
    summary:
      'Records of the dataset that fit, in its order. A filter that no index serves is looked for a bounded while: the page may then hold fewer than asked for, none even, with `more` and `next` to go on from',
    role: 'reviewer',
    params: within,
    query: recordFilter.extend({
      after: position.optional().describe('Only records above this position'),
      from: position.optional().describe('How many that fit are passed over first; counted from `after`'),
      limit: z.coerce.number<string | number>().pipe(z.int().min(1).max(500)).default(100),
    }),
    out: z.object({
      records: z.array(shownRecord),
      next: z.int().nullable().describe('Give it as `after` to go on; null at the end'),
      more: z.boolean().describe('Whether there may be more'),
      from: z.int().describe('What of `from` is not passed over yet: give it again with `next`'),
    }),
    errors: ['not-found'],
  }),
  countRecords: defineEndpoint({
    method: 'GET',
    path: '/projects/{project}/records/count',
    summary: 'How many records fit; where no index tells, counted for a bounded while',
    role: 'reviewer',
    params: within,
    query: recordFilter.extend({ after: position.optional().describe('Only records above this position') }),
    out: z.object({
      count: z.int().describe('Of those above `after`'),
      exact: z.boolean().describe('False: counted up to `next` only'),
      next: z.int().nullable().describe('Give it as `after` and add, to go on counting'),
    }),
    errors: ['not-found'],
  }),
  showRecord: defineEndpoint({
    method: 'GET',
    path: '/records/{record}',
    summary: 'A record as it is',
    role: 'reviewer',
    params: one,
    out: shownRecord,
    errors: ['not-found'],
  }),
  recordLineage: defineEndpoint({
    method: 'GET',
    path: '/records/{record}/lineage',
    summary: 'Where a record came from: seeds, run, prompts, replies, verdicts, edits, decisions and cost',
    role: 'reviewer',
    params: one,
    out: recordLineage,
    errors: ['not-found'],
  }),
  recordFacets: defineEndpoint({
    method: 'GET',
    path: '/projects/{project}/facets',
    summary: 'What the records of a dataset can be filtered by, with how many there are of each',
    role: 'reviewer',
    params: within,
    out: z.object({
      labels: z
        .array(z.object({ name: z.string(), count: z.int() }))
        .describe('First labels, most frequent first; the empty name is that of records without a label'),
      tags: z.array(z.object({ name: z.string(), count: z.int() })).describe('Most frequent first'),
      runs: z
        .array(z.object({ run: z.string(), generator: z.string(), count: z.int(), createdMs: z.number() }))
        .describe('Newest first'),
      critics: z.array(z.string()).describe('Critics that said something of records of the runs'),
      exact: z.boolean().describe('False: there was more to count than could be at once'),
    }),
    errors: ['not-found'],
  }),
  decide: defineEndpoint({
    method: 'POST',
    path: '/projects/{project}/decisions',
    summary:
      'Stores decisions, all or none. Sent again after a lost answer, it changes nothing: what is so already counts as unchanged',
    role: 'reviewer',
    params: within,
    body: z.strictObject({
      decisions: z.array(decision).min(1).max(mostAtOnce),
      seen: z
        .record(z.string(), z.int().nonnegative())
        .optional()
        .describe('Record → its version when it was looked at: where it changed since, nothing is stored'),
    }),
    out: z.object({
      decided: z.int(),
      unchanged: z.int().describe('How many asked for what was so already'),
      first: sequence.nullable().describe('Sequences of what was stored'),
      last: sequence.nullable(),
      dropped: z
        .array(
          z.object({
            record: z.string(),
            field: z.string(),
            start: z.int(),
            end: z.int(),
            label: z.string(),
            words: z.string(),
          }),
        )
        .describe('Spans that edits cut'),
      records: z.array(shownRecord).describe('The records decided on, as they are after it'),
    }),
    errors: ['not-found', 'record-changed'],
  }),
  decideAll: defineEndpoint({
    method: 'POST',
    path: '/projects/{project}/decisions/all',
    summary:
      'Decides the same on all records that fit, as a job; its result tells how many, and the first and last sequence. `restore` takes in candidates that the filter’s run did not keep',
    role: 'reviewer',
    params: within,
    body: z.strictObject({
      filter: recordFilter,
      decision: z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.enum(['accept', 'reject', 'reset', 'restore']) }),
        z.strictObject({ kind: z.enum(['tag', 'untag']), tag: z.string() }),
        z.strictObject({ kind: z.literal('relabel'), labels: z.array(z.string()) }),
      ]),
    }),
    out: job,
    errors: ['not-found'],
  }),
  undo: defineEndpoint({
    method: 'POST',
    path: '/projects/{project}/decisions/undo',
    summary: 'Takes decisions back, all or none: one’s own last ones, those of these sequences, or a record’s last',
    role: 'reviewer',
    params: within,
    body: z.union([
      z.strictObject({ last: z.int().min(1).max(mostAtOnce) }),
      z.strictObject({ sequences: z.array(sequence).min(1).max(mostAtOnce) }),
      z.strictObject({ record: name }),
    ]),
    out: z.object({
      undone: z.int(),
      decisions: storedDecisions.describe('What was taken back, the latest first'),
      records: z.array(shownRecord).describe('The records as they are after it'),
    }),
    errors: ['not-found'],
  }),
  undoAll: defineEndpoint({
    method: 'POST',
    path: '/projects/{project}/decisions/undo/all',
    summary: 'Takes back one’s own decisions from a first to a last sequence, as a job; those changed since stay',
    role: 'reviewer',
    params: within,
    body: z.strictObject({ first: sequence, last: sequence }),
    out: job,
    errors: ['not-found'],
  }),
}
