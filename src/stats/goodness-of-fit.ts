/** Whether draws follow a distribution: Kolmogorov–Smirnov for numbers, chi-square for counts. */
import type { Distribution } from './distributions/define-distribution.ts'
import { incompleteGamma } from './special-functions-gamma.ts'

/** `p`: how often draws that do follow it would lie at least as far off. */
interface Fit {
  statistic: number
  p: number
}

/** Draws looked at one by one only where their block could hold the greatest distance. */
const blockLength = 64

/**
 * The greatest distance between the share of draws up to x and `cdf`, exactly, with the asymptotic p of Kolmogorov as Stephens (1970) corrects
 * it: from some tens of draws on. `ascending` is sorted. A draw stands for all values that round to it, so that numbers too small or
 * too close to be told apart do no harm.
 */
export function kolmogorovSmirnov(ascending: Float64Array, cdf: (x: number) => number): Fit {
  const n = ascending.length
  const low = (i: number) => cdf(neighbour(ascending[i]!, -1))
  const high = (i: number) => cdf(neighbour(ascending[i]!, 1))
  let greatest = 0
  const starts: { from: number; to: number; most: number }[] = []
  for (let from = 0; from < n; from += blockLength) {
    const to = Math.min(n, from + blockLength) - 1
    const most = Math.max((to + 1) / n - high(from), low(to) - from / n)
    greatest = Math.max(greatest, (from + 1) / n - high(from), low(from) - from / n)
    starts.push({ from, to, most })
  }
  for (const { from, to, most } of starts.sort((a, b) => b.most - a.most)) {
    if (most <= greatest) break
    for (let i = from; i <= to; i++) greatest = Math.max(greatest, (i + 1) / n - high(i), low(i) - i / n)
  }
  const root = Math.sqrt(n)
  return { statistic: greatest, p: kolmogorovTail((root + 0.12 + 0.11 / root) * greatest) }
}

/** The next number but one, to either side: differences of rounding are smaller. */
function neighbour(x: number, side: 1 | -1): number {
  return x + side * (Math.abs(x) * Number.EPSILON + Number.MIN_VALUE)
}

function kolmogorovTail(distance: number): number {
  if (distance < 0.2) return 1
  let sum = 0
  for (let k = 1; k <= 100; k++) sum += (k % 2 === 1 ? 2 : -2) * Math.exp(-2 * k * k * distance * distance)
  return Math.min(1, Math.max(0, sum))
}

/** Pearson's chi-square of counts against what was expected; neighbours are put together until five are expected. */
export function chiSquare(observed: ArrayLike<number>, expected: ArrayLike<number>): Fit & { degrees: number } {
  const cells: { seen: number; due: number }[] = []
  let open = { seen: 0, due: 0 }
  for (let i = 0; i < expected.length; i++) {
    open = { seen: open.seen + observed[i]!, due: open.due + expected[i]! }
    if (open.due < 5) continue
    cells.push(open)
    open = { seen: 0, due: 0 }
  }
  const last = cells.at(-1)
  if (last) Object.assign(last, { seen: last.seen + open.seen, due: last.due + open.due })
  const statistic = cells.reduce((sum, { seen, due }) => sum + (seen - due) ** 2 / due, 0)
  const degrees = Math.max(0, cells.length - 1)
  return { statistic, degrees, p: degrees === 0 ? 1 : incompleteGamma(degrees / 2, statistic / 2).upper }
}

/** The one of both tests that suits the distribution; cells of counts lie between its quantiles. Sorts the draws. */
export function fitOf(draws: Float64Array, distribution: Distribution): Fit {
  draws.sort()
  return distribution.discrete ? countFit(draws, distribution) : kolmogorovSmirnov(draws, distribution.cdf)
}

function countFit(ascending: Float64Array, { quantile, upperQuantile, cdf, survival, support }: Distribution): Fit {
  const shares = [1e-5, 1e-4, ...Array.from({ length: 99 }, (_, i) => (i + 1) / 200)]
  const edges = [...new Set([...shares.map(quantile), ...shares.map(upperQuantile), support[1]])].sort((a, b) => a - b)
  const observed: number[] = []
  const expected: number[] = []
  let place = 0
  for (const [i, edge] of edges.entries()) {
    const start = place
    while (place < ascending.length && ascending[place]! <= edge) place += 1
    observed.push(place - start)
    const before = edges[i - 1]
    expected.push(ascending.length * shareBetween(before, edge))
  }
  // What lies outside the support is expected never.
  if (place < ascending.length || ascending[0]! < support[0]) return { statistic: Infinity, p: 0 }
  return chiSquare(observed, expected)

  function shareBetween(before: number | undefined, edge: number): number {
    if (before === undefined) return cdf(edge)
    return cdf(before) > 0.5 ? survival(before) - survival(edge) : cdf(edge) - cdf(before)
  }
}
