/** Between which lengths a text is taken to be like its seeds. */

export type Bounds = {
  low: number
  /** Null: no upper bound. */
  high: number | null
  /** How many seeds they come from. */
  seeds: number
}

interface BoundsChoice {
  /** How far beyond the seeds a length may go: 0.5 is half as long again. */
  tolerance: number
  /** Given by a person. */
  min?: number | undefined
  max?: number | undefined
}

/**
 * The 5 % and 95 % quantiles of the lengths (of up to 20, the extremes), widened by the factor 1 + tolerance · (1 + 2/√n), since few
 * seeds tell little about the spread.
 */
export function boundsOf(lengths: readonly number[], { tolerance, min, max }: BoundsChoice): Bounds {
  const sorted = lengths.toSorted((a, b) => a - b)
  const seeds = sorted.length
  if (seeds === 0) return { low: min ?? 0, high: max ?? null, seeds }
  const factor = 1 + tolerance * (1 + 2 / Math.sqrt(seeds))
  const low = Math.floor(sorted[Math.floor(0.05 * (seeds - 1))]! / factor)
  const high = Math.ceil(sorted[Math.ceil(0.95 * (seeds - 1))]! * factor)
  // What a person gives wins: a bound of the seeds that contradicts it would reject everything.
  return {
    low: min ?? (max !== undefined && max < low ? 0 : low),
    high: max ?? (min !== undefined && min > high ? null : high),
    seeds,
  }
}
