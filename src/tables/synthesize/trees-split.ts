/**
 * Finds the split of a node that tells most of a column (Breiman et al. 1984, Classification and regression trees), if it tells more than
 * chance would: by as much as the split takes to describe (Rissanen 1978, Modeling by shortest data description). What it tells beyond that is
 * of the world, what it tells below is of these rows alone, and would draw the rows that are made towards them.
 */
import type { EncodedColumn, EncodedTable } from './synthesizer.ts'
import type { CodeGroups } from './trees-groups.ts'

export interface NodeSplit {
  by: number
  /** 1 for codes of column `by` that go left; of ordered ones, all up to `upTo`. */
  goesLeft: Uint8Array
  upTo?: number
}

/** Rows on either side at least. */
const leastRows = 50
/** The same where the target is a flag: what 20 rows share is no one's, and rare flags, such as failures, have few rows on their side. */
const leastRowsOfFlag = 20
/** Of larger nodes, so many rows are looked at. */
const mostLookedAt = 32_768

interface Target {
  groupOf: Uint16Array
  groups: number
  leastRows: number
}

interface Cut {
  /** In nats, less what the choice among all cuts of the column costs. */
  gain: number
  by: number
  /** Of the codes in the order they were cut in. */
  last: number
}

/** Counts of one node; `entropySum` is Σ n ln n of the groups. */
interface NodeCounts {
  rows: Uint32Array
  /** The group of the target, row by row. */
  groups: Uint16Array
  all: Int32Array
  entropySum: number
  leastRows: number
}

export class SplitFinder {
  readonly #columns: readonly EncodedColumn[]
  /** n ln n. */
  readonly #entropy: Float64Array
  /** How many rows have a code and a group, and how many have the code; all 0 between uses. */
  readonly #counts: Int32Array
  readonly #totals: Int32Array
  /**
   * In nats, of the share that each further group has of its own in a new leaf: ¼ ln n. Twice that (Schwarz 1978, Estimating the dimension of a
   * model) loses what columns say of each other; 1 (Akaike 1974) draws rows that lie too near to those learned from.
   */
  readonly #costOfShare: number

  /** @param groups most groups of a target. */
  constructor({ columns, rows }: EncodedTable, groups: number) {
    this.#columns = columns
    this.#costOfShare = Math.log(rows) / 4
    this.#entropy = Float64Array.from({ length: mostLookedAt + 1 }, (_, n) => (n === 0 ? 0 : n * Math.log(n)))
    const widest = columns.reduce((most, { size }) => Math.max(most, size), 0)
    this.#counts = new Int32Array(widest * groups)
    this.#totals = new Int32Array(widest)
  }

  find(rows: Uint32Array, target: Target, predictors: readonly number[]): NodeSplit | undefined {
    if (rows.length < 2 * target.leastRows) return undefined
    const node = this.#countNode(rows, target)
    const present = node.all.reduce((sum, count) => sum + Number(count > 0), 0)
    let best: Cut = { gain: (present - 1) * this.#costOfShare, by: -1, last: -1 }
    if (present < 2) return undefined
    for (const by of predictors) {
      const cut = this.#bestCut(by, node)
      if (cut && cut.gain > best.gain) best = cut
    }
    return best.by < 0 ? undefined : this.#asSplit(best, node)
  }

  #countNode(rows: Uint32Array, { groupOf, groups, leastRows }: Target): NodeCounts {
    const step = Math.ceil(rows.length / mostLookedAt)
    const looked =
      step === 1 ? rows : Uint32Array.from({ length: Math.floor(rows.length / step) }, (_, i) => rows[i * step]!)
    const all = new Int32Array(groups)
    const ofRows = new Uint16Array(looked.length)
    for (let i = 0; i < looked.length; i++) {
      const group = groupOf[looked[i]!]!
      ofRows[i] = group
      all[group]!++
    }
    return {
      rows: looked,
      groups: ofRows,
      all,
      entropySum: all.reduce((sum, count) => sum + this.#entropy[count]!, 0),
      leastRows,
    }
  }

  #bestCut(by: number, node: NodeCounts): Cut | undefined {
    const order = this.#countCodes(by, node)
    const { all, rows, leastRows } = node
    const groups = all.length
    const entropy = this.#entropy
    const left = new Int32Array(groups)
    let inLeft = 0
    let sumLeft = 0
    let sumRight = node.entropySum
    let highest = Number.NEGATIVE_INFINITY
    let last = -1
    for (let place = 0; place + 1 < order.length; place++) {
      const code = order[place]!
      inLeft += this.#totals[code]!
      if (rows.length - inLeft < leastRows) break
      for (let group = 0, at = code * groups; group < groups; group++, at++) {
        const count = this.#counts[at]!
        if (count === 0) continue
        const before = left[group]!
        const after = before + count
        const total = all[group]!
        sumLeft += entropy[after]! - entropy[before]!
        sumRight += entropy[total - after]! - entropy[total - before]!
        left[group] = after
      }
      if (inLeft < leastRows) continue
      const sum = sumLeft - entropy[inLeft]! + sumRight - entropy[rows.length - inLeft]!
      if (sum > highest) {
        highest = sum
        last = place
      }
    }
    this.#clear(order, groups)
    if (last < 0) return undefined
    const cuts = this.#columns[by]!.ordered ? Math.log(order.length) : (order.length - 1) * Math.LN2
    return { gain: highest - node.entropySum + entropy[rows.length]! - cuts, by, last }
  }

