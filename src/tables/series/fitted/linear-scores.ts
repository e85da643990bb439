/** Scores on the values’ own scale, and which scale of a column moves more evenly. */
import type { Groups } from './score-column.ts'

const bins = 10

/** Values less their mean, by their standard deviation, in `rows` alone if given; NaN elsewhere stays. */
export function setLinearScores(scores: Float64Array, values: Float64Array, rows: Int32Array | undefined): void {
  const count = rows?.length ?? values.length
  let mean = 0
  let square = 0
  let known = 0
  for (let i = 0; i < count; i++) {
    const value = values[rows ? rows[i]! : i]!
    if (!Number.isFinite(value)) continue
    known++
    const shift = value - mean
    mean += shift / known
    square += shift * (value - mean)
  }
  const deviation = Math.sqrt(square / Math.max(1, known)) || 1
  for (let i = 0; i < count; i++) {
    const row = rows ? rows[i]! : i
    if (Number.isFinite(values[row])) scores[row] = (values[row]! - mean) / deviation
  }
}

/**
 * How unevenly a column steps from row to row across its levels: the coefficient of variation of mean absolute steps, by tenths of
 * the pairs’ levels. 0 for a process that is normal on this scale.
 */
export function unevenness(scores: Float64Array, { starts, regimes }: Groups): number {
  const every = Math.max(1, Math.floor(scores.length / 10_000))
  const levels: number[] = []
  const steps: number[] = []
  for (let e = 0; e + 1 < starts.length; e++) {
    for (let row = starts[e]! + 1; row < starts[e + 1]!; row += every) {
      const step = scores[row]! - scores[row - 1]!
      if (Number.isNaN(step) || (regimes && regimes[row] !== regimes[row - 1])) continue
      levels.push(scores[row]! + scores[row - 1]!)
      steps.push(Math.abs(step))
    }
  }
  if (levels.length < 20 * bins) return 0
  const edges = Float64Array.from(levels).sort()
  const sums = new Float64Array(bins)
  const counts = new Float64Array(bins)
  levels.forEach((level, i) => {
    let bin = 0
    while (bin < bins - 1 && level >= edges[Math.floor(((bin + 1) * edges.length) / bins)]!) bin++
    sums[bin]! += steps[i]!
    counts[bin]! += 1
  })
  const means = Array.from(sums, (sum, bin) => sum / counts[bin]!).filter(Number.isFinite)
  const mean = means.reduce((a, b) => a + b, 0) / means.length
  const variance = means.reduce((sum, value) => sum + (value - mean) ** 2, 0) / means.length
  return mean > 0 ? Math.sqrt(variance) / mean : 0
}
