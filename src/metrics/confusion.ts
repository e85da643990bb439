/** Confusion: which label was taken for which other. */

/** How often a text of the label `gold` was given `predicted`; where a text has several labels, the first counts. */
export interface Confusion {
  gold: string
  predicted: string
  count: number
}

/** All pairs that occur, right answers included, in alphabetical order. `''` stands for none. */
export function confusionOf(gold: readonly string[][], predicted: readonly string[][]): Confusion[] {
  const counts = new Map<string, Confusion>()
  for (const [at, [right = '']] of gold.entries()) {
    const [said = ''] = predicted[at]!
    const key = JSON.stringify([right, said])
    const known = counts.get(key) ?? { gold: right, predicted: said, count: 0 }
    known.count++
    counts.set(key, known)
  }
  return [...counts.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, confusion]) => confusion)
}
