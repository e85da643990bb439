/** The benchmarks there are. */
import type { Benchmark } from './benchmark.ts'
import { pipeline } from './pipeline.ts'

export const benchmarks: Record<string, Benchmark> = { pipeline }
