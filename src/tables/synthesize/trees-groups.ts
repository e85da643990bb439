/** Codes put into few groups, so that what depends on what can be counted. */
import type { EncodedColumn } from './synthesizer.ts'

export interface CodeGroups {
  /** The group of each code. */
  of: Uint16Array
  count: number
}

/**
 * At most `most` groups. Neighbours of an ordered column share a group, of about as many rows each; a code that fills a group is alone in it,
 * and so is null. Of a category, the most frequent codes are alone and the others share a group.
 */
export function groupCodes({ codes, size, ordered, nullCode }: EncodedColumn, most: number): CodeGroups {
  if (size <= most) return { of: Uint16Array.from({ length: size }, (_, code) => code), count: size }
  const counts = new Uint32Array(size)
  for (const code of codes) counts[code]!++
  return ordered ? neighbours(counts, nullCode, most) : mostFrequent(counts, most)
}

function neighbours(counts: Uint32Array, nullCode: number | undefined, most: number): CodeGroups {
  const of = new Uint16Array(counts.length)
  const last = nullCode ?? counts.length
  let left = counts.subarray(0, last).reduce((sum, count) => sum + count, 0)
  let groupsLeft = nullCode === undefined ? most : most - 1
  let group = 0
  let held = 0
  for (let code = 0; code < last; code++) {
    const count = counts[code]!
    const due = (left + held) / groupsLeft
    if (groupsLeft > 1 && held > 0 && (held >= due || held + count > 1.5 * due)) {
      group++
      groupsLeft--
      held = 0
    }
    of[code] = group
    held += count
    left -= count
  }
  if (nullCode !== undefined) of[nullCode] = ++group
  return { of, count: group + 1 }
}

function mostFrequent(counts: Uint32Array, most: number): CodeGroups {
  const order = Array.from(counts.keys()).sort((a, b) => counts[b]! - counts[a]! || a - b)
  const of = new Uint16Array(counts.length)
  for (const [rank, code] of order.entries()) of[code] = Math.min(rank, most - 1)
  return { of, count: most }
}
