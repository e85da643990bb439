/** Stand-ins for what a text names: for each the same throughout the text, and different ones for different names. */
import type { RandomStream } from '../../stats/random-stream.ts'
import { inCaseOf } from '../in-case-of.ts'

/** The stand-in of `key`, drawn from `pool` the first time. */
export type DrawOnce = (key: string, pool: readonly string[]) => string

export function drawOnce(random: RandomStream): DrawOnce {
  const drawn = new Map<string, string>()
  const taken = new Set<string>()
  return (key, pool) => {
    const known = drawn.get(key)
    if (known !== undefined) return known
    let standIn = random.pick(pool)
    // A text may have more names than the pool; with fewer, a free one is soon found.
    for (let tries = 0; taken.has(standIn) && tries < 8; tries++) standIn = random.pick(pool)
    taken.add(standIn)
    drawn.set(key, standIn)
    return standIn
  }
}

/** Written as the name it stands in for: SMITH, Smith, and smith where the text writes all of it small. */
export function writtenAs(original: string, standIn: string): string {
  return original === original.toLowerCase() ? standIn.toLowerCase() : inCaseOf(original, standIn)
}
