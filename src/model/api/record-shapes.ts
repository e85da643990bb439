/** Records, decisions and lineages as the API shows and takes them. */
import { z } from 'zod'

const fields = z.record(z.string(), z.json())
const offset = z.int().nonnegative()
const splits = ['train', 'validation', 'test'] as const
const statuses = ['pending', 'accepted', 'rejected'] as const
const outcomes = ['kept', 'rejected', 'surplus', 'imported', 'restored'] as const

const span = z.object({
  field: z.string(),
  start: offset.describe('In UTF-16 code units'),
  end: offset.describe('Exclusive'),
  label: z.string(),
})

const verdict = z.object({
  critic: z.string(),
  pass: z.boolean(),
  score: z.number().optional().describe('On the critic’s own scale'),
  reason: z.string().optional(),
  mended: z.boolean().optional().describe('Whether the critic put other content in the candidate’s place'),
})

export const shownRecord = z.object({
  id: z.string(),
  project: z.string(),
  position: z.int().nullable().describe('Place in the dataset’s order; null while it is not part of it'),
  outcome: z.enum(outcomes),
  status: z.enum(statuses),
  split: z.enum(splits),
  fields,
  labels: z.array(z.string()),
  spans: z.array(span),
  tags: z.array(z.string()),
  cell: z.string(),
  verdicts: z.array(verdict),
  run: z.string().nullable(),
  source: z.string().nullable().describe('Of imported records: file and row'),
  createdMs: z.number(),
  version: z.int().nonnegative().describe('Sequence of the last decision on it, undo included; 0 if there is none'),
})
export type ShownRecord = z.infer<typeof shownRecord>

const score = z.coerce.number<string | number>().pipe(z.number())

/** Each member narrows further; of one that is a list, any of its values will do, but of tags all of them. */
export const recordFilter = z.strictObject({
  search: z
    .string()
    .max(1000)
    .optional()
    .describe('Stands in one of the texts or values of its fields, in any case of letters'),
  label: z.array(z.string()).max(200).optional().describe('First label; an empty one means without'),
  tag: z.array(z.string()).max(50).optional().describe('All of them'),
  status: z.array(z.enum(statuses)).optional(),
  outcome: z.array(z.enum(['imported', 'kept', 'restored'])).optional(),
  split: z.array(z.enum(splits)).optional(),
  run: z.string().optional(),
  critic: z.string().optional().describe('Has a verdict of this critic'),
  minScore: score.optional().describe('… with at least this score; without `critic`, of any'),
  maxScore: score.optional(),
})
export type RecordSearch = z.infer<typeof recordFilter>

/** PostgreSQL takes no text with NUL, and nothing has such a name. */
export const name = z
  .string()
  .min(1)
  .refine(text => !text.includes('\0'), 'a name holds no NUL')
const record = name

export const decision = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.enum(['accept', 'reject', 'reset', 'restore']), record }),
  z.strictObject({ kind: z.enum(['tag', 'untag']), record, tag: z.string() }),
  z.strictObject({ kind: z.literal('relabel'), record, labels: z.array(z.string()) }),
  z
    .strictObject({
      kind: z.literal('edit'),
      record,
      fields: fields.describe('New values of some fields'),
      spans: z.array(span).optional().describe('All spans of these fields; without it they are moved along'),
    })
    .check(({ value: { fields, spans = [] }, issues }) => {
      for (const [at, { field, start, end }] of spans.entries()) {
        const text = Object.hasOwn(fields, field) ? fields[field] : undefined
        if (typeof text === 'string' && start < end && end <= text.length) continue
        const message = 'a span must stand in a text among these fields'
        issues.push({ code: 'custom', message, path: ['spans', at], input: spans[at] })
      }
    }),
])

/** What a decision changes, as it was or became; only what changed is there. */
const changed = z.object({
  status: z.enum(statuses).optional(),
  tags: z.array(z.string()).optional(),
  content: z.object({ fields, labels: z.array(z.string()), spans: z.array(span) }).optional(),
  position: z.int().nullable().optional(),
  outcome: z.enum(outcomes).optional(),
})

export const storedDecisions = z.array(
  z.object({
    sequence: z.int(),
    record: z.string(),
    kind: z.enum(['accept', 'reject', 'reset', 'edit', 'relabel', 'tag', 'untag', 'restore', 'undo']),
    before: changed,
    after: changed,
    who: z.string(),
    atMs: z.number(),
    undone: z.int().nullable().describe('Sequence of the decision that took it back'),
  }),
)

const spending = z.object({ calls: z.int(), tokens: z.int(), nanoUsd: z.int() })

const call = z.object({
  key: z.string(),
  role: z
    .enum(['proposed', 'judged', 'unit'])
    .describe('Gave the record, led to a verdict on it, or was made by its unit besides'),
  critic: z.string().optional().describe('Who judged'),
  provider: z.string(),
  model: z.string(),
  request: z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('chat'),
      messages: z.array(z.object({ role: z.enum(['system', 'user', 'assistant']), content: z.string() })),
      schema: z.record(z.string(), z.json()).optional(),
      temperature: z.number().optional(),
      maxOutputTokens: z.number(),
    }),
    z.object({ kind: z.literal('embed'), texts: z.array(z.string()) }),
  ]),
  reply: z.object({
    text: z.string(),
    finish: z.enum(['stop', 'length', 'refused']),
    inputTokens: z.number(),
    outputTokens: z.number(),
  }),
  tokens: z.number(),
  nanoUsd: z.number(),
  createdMs: z.number(),
  attempts: z.array(
    z.object({
      state: z.enum(['open', 'settled', 'lost']),
      charged: spending,
      fault: z.string().nullable(),
    }),
  ),
})

export const recordLineage = z.object({
  record: shownRecord,
  run: z
    .object({
      id: z.string(),
      generator: z.string(),
      state: z.string(),
      createdMs: z.number(),
      recipe: z.record(z.string(), z.json()),
      versions: z.record(z.string(), z.string()).describe('Of engine, generator, critics, prompts and files'),
    })
    .nullable()
    .describe('Null for what was imported, or whose run was removed'),
  unit: z.object({ ordinal: z.int(), round: z.int(), cell: z.string(), asks: z.int(), state: z.string() }).nullable(),
  seeds: z.array(shownRecord).describe('Records it was made from, as they are now'),
  steps: z
    .array(
      z.object({
        kind: z.string(),
        field: z.string(),
        edits: z.array(z.object({ start: offset, end: offset, text: z.string() })),
        before: z.string().nullable().describe('The field’s text before; null where its source is gone'),
        after: z.string().nullable(),
      }),
    )
    .describe('What was done to the first of the seeds to make it'),
  verdicts: z.array(verdict),
  calls: z.array(call),
  decisions: storedDecisions.describe('What people decided on it, in order; what was taken back too'),
  cost: spending.describe('Of all calls, failed and lost attempts included'),
  sharedBy: z.int().describe('How many candidates came from the call that proposed it: they share its cost'),
})
export type ShownLineage = z.input<typeof recordLineage>
