/** What a benchmark is: named cases, each run in a process of its own, each giving figures that may have a limit. */

export interface Figure {
  name: string
  value: number
  unit: string
  limit?: { atMost: number } | { atLeast: number }
}

export interface Case {
  name: string
  /** Runs of which the median counts, figure by figure; default 1. */
  repeats?: number
  run(): Promise<Figure[]>
}

/** The cases of a benchmark; `quick` ones are small enough to try a change with. */
export type Benchmark = (quick: boolean) => Case[]

export interface Cost {
  wallMs: number
  /** Of this process alone, in user and system mode. */
  cpuMs: number
}

/** What the work takes. */
export async function costOf(work: () => unknown): Promise<Cost> {
  const startedMs = performance.now()
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return { wallMs: performance.now() - startedMs, cpuMs: (user + system) / 1000 }
}

/** The most memory this process ever held. */
export function peakMemory(limit?: Figure['limit']): Figure {
  const value = (process.resourceUsage().maxRSS * 1024) / 1e6
  return { name: 'peak memory', value, unit: 'MB', ...(limit ? { limit } : {}) }
}

export function meetsLimit({ value, limit }: Figure): boolean {
  if (!limit) return true
  return 'atMost' in limit ? value <= limit.atMost : value >= limit.atLeast
}
