/** Synthetic tables: draws, files, fitting and drawing, and how like the original they are. */
import type { Benchmark } from './benchmark.ts'
import { tablesDraws } from './tables-draws.ts'
import { tablesFiles } from './tables-files.ts'
import { tablesQuality } from './tables-quality.ts'
import { tablesSample } from './tables-sample.ts'

const parts = { draws: tablesDraws, files: tablesFiles, sample: tablesSample, quality: tablesQuality }

export const tables: Benchmark = quick =>
  Object.entries(parts).flatMap(([part, cases]) =>
    cases(quick).map(each => ({ ...each, name: `${part}: ${each.name}` })),
  )
