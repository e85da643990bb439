/** The benchmarks there are. */
import type { Benchmark } from './benchmark.ts'
import { documents } from './documents.ts'
import { leaks } from './leak.ts'
import { models } from './models.ts'
import { nearDuplicates } from './near-duplicates.ts'
import { perturb } from './perturb.ts'
import { pipeline } from './pipeline.ts'
import { records } from './records.ts'
import { simulate } from './simulate.ts'
import { tables } from './tables.ts'
import { taxonomy } from './taxonomy.ts'
import { templatic } from './templatic.ts'

export const benchmarks: Record<string, Benchmark> = {
  documents,
  leak: leaks,
  models,
  'near-duplicates': nearDuplicates,
  perturb,
  pipeline,
  records,
  simulate,
  tables,
  taxonomy,
  templatic,
}
