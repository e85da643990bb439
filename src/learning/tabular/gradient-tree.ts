/**
 * One tree of gradient boosting, grown leaf by leaf on histograms (Ke et al. 2017, LightGBM): each step splits the leaf where the loss falls
 * most. Bins of categories are put in the order of their mean gradient before they are cut in two (Fisher 1958).
 */
import type { FeatureBins } from './feature-bins.ts'

export interface TreeOptions {
  /** Leaves at most. */
  leaves: number
  /** Rows of a leaf at least. */
  leastRows: number
  /** λ: what is added to the sum of second derivatives of a leaf. */
  penalty: number
}

/** A node's column, or −1 of a leaf, which has a value. */
export interface TreeNode {
  column: number
  /** 1 for each bin of the column that goes to `left`; the others go to `right`, the node after it. */
  goesLeft: Uint8Array
  left: number
  value: number
}

interface Leaf {
  node: number
  from: number
  to: number
  histogram: Float64Array
  split?: Split
}

interface Split {
  gain: number
  column: number
  goesLeft: Uint8Array
}

/** Added to the second derivatives of a category where it is put in order, so that rare ones stay in the middle. */
const orderPenalty = 10

/** Derivatives of the loss by row. */
export interface Derivatives {
  first: Float64Array
  second: Float64Array
}

export class TreeGrower {
  readonly #bins: readonly Uint8Array[]
  readonly #options: TreeOptions
  readonly #sizes: number[]
  /** The bins of ordered columns; absent for categories. */
  readonly #ascending: (Uint8Array | undefined)[]
  /** Where the histogram of each column begins: three numbers a bin, the sums of both derivatives and the count. */
  readonly #offsets: number[] = []
  readonly #histogramSize: number
  readonly #rows: Uint32Array
  readonly #spare: Uint32Array
  readonly #free: Float64Array[] = []

  constructor(bins: readonly Uint8Array[], { columns }: FeatureBins, rows: number, options: TreeOptions) {
    this.#bins = bins
    this.#options = options
    this.#sizes = columns.map(({ size }) => size)
    this.#ascending = columns.map(({ edges, size }) => edges && Uint8Array.from({ length: size }, (_, bin) => bin))
    let size = 0
    for (const bins of this.#sizes) {
      this.#offsets.push(size)
      size += 3 * bins
    }
    this.#histogramSize = size
    this.#rows = new Uint32Array(rows)
    this.#spare = new Uint32Array(rows)
  }

