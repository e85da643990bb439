/** What each kind of job ends with: names and counts of what came out. */
import { z } from 'zod'

const count = z.int().nonnegative()
const sequence = z.int().nullable()
const model = z.string().describe('Name and version: intents@2')

/** A row of a file that could not be taken. */
export const rowError = z.object({
  record: count,
  line: count.optional(),
  column: z.string().optional(),
  character: count.optional(),
  message: z.string(),
  hint: z.string(),
})
export type ShownRowError = z.infer<typeof rowError>

const jobResults = {
  import: z.object({
    added: count,
    skipped: count,
    badRows: count,
    bad: z.array(rowError).describe('The first of them'),
    notes: z.array(z.string()),
  }),
  documents: z.object({
    added: z.array(z.object({ id: z.string(), name: z.string(), notes: z.array(z.string()) })),
    present: z.array(z.object({ id: z.string(), name: z.string() })),
    failed: z.array(z.object({ name: z.string(), message: z.string(), hint: z.string() })),
  }),
  decide: z.object({ decided: count, unchanged: count, first: sequence, last: sequence }),
  undo: z.object({ undone: count, kept: count }),
  run: z.object({ run: z.string(), state: z.string(), kept: count, target: count }),
  train: z.object({ model }),
  test: z.object({ model }),
  prove: z.object({ proof: z.string() }),
  cases: z.object({ trial: z.string(), cases: count }),
  suite: z.object({ trial: z.string(), tests: count, failed: count }),
  improve: z.object({ improvement: z.string(), made: count, model: model.nullable() }),
  'fit-table': z.object({ model: z.string() }),
  'sample-table': z.object({ result: z.string() }),
  'inject-faults': z.object({ result: z.string() }),
  'compare-tables': z.object({ result: z.string() }),
  'run-simulation': z.object({ result: z.string() }),
  download: z.object({ provider: z.string(), sha256: z.string() }),
} satisfies Record<string, z.ZodObject>

export type JobKind = keyof typeof jobResults
export const jobKinds = Object.keys(jobResults) as [JobKind, ...JobKind[]]

/** What the work of a job of that kind gives. */
export type JobResult<K extends JobKind> = z.infer<(typeof jobResults)[K]>

/** What a job came to, if it is of that kind and done. */
export function resultOf<K extends JobKind>(
  job: { kind: JobKind; result: unknown },
  kind: K,
): JobResult<K> | undefined {
  if (job.kind !== kind || job.result === null) return undefined
  return jobResults[kind].parse(job.result) as JobResult<K>
}
