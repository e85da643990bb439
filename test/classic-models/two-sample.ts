/** Whether two samples of figures may come from the same model: Welch’s t-test, with one level over all comparisons together. */
import { incompleteBeta } from '../../src/stats/special-functions-beta.ts'

/** What is known of a sample: its mean, its standard deviation, its size, and to how much its figures were rounded. */
export interface Sample {
  mean: number
  sd: number
  size: number
  rounding?: number
}

export interface Comparison {
  name: string
  one: Sample
  other: Sample
}

/** Where a sample does not vary, the other’s mean may be so far away. */
const nearEnough = 0.002

export function sampleOf(values: number[]): Sample {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return { mean, sd: Math.sqrt(squares / (values.length - 1)), size: values.length }
}

/** Those that differ at the level shared evenly by all (Bonferroni), each as a line for people. */
export function differing(comparisons: Comparison[], level = 0.01): string[] {
  return comparisons
    .filter(({ one, other }) => !(agreement(one, other) >= level / comparisons.length))
    .map(
      ({ name, one, other }) =>
        `${name}: ${one.mean.toFixed(4)} ± ${one.sd.toFixed(4)} and ${other.mean.toFixed(4)} ± ${other.sd.toFixed(4)}, p = ${agreement(one, other).toExponential(1)}`,
    )
}

/** How likely equal means would be at least so far apart (Welch 1947); 1 or 0 where a sample does not vary. */
function agreement(one: Sample, other: Sample): number {
  const rounding = (one.rounding ?? 0) + (other.rounding ?? 0)
  const apart = Math.max(0, Math.abs(one.mean - other.mean) - rounding)
  if (one.sd === 0 || other.sd === 0) return apart <= nearEnough ? 1 : 0
  const [a, b] = [(one.sd + rounding) ** 2 / one.size, (other.sd + rounding) ** 2 / other.size]
  const t = apart / Math.sqrt(a + b)
  const freedom = (a + b) ** 2 / (a ** 2 / (one.size - 1) + b ** 2 / (other.size - 1))
  const share = freedom / (freedom + t * t)
  return incompleteBeta(freedom / 2, 0.5, share, 1 - share).lower
}
