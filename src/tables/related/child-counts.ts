/** How many children each row of a parent gets, so that they are as many as are wanted in all. */
import type { RandomStream } from '../../stats/random-stream.ts'

/** From this difference on, families grow or shrink in proportion. */
const proportionalFrom = 0.3
/** Families exchanged per family, at most, before single children are added or taken away. */
const exchanges = 4

/** Whole numbers of `wanted` in all, near the given ones. Where nobody has children, `wanted` falls on anybody. */
export function countsInAll(counts: Int32Array, wanted: number, random: RandomStream): Int32Array {
  const fitted = counts.slice()
  let sum = sumOf(fitted)
  if (fitted.length === 0) return fitted
  if (sum > 0 && Math.abs(wanted / sum - 1) > proportionalFrom) {
    const ratio = wanted / sum
    for (let row = 0; row < fitted.length; row++) fitted[row] = Math.floor(fitted[row]! * ratio + random.float())
    sum = sumOf(fitted)
  }
  // A family as large as another one is like the real ones; one child more or less may be a size that no family had.
  for (let left = exchanges * fitted.length; left > 0 && sum !== wanted; left--) {
    const row = random.int(fitted.length)
    const change = fitted[random.int(fitted.length)]! - fitted[row]!
    if (Math.abs(sum + change - wanted) >= Math.abs(sum - wanted)) continue
    fitted[row]! += change
    sum += change
  }
  const parents = fitted.reduce((count, children) => count + (children > 0 ? 1 : 0), 0)
  while (sum !== wanted) {
    const row = random.int(fitted.length)
    // Who has children may get one more or one less: so nobody’s having any changes, but where there is no other way.
    if (sum < wanted && (fitted[row]! > 0 || parents === 0)) {
      fitted[row]!++
      sum++
    } else if (sum > wanted && fitted[row]! > (wanted < parents ? 0 : 1)) {
      fitted[row]!--
      sum--
    }
  }
  return fitted
}

/**
 * Families as large as known ones, dealt out by how large each was drawn: the sizes are those of the original, and which rows have
 * large families is what was learned.
 */
export function dealtCounts(drawn: Int32Array, sizes: readonly [number, number][] | undefined): Int32Array {
  if (!sizes) return drawn
  const known = sizes.reduce((sum, [, parents]) => sum + parents, 0)
  const dealt = new Int32Array(drawn.length)
  const byDrawn = [...drawn.keys()].toSorted((a, b) => drawn[a]! - drawn[b]!)
  let [at, upTo] = [0, sizes[0]?.[1] ?? 0]
  for (const [rank, row] of byDrawn.entries()) {
    while (((rank + 0.5) / drawn.length) * known > upTo && at < sizes.length - 1) upTo += sizes[++at]![1]
    dealt[row] = sizes[at]![0]
  }
  return dealt
}

function sumOf(counts: Int32Array): number {
  return counts.reduce((sum, count) => sum + count, 0)
}

/** Each number as often as its count says, in order. */
export function repeated(counts: Int32Array): Int32Array {
  const rows = new Int32Array(sumOf(counts))
  let at = 0
  for (let row = 0; row < counts.length; row++) {
    rows.fill(row, at, at + counts[row]!)
    at += counts[row]!
  }
  return rows
}