  /** Grows a tree; adds `rate` times the value of its leaf to the score of each row (`scores[row · stride + offset]`). */
  grow(derivatives: Derivatives, rate: number, scores: Float64Array, stride: number, offset: number): TreeNode[] {
    const rows = this.#rows
    for (let row = 0; row < rows.length; row++) rows[row] = row
    const nodes: TreeNode[] = [leafNode()]
    const root: Leaf = { node: 0, from: 0, to: rows.length, histogram: this.#histogram(derivatives, 0, rows.length) }
    const leaves = [this.#withSplit(root)]
    while (leaves.length < this.#options.leaves) {
      const best = leaves.reduce((a, b) => ((b.split?.gain ?? 0) > (a.split?.gain ?? 0) ? b : a))
      if (!best.split) break
      const [left, right] = this.#divide(best, best.split, derivatives)
      const node = nodes[best.node]!
      Object.assign(node, { column: best.split.column, goesLeft: best.split.goesLeft, left: nodes.length })
      left.node = nodes.push(leafNode()) - 1
      right.node = nodes.push(leafNode()) - 1
      leaves.splice(leaves.indexOf(best), 1, this.#withSplit(left), this.#withSplit(right))
    }
    for (const { node, from, to, histogram } of leaves) {
      const { first, second } = this.#sums(histogram)
      const value = (-rate * first) / (second + this.#options.penalty)
      nodes[node]!.value = value
      for (let at = from; at < to; at++) scores[rows[at]! * stride + offset]! += value
      this.#free.push(histogram)
    }
    return nodes
  }

  #withSplit(leaf: Leaf): Leaf {
    const split = this.#bestSplit(leaf.histogram)
    return split ? { ...leaf, split } : leaf
  }

  #histogram({ first, second }: Derivatives, from: number, to: number): Float64Array {
    const histogram = this.#free.pop()?.fill(0) ?? new Float64Array(this.#histogramSize)
    const rows = this.#rows
    for (const [column, bins] of this.#bins.entries()) {
      const offset = this.#offsets[column]!
      for (let i = from; i < to; i++) {
        const row = rows[i]!
        const at = offset + 3 * bins[row]!
        histogram[at]! += first[row]!
        histogram[at + 1]! += second[row]!
        histogram[at + 2]!++
      }
    }
    return histogram
  }

  /** Moves the rows of the leaf that go left before the others; the larger part's histogram is what the smaller one leaves. */
  #divide({ from, to, histogram }: Leaf, { column, goesLeft }: Split, derivatives: Derivatives): [Leaf, Leaf] {
    const bins = this.#bins[column]!
    let middle = from
    let kept = 0
    for (let at = from; at < to; at++) {
      const row = this.#rows[at]!
      if (goesLeft[bins[row]!]) this.#rows[middle++] = row
      else this.#spare[kept++] = row
    }
    this.#rows.set(this.#spare.subarray(0, kept), middle)
    const leftIsSmaller = middle - from < to - middle
    const smaller = leftIsSmaller
      ? this.#histogram(derivatives, from, middle)
      : this.#histogram(derivatives, middle, to)
    for (let at = 0; at < histogram.length; at++) histogram[at]! -= smaller[at]!
    const [left, right] = leftIsSmaller ? [smaller, histogram] : [histogram, smaller]
    return [
      { node: 0, from, to: middle, histogram: left },
      { node: 0, from: middle, to, histogram: right },
    ]
  }

  #sums(histogram: Float64Array): { first: number; second: number; count: number } {
    const sums = { first: 0, second: 0, count: 0 }
    for (let at = 0; at < 3 * (this.#sizes[0] ?? 0); at += 3) {
      sums.first += histogram[at]!
      sums.second += histogram[at + 1]!
      sums.count += histogram[at + 2]!
    }
    return sums
  }

  #bestSplit(histogram: Float64Array): Split | undefined {
    const { penalty, leastRows } = this.#options
    const all = this.#sums(histogram)
    if (all.count < 2 * leastRows) return undefined
    const before = all.first ** 2 / (all.second + penalty)
    let best = { gain: 1e-9, column: -1, last: -1 }
    for (const [column, offset] of this.#offsets.entries()) {
      const order = this.#order(histogram, column)
      let first = 0
      let second = 0
      let count = 0
      const columnPenalty = this.#ascending[column] ? penalty : penalty + orderPenalty
      for (let place = 0; place + 1 < order.length; place++) {
        const at = offset + 3 * order[place]!
        first += histogram[at]!
        second += histogram[at + 1]!
        count += histogram[at + 2]!
        if (count < leastRows) continue
        if (all.count - count < leastRows) break
        const after =
          first ** 2 / (second + columnPenalty) + (all.first - first) ** 2 / (all.second - second + columnPenalty)
        if (after - before > best.gain) best = { gain: after - before, column, last: place }
      }
    }
    if (best.column < 0) return undefined
    const goesLeft = new Uint8Array(this.#sizes[best.column]!)
    for (const bin of this.#order(histogram, best.column).slice(0, best.last + 1)) goesLeft[bin] = 1
    return { gain: best.gain, column: best.column, goesLeft }
  }

  /** The bins in the order they are cut in; those of a category without rows are left out, and go right. */
  #order(histogram: Float64Array, column: number): Uint8Array {
    const ascending = this.#ascending[column]
    if (ascending) return ascending
    const offset = this.#offsets[column]!
    const bins = Uint8Array.from({ length: this.#sizes[column]! }, (_, bin) => bin)
    const slope = (bin: number) => histogram[offset + 3 * bin]! / (histogram[offset + 3 * bin + 1]! + orderPenalty)
    return bins.filter(bin => histogram[offset + 3 * bin + 2]! > 0).sort((a, b) => slope(a) - slope(b) || a - b)
  }
}

function leafNode(): TreeNode {
  return { column: -1, goesLeft: new Uint8Array(0), left: 0, value: 0 }
}

/** Adds the tree's values to the scores of binned rows. */
export function addTree(
  nodes: readonly TreeNode[],
  bins: readonly Uint8Array[],
  scores: Float64Array,
  stride: number,
  offset: number,
): void {
  for (let at = offset, row = 0; at < scores.length; at += stride, row++) {
    let node = nodes[0]!
    while (node.column >= 0) node = nodes[node.left + 1 - node.goesLeft[bins[node.column]![row]!]!]!
    scores[at]! += node.value
  }
}
