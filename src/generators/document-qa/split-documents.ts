/** Which split the questions about a document go to. */
import type { Split } from '../../model/record.ts'
import { randomStream } from '../../stats/random-stream.ts'

type Shares = Record<'test' | 'validation', number>

/**
 * One split for each document, in their order. A document that `known` has stays where it is; the others fill what the shares still
 * want, in an order that follows from their texts alone. Each share is met to the nearest document, and where it is above 0 gets at
 * least one as long as one is left for training.
 */
export function splitDocuments(
  documents: readonly { name: string; markdown: string }[],
  shares: Shares,
  known: ReadonlyMap<string, Split>,
): Split[] {
  const splits = documents.map(({ name }) => known.get(name))
  const rank = documents.map(({ markdown }) => randomStream(`split/${markdown}`).float())
  const free = [...documents.keys()].filter(place => splits[place] === undefined)
  free.sort((a, b) => rank[a]! - rank[b]! || a - b)
  for (const split of ['test', 'validation'] as const) {
    const wanted = shares[split] === 0 ? 0 : Math.max(1, Math.round(shares[split] * documents.length))
    let held = splits.filter(each => each === split).length
    // One is left, or nothing could be trained on.
    while (held < wanted && (free.length > 1 || (free.length === 1 && splits.includes('train')))) {
      splits[free.shift()!] = split
      held++
    }
  }
  return splits.map(split => split ?? 'train')
}