  /** Counts the node's rows by code and group; gives the codes there are, in the order they are cut in. */
  #countCodes(by: number, { rows, groups, all }: NodeCounts): Int32Array {
    const { codes, ordered } = this.#columns[by]!
    const [counts, totals] = [this.#counts, this.#totals]
    const present = new Int32Array(Math.min(totals.length, rows.length))
    let found = 0
    for (let i = 0; i < rows.length; i++) {
      const code = codes[rows[i]!]!
      if (totals[code]!++ === 0) present[found++] = code
      counts[code * all.length + groups[i]!]!++
    }
    const order = present.subarray(0, found)
    return ordered ? order.sort() : this.#byMainDifference(order, all, rows.length)
  }

  #clear(codes: Int32Array, groups: number): void {
    for (const code of codes) {
      this.#totals[code] = 0
      this.#counts.fill(0, code * groups, (code + 1) * groups)
    }
  }

  #asSplit({ by, last }: Cut, node: NodeCounts): NodeSplit {
    const { ordered, size } = this.#columns[by]!
    const order = this.#countCodes(by, node)
    this.#clear(order, node.all.length)
    const goesLeft = new Uint8Array(size)
    if (ordered) return { by, goesLeft: goesLeft.fill(1, 0, order[last]! + 1), upTo: order[last]! }
    for (const code of order.subarray(0, last + 1)) goesLeft[code] = 1
    return { by, goesLeft }
  }

  /** Codes of a category by the first principal component of their groups' shares (Coppersmith, Hong & Hosking 1999, Partitioning nominal attributes). */
  #byMainDifference(order: Int32Array, all: Int32Array, rows: number): Int32Array {
    const groups = all.length
    const [counts, totals] = [this.#counts, this.#totals]
    const scores = new Float64Array(totals.length)
    // A start that is orthogonal to no component there is likely to be.
    let axis = Float64Array.from(all, (_, group) => (group % 2 === 0 ? 1 : -1) / (group + 1))
    for (let round = 0; round < powerRounds; round++) {
      const mean = all.reduce((sum, count, group) => sum + count * axis[group]!, 0) / rows
      const next = new Float64Array(groups)
      for (const code of order) {
        let sum = 0
        for (let group = 0, at = code * groups; group < groups; group++, at++) sum += counts[at]! * axis[group]!
        const score = sum / totals[code]! - mean
        scores[code] = score
        const expected = (score * totals[code]!) / rows
        for (let group = 0, at = code * groups; group < groups; group++, at++) {
          next[group]! += score * counts[at]! - expected * all[group]!
        }
      }
      const length = Math.sqrt(next.reduce((sum, part) => sum + part * part, 0)) || 1
      axis = next.map(part => part / length)
    }
    return order.sort((a, b) => scores[a]! - scores[b]! || a - b)
  }
}

const powerRounds = 4

export function targetOf({ codes, size, nullCode }: EncodedColumn, { of, count }: CodeGroups): Target {
  const isFlag = size <= (nullCode === undefined ? 2 : 3)
  return { groupOf: codes.map(code => of[code]!), groups: count, leastRows: isFlag ? leastRowsOfFlag : leastRows }
}
