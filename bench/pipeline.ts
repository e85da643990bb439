/** The pipeline from the teacher's reply to the stored record: waiting, processor time, memory. */
import type { Benchmark } from './benchmark.ts'
import { bareLoop, growByCalls } from './calls.ts'
import { findNearDuplicates } from './near-duplicates.ts'
import { growFromTemplates, proposeFromTemplates } from './templates.ts'

const ms = 200
const fixed = { kind: 'fixed', ms } as const
/** Its 99th percentile is 4.7 times the mean, its median 0.73. */
const logNormal = { kind: 'log-normal', meanMs: ms, sigma: 0.8 } as const

/** Limits are those of the design; the small sizes of `quick` are dominated by starting up, so only the first case says much there. */
export const pipeline: Benchmark = quick => {
  const few = { calls: 500, concurrency: 50, latency: fixed }
  const many = { calls: quick ? 2_000 : 10_000, concurrency: 200, latency: fixed }
  const records = quick ? 100_000 : 1_000_000
  const repeats = quick ? 1 : 3
  return [
    { name: 'few calls, bare loop on fetch', repeats, run: () => bareLoop(few) },
    { name: 'few calls', repeats, run: () => growByCalls(few, { timesIdeal: 1.15 }) },
    { name: 'many calls, bare loop on fetch', run: () => bareLoop(many) },
    { name: 'many calls', run: () => growByCalls(many, { timesIdeal: 1.3, cpuMsPerCall: 1.5 }) },
    {
      name: 'many calls, log-normal latency',
      run: () => growByCalls({ ...many, latency: logNormal }, { timesIdeal: 1.5 }),
    },
    { name: 'template, before storage', run: () => proposeFromTemplates(records, { perCpuSecond: 200_000 }) },
    {
      name: 'template, stored',
      run: () => growFromTemplates(records, { perSecond: 20_000, peakMb: 600 }),
    },
    { name: 'near duplicates', run: () => findNearDuplicates(quick ? 20_000 : 100_000) },
  ]
}
