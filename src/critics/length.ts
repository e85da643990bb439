/** Critic `length`: a candidate should be about as long as the seeds are. */
import { z } from 'zod'
import { defineCritic, type PlanContext } from '../engine/define.ts'
import { type StoredRecord, textOf } from '../model/record.ts'
import { type Bounds, boundsOf } from './length-bounds.ts'

const params = z
  .strictObject({
    unit: z
      .enum(['characters', 'words'])
      .default('characters')
      .describe('What is counted; words are what white space parts, so use characters for Chinese, Japanese or Thai'),
    tolerance: z
      .number()
      .min(0)
      .max(10)
      .default(0.5)
      .describe('How far beyond the seeds a length may go: 0.5 is half as long again, and more if there are few seeds'),
    min: z.int().min(0).optional().describe('Least length, instead of the one found in the seeds'),
    max: z.int().min(1).optional().describe('Greatest length, instead of the one found in the seeds'),
  })
  .refine(({ min, max }) => min === undefined || max === undefined || min <= max, {
    message: '`min` must not exceed `max`',
    path: ['min'],
  })
type Params = z.infer<typeof params>

/** Below this, a cell's own seeds are too few to narrow what all seeds together allow. */
const enoughSeeds = 5

/**
 * Bounds per cell, frozen with the run: the 5 % and 95 % quantiles of the lengths of its seeds (of up to 20, the
 * extremes), widened by the factor 1 + tolerance · (1 + 2/√n), since few seeds tell little about the spread. Seeds are
 * records of the training split that a person brought or accepted; a cell's are those in it, labelled with it, or with
 * a span of it. A cell with fewer than five also takes what all seeds together allow; without any seed nothing is
 * bounded but by `min` and `max`.
 */
export const length = defineCritic({
  kind: 'length',
  summary: 'Rejects what is much shorter or longer than the seeds',
  params,
  phase: 'pure',
  async plan(context) {
    const { all, cells } = await seedLengths(context)
    const overall = boundsOf(all, context.params)
    return Object.fromEntries([...cells].map(([cell, lengths]) => [cell, cellBounds(lengths, overall, context.params)]))
  },
  open({ params, material }) {
    const bounds = material as Record<string, Bounds>
    return {
      judge(candidate) {
        const { low, high, seeds } = bounds[candidate.cell] ?? boundsOf([], params)
        const score = lengthOf(textOf(candidate), params)
        if (score >= low && (high === null || score <= high)) return { critic: 'length', pass: true, score }
        const range = high === null ? `at least ${low}` : `${low} to ${high}`
        const source = seeds > 0 ? `, by ${seeds} ${seeds === 1 ? 'seed' : 'seeds'}` : ''
        return { critic: 'length', pass: false, score, reason: `${score} ${params.unit}, outside ${range}${source}` }
      },
    }
  },
})

async function seedLengths({ params, cells, records }: PlanContext<Params> & { cells: string[] }) {
  const all: number[] = []
  const byCell = new Map<string, number[]>(cells.map(cell => [cell, []]))
  for await (const record of records()) {
    if (record.split !== 'train' || !(record.outcome === 'imported' || record.status === 'accepted')) continue
    const found = lengthOf(textOf(record), params)
    all.push(found)
    for (const cell of cellsOf(record)) byCell.get(cell)?.push(found)
  }
  return { all, cells: byCell }
}

function cellsOf(record: StoredRecord): Set<string> {
  return new Set([record.cell, ...record.labels, ...record.spans.map(span => span.label)])
}

function cellBounds(lengths: number[], overall: Bounds, params: Params): Bounds {
  if (lengths.length === 0) return overall
  const own = boundsOf(lengths, params)
  if (lengths.length >= enoughSeeds) return own
  const bounded = own.high !== null && overall.high !== null
  return {
    low: Math.min(own.low, overall.low),
    high: bounded ? Math.max(own.high!, overall.high!) : null,
    seeds: overall.seeds,
  }
}

/** Characters are UTF-16 code units, as in spans; white space at the ends does not count. */
function lengthOf(text: string, { unit }: Params): number {
  const trimmed = text.trim()
  return unit === 'characters' ? trimmed.length : (trimmed.match(/\S+/g)?.length ?? 0)
}
