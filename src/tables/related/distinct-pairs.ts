/** Keys made of references: no two rows may refer to the same rows. */
import type { RandomStream } from '../../stats/random-stream.ts'

const tries = 1_000

/**
 * Changes `links` of the last reference, by swaps first, until no two rows have equal links in all.
 *
 * @returns which rows have to go, since nothing else was left for them
 */
export function makeDistinct(links: Int32Array[], parents: number, random: RandomStream): Set<number> {
  const last = links.at(-1)!
  const rows = last.length
  const textOf = (row: number, of: number) => [...links.slice(0, -1).map(link => link[row]), of].join(' ')
  const owner = new Map<string, number>()
  const doubled: number[] = []
  for (let row = 0; row < rows; row++) {
    const text = textOf(row, last[row]!)
    if (owner.has(text)) doubled.push(row)
    else owner.set(text, row)
  }
  const dropped = new Set<number>()
  for (const row of doubled) if (!swapped(row) && !moved(row)) dropped.add(row)
  return dropped

  /** The reference is exchanged with another row’s, so that everybody is referred to as often as before. */
  function swapped(row: number): boolean {
    for (let attempt = 0; attempt < tries; attempt++) {
      const other = random.int(rows)
      if (dropped.has(other) || owner.get(textOf(other, last[other]!)) !== other) continue
      const [mine, theirs] = [textOf(row, last[other]!), textOf(other, last[row]!)]
      if (mine === theirs || owner.has(mine) || owner.has(theirs)) continue
      owner.delete(textOf(other, last[other]!))
      ;[last[row], last[other]] = [last[other]!, last[row]!]
      owner.set(mine, row)
      owner.set(theirs, other)
      return true
    }
    return false
  }

  function moved(row: number): boolean {
    for (let attempt = 0; attempt < tries; attempt++) {
      const parent = random.int(parents)
      const text = textOf(row, parent)
      if (owner.has(text)) continue
      last[row] = parent
      owner.set(text, row)
      return true
    }
    return false
  }
}
