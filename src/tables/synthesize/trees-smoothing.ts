/** How much a tree is smoothed: as much as foretells each training row best from all the others (Stone 1974, Cross-validatory choice). */
import type { CodeGroups } from './trees-groups.ts'

export interface Smoothing {
  /** See `ColumnTree`. */
  shrinkage: number
  blur: number
}

const shrinkages = [0.5, 2, 8, 32, 128]
const blurs = [0, 0.25, 0.5, 0.75, 0.9, 1]

interface PathNode {
  rows: number
  /** By code, and by group. */
  counts: Uint32Array
  groupCounts: Uint32Array
}

/** Follows the growth of a tree, and sums at each leaf how likely its rows are under each smoothing. */
export class SmoothingChoice {
  readonly #groups: CodeGroups
  /** From the root to the node being grown. */
  readonly #path: PathNode[] = []
  readonly #likelihoods = shrinkages.map(() => new Float64Array(blurs.length))

  constructor(groups: CodeGroups) {
    this.#groups = groups
  }

  /** @param counts rows of each code. */
  enter(counts: Uint32Array, rows: number): void {
    const groupCounts = new Uint32Array(this.#groups.count)
    for (let code = 0; code < counts.length; code++) groupCounts[this.#groups.of[code]!]! += counts[code]!
    this.#path.push({ rows, counts, groupCounts })
  }

  leave(): void {
    this.#path.pop()
  }

  /** The node entered last is a leaf, of these codes. */
  addLeaf(codes: readonly number[]): void {
    const [root] = this.#path as [PathNode]
    const { counts } = this.#path.at(-1)!
    for (const code of codes) {
      const group = this.#groups.of[code]!
      const inGroup = (root.counts[code]! - 0.5) / (root.groupCounts[group]! - 0.5)
      for (const [i, shrinkage] of shrinkages.entries()) {
        const exact = this.#fromOthers(shrinkage, node => node.counts[code]!, root.counts.length)
        const blurred = inGroup * this.#fromOthers(shrinkage, node => node.groupCounts[group]!, root.groupCounts.length)
        const sums = this.#likelihoods[i]!
        for (const [j, blur] of blurs.entries())
          sums[j]! += counts[code]! * Math.log((1 - blur) * exact + blur * blurred)
      }
    }
  }

  /** The probability of what the leaf's row has, from all other rows; above the root it is one of `choices`. */
  #fromOthers(shrinkage: number, countIn: (node: PathNode) => number, choices: number): number {
    let probability = 1 / choices
    let strength = 1
    for (const node of this.#path) {
      probability = (countIn(node) - 1 + strength * probability) / (node.rows - 1 + strength)
      strength = shrinkage
    }
    return probability
  }

  best(): Smoothing {
    let best = { shrinkage: shrinkages[0]!, blur: blurs[0]!, sum: Number.NEGATIVE_INFINITY }
    for (const [i, sums] of this.#likelihoods.entries()) {
      for (const [j, sum] of sums.entries()) {
        if (sum > best.sum) best = { shrinkage: shrinkages[i]!, blur: blurs[j]!, sum }
      }
    }
    return { shrinkage: best.shrinkage, blur: best.blur }
  }
}
