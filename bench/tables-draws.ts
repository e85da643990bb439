/** A million draws of a distribution into an array, per processor second, held against numpy's `default_rng` in the same run. */
import { spawnSync } from 'node:child_process'
import { openDistribution, parseDistribution } from '../src/stats/distributions/index.ts'
import { randomStream } from '../src/stats/random-stream.ts'
import { type Benchmark, costOf, type Figure } from './benchmark.ts'

const draws = 1_000_000

/** Ours, numpy's, and how many times as many ours should be; absent where it is reported only. */
const pairs = [
  { line: 'normal(0, 1)', numpy: 'normal(0, 1, n)', atLeast: 0.8 },
  { line: 'gamma(2.5)', numpy: 'gamma(2.5, 1, n)', atLeast: 0.6 },
  { line: 'poisson(10)', numpy: 'poisson(10, n)', atLeast: 2 },
  { line: 'exponential(1)', numpy: 'exponential(1, n)' },
  { line: 'uniform(0, 1)', numpy: 'uniform(0, 1, n)' },
  { line: 'log-normal(0, 1)', numpy: 'lognormal(0, 1, n)' },
  { line: 'beta(2, 5)', numpy: 'beta(2, 5, n)' },
  { line: 'weibull(1.5)', numpy: 'weibull(1.5, n)' },
  { line: 'gamma(0.3)', numpy: 'gamma(0.3, 1, n)' },
  { line: 'poisson(1e6)', numpy: 'poisson(1e6, n)' },
  { line: 'binomial(100, 0.3)', numpy: 'binomial(100, 0.3, n)' },
  { line: 'binomial(1000000000, 0.3)', numpy: 'binomial(1000000000, 0.3, n)' },
  { line: 'negative-binomial(3, 0.1)', numpy: 'negative_binomial(3, 0.1, n)' },
  { line: 'zipf(1.5)', numpy: 'zipf(1.5, n)' },
]

export const tablesDraws: Benchmark = quick =>
  pairs.map(pair => ({ name: pair.line, repeats: quick ? 1 : 3, run: () => compare(pair, quick ? 10 : 30) }))

async function compare({ line, numpy, atLeast }: (typeof pairs)[number], passes: number): Promise<Figure[]> {
  const out = new Float64Array(draws)
  const random = randomStream('draws')
  const { fill } = openDistribution(parseDistribution(line))
  let leastMs = Infinity
  // Before and after, so that a machine that slows down slows both.
  const before = numpyRate(numpy, passes)
  for (let pass = 0; pass < passes; pass++) {
    const { cpuMs } = await costOf(() => fill(out, random))
    leastMs = Math.min(leastMs, cpuMs)
  }
  const rate = draws / leastMs / 1000
  const figures = [{ name: 'draws a processor second', value: rate, unit: 'M/s' }]
  if (before === undefined) return [...figures, { name: 'numpy is not installed: no ratio', value: 0, unit: '' }]
  const reference = Math.max(before, numpyRate(numpy, passes) ?? 0)
  return [
    ...figures,
    { name: 'numpy’s', value: reference, unit: 'M/s' },
    { name: '÷ numpy', value: rate / reference, unit: '×', ...(atLeast ? { limit: { atLeast } } : {}) },
  ]
}

/** Millions a processor second, the best of the passes; undefined where there is no Python or no numpy. */
function numpyRate(draw: string, passes: number): number | undefined {
  const script = [
    'import numpy, time',
    'r = numpy.random.default_rng(1)',
    `n = ${draws}`,
    'least = float("inf")',
    `for _ in range(${passes}):`,
    '    t = time.process_time()',
    `    r.${draw}`,
    '    least = min(least, time.process_time() - t)',
    'print(n / least / 1e6)',
  ].join('\n')
  const { stdout, status } = spawnSync('python3', ['-c', script], { encoding: 'utf8' })
  return status === 0 ? Number(stdout) : undefined
}
