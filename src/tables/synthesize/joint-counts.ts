/** Counts of combinations of codes, and what two groups of columns tell of each other. */
import type { EncodedColumn } from './synthesizer.ts'

/** The combination of codes that each row has, the last column changing fastest. */
export function combinations(columns: readonly EncodedColumn[], rows: number): Int32Array {
  return columns.reduce(extended, new Int32Array(rows))
}

/** Combinations with one column more. */
export function extended(combination: Int32Array, { codes, size }: EncodedColumn): Int32Array {
  const out = new Int32Array(combination.length)
  for (let i = 0; i < out.length; i++) out[i] = combination[i]! * size + codes[i]!
  return out
}

export function combinationCount(columns: readonly EncodedColumn[]): number {
  return columns.reduce((product, column) => product * column.size, 1)
}

/** How often each code stands beside each combination: `combination · size + code`. */
export function jointCounts(combination: Int32Array, size: number, column: EncodedColumn): Float64Array {
  const counts = new Float64Array(size * column.size)
  const { codes } = column
  for (let i = 0; i < combination.length; i++) counts[combination[i]! * column.size + codes[i]!]!++
  return counts
}

interface Association {
  /** Mutual information in nats. */
  information: number
  /** Total variation between the joint distribution and that of independence. */
  distance: number
  /** Combinations that occur at all. */
  occupied: number
}

/** @param counts rows of `width` codes, as of `jointCounts`. */
export function association(counts: Float64Array, width: number): Association {
  const height = counts.length / width
  const rowSums = new Float64Array(height)
  const columnSums = new Float64Array(width)
  let total = 0
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const count = counts[row * width + column]!
      rowSums[row]! += count
      columnSums[column]! += count
    }
    total += rowSums[row]!
  }
  let information = 0
  let distance = 0
  let occupied = 0
  for (let row = 0; row < height; row++) {
    const rowSum = rowSums[row]!
    if (rowSum === 0) continue
    occupied++
    for (let column = 0; column < width; column++) {
      const count = counts[row * width + column]!
      const expected = (rowSum * columnSums[column]!) / total
      if (count > 0) information += count * Math.log(count / expected)
      if (count > expected) distance += count - expected
    }
  }
  return { information: information / total, distance: distance / total, occupied }
}
