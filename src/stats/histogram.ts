/** Histograms of whole numbers over classes that several samples share. */

/**
 * Lower bounds of at most `most` classes of one width (1, 2 or 5 times a power of ten) from `least` to `greatest`; the last
 * class is open. Whole numbers.
 */
export function classBounds(least: number, greatest: number, most: number): number[] {
  const width = roundWidth((greatest - least + 1) / (most - 1))
  const first = Math.floor(least / width) * width
  const count = Math.max(1, Math.floor((greatest - first) / width) + 1)
  return Array.from({ length: count }, (_, at) => first + at * width)
}

/** How many values fall into each class; those below the first bound count in the first. */
export function countByClass(bounds: readonly number[], values: Iterable<number>): number[] {
  const width = bounds.length > 1 ? bounds[1]! - bounds[0]! : 1
  const counts = bounds.map(() => 0)
  for (const value of values) {
    const at = Math.floor((value - bounds[0]!) / width)
    counts[Math.min(Math.max(at, 0), counts.length - 1)]!++
  }
  return counts
}

function roundWidth(least: number): number {
  for (let power = 1; ; power *= 10) {
    for (const step of [power, 2 * power, 5 * power]) if (step >= least) return step
  }
}
