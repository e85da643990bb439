/** The report of a run over HTTP: what was asked for, what came of it, why, and what it cost. */
import { z } from 'zod'
import { spending } from './spending.ts'

const count = z.int().nonnegative()
const counts = z.record(z.string(), count)

const funnel = z.object({
  units: count,
  skipped: count,
  asked: count,
  proposed: count,
  rejected: counts.describe('By critic'),
  surplus: count,
  kept: count,
  restored: count.describe('Of the rejected and the surplus, what a person took into the dataset since'),
  failed: counts.describe('Units by code'),
})

const spread = z.object({
  least: z.number(),
  p05: z.number(),
  median: z.number(),
  p95: z.number(),
  greatest: z.number(),
})

const lengths = z.object({
  grown: spread,
  real: spread.optional(),
  bounds: z.array(z.number()).describe('Lower bounds of the classes, the last one open'),
  counts: z.object({ grown: z.array(count), real: z.array(count) }),
})

const diversity = z.object({
  texts: count,
  words: count,
  distinct: z.array(z.number().nullable()).describe('Share of different word 1-, 2- and 3-grams'),
  similarity: z
    .object({ texts: count, mean: z.number(), p95: z.number() })
    .describe('Of each text’s highest similarity to another of the set'),
})

const nearCopies = z.object({
  count,
  examples: z.array(z.object({ text: z.string(), of: z.string(), similarity: z.number() })),
})

const quality = z.object({
  texts: z.object({ grown: count, real: count, yardstick: count }),
  lengths: z.object({ words: lengths, characters: lengths }),
  diversity: z.object({
    grown: diversity,
    compared: z.object({ grown: diversity, real: diversity }).optional(),
  }),
  nearCopies: z.object({ threshold: z.number(), within: nearCopies, ofReal: nearCopies.optional() }),
})

const example = z.object({
  id: z.string(),
  cell: z.string(),
  labels: z.array(z.string()),
  text: z.string(),
  fields: z.record(z.string(), z.json()),
  spans: z.array(z.object({ field: z.string(), start: count, end: count, label: z.string() })),
})

export const runReport = z.object({
  run: z.string(),
  project: z.string(),
  generator: z.string(),
  state: z.string(),
  reason: z.string(),
  hint: z.string(),
  target: count,
  kept: count,
  funnel,
  cells: z.array(
    z.object({
      cell: z.string(),
      target: count,
      kept: count,
      proposed: count,
      why: z.string().optional().describe('Why it is short, if it is'),
    }),
  ),
  notes: z.array(z.string()),
  spent: spending,
  spentByModel: z.array(spending.extend({ provider: z.string().nullable(), model: z.string().nullable() })),
  durationMs: z.number(),
  createdMs: z.number(),
  updatedMs: z.number(),
  models: z.array(
    z.object({
      role: z.string(),
      provider: z.string(),
      model: z.string(),
      host: z.string(),
      loopback: z.boolean(),
      terms: z.string().optional(),
    }),
  ),
  egress: z.object({ level: z.enum(['none', 'redacted', 'allowed']), redacted: z.boolean() }).optional(),
  balance: z.array(z.object({ label: z.string(), before: count, after: count })),
  probed: z.array(z.object({ cell: z.string(), known: count, asked: count })).optional(),
  quality: quality.optional(),
  preview: z.array(example),
  rejects: z.array(example.extend({ critic: z.string(), reason: z.string() })),
  failures: z.array(z.object({ unit: count, cell: z.string(), code: z.string(), message: z.string() })),
})
