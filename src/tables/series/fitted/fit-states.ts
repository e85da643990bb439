/** Columns of few states as chains: each state from the one before and up to three parents, chosen by what they tell. */
import type { StateColumn, StateTable } from './fitted-series.ts'
import type { Feature } from './state-features.ts'

/** A column of states by row. */
export interface States {
  writes: StateColumn['writes']
  values: (number | null)[]
  codes: Uint16Array
}

const mostParents = 3
/** Contexts of fewer rows are left to a coarser table: they would tell too much of single rows. */
const fewestRows = 5
const mostContexts = 2 ** 22
/**
 * What each further share must add to the logarithm of the likelihood. Chance adds ½; the Bayesian criterion asks for more than rare
 * states can pay, which then would not come in the bursts that they do.
 */
const priceOfShare = 2

/**
 * `lasted` is looked at last: how long a state lasts often follows from something else, which then keeps its place better.
 * `starts` are the first rows of entities, one more at the end.
 */
export function fitStates(
  { writes, values, codes }: States,
  features: Feature[],
  lasted: Feature,
  starts: Int32Array,
): StateColumn {
  const size = values.length
  const contexts = new Float64Array(codes.length)
  for (let e = 0; e + 1 < starts.length; e++) {
    for (let row = starts[e]!; row < starts[e + 1]!; row++) contexts[row] = row === starts[e] ? size : codes[row - 1]!
  }
  const chosen: Feature[] = []
  let counts = countContexts(contexts, codes, size)
  const tables = [tableOf(counts, [], 1)]
  let reach = size + 1
  const grow = (from: Feature[]) => {
    let best: { feature: Feature; contexts: Float64Array; counts: Counts; gain: number } | undefined
    for (const feature of from) {
      if (chosen.includes(feature) || reach * feature.parent.size > mostContexts) continue
      const finer = contexts.map((context, row) => context * feature.parent.size + feature.codes[row]!)
      const finerCounts = countContexts(finer, codes, size)
      const price = priceOfShare * splitShares(counts, finerCounts, feature.parent.size) * (size - 1)
      const gain = likelihood(finerCounts) - likelihood(counts) - price
      if (gain > (best?.gain ?? 0)) best = { feature, contexts: finer, counts: finerCounts, gain }
    }
    if (!best || chosen.length >= mostParents) return false
    chosen.push(best.feature)
    contexts.set(best.contexts)
    counts = best.counts
    reach *= best.feature.parent.size
    tables.unshift(tableOf(counts, chosen, fewestRows))
    return true
  }
  while (grow(features));
  grow([lasted])
  const all = new Float64Array(size)
  for (const code of codes) all[code]! += 1
  return { writes, values, tables, shares: cumulative(all) }
}

/** Rows by context and state. */
type Counts = Map<number, Float64Array>

function countContexts(contexts: Float64Array, codes: Uint16Array, size: number): Counts {
  const counts: Counts = new Map()
  for (let row = 0; row < contexts.length; row++) {
    let count = counts.get(contexts[row]!)
    if (!count) {
      count = new Float64Array(size)
      counts.set(contexts[row]!, count)
    }
    count[codes[row]!]! += 1
  }
  return counts
}

/** How many contexts more there are, of those in which the state was not certain already. */
function splitShares(coarse: Counts, fine: Counts, parts: number): number {
  const open = new Set([...coarse].filter(([, count]) => count.filter(rows => rows > 0).length > 1).map(([key]) => key))
  let split = -open.size
  for (const context of fine.keys()) if (open.has(Math.floor(context / parts))) split++
  return split
}

function likelihood(counts: Counts): number {
  let sum = 0
  for (const count of counts.values()) {
    let total = 0
    for (const rows of count) {
      if (rows === 0) continue
      total += rows
      sum += rows * Math.log(rows)
    }
    sum -= total * Math.log(total)
  }
  return sum
}

function tableOf(counts: Counts, parents: Feature[], fewest: number): StateTable {
  const known = [...counts].filter(([, count]) => count.reduce((a, b) => a + b, 0) >= fewest).sort(([a], [b]) => a - b)
  return {
    parents: parents.map(({ parent }) => parent),
    contexts: known.map(([context]) => context),
    cumulative: known.map(([, count]) => cumulative(count)),
  }
}

function cumulative(counts: Float64Array): number[] {
  const total = counts.reduce((a, b) => a + b, 0)
  let sum = 0
  const shares = Array.from(counts, count => {
    sum += count
    return sum / total
  })
  return shares
}
