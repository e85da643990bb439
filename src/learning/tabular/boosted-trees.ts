/** Gradient-boosted trees on tabular features: two classes, several, or a number (Friedman 2001, Greedy function approximation). */
import { FeatureBins } from './feature-bins.ts'
import { type Features, type TabularModel, type Target, toClassProbabilities } from './features.ts'
import { addTree, type Derivatives, TreeGrower, type TreeNode } from './gradient-tree.ts'

export interface BoostedOptions {
  /** Rounds: a tree each, or one a class where there are several; default 100. */
  rounds?: number
  /** Share of each tree that counts; default 0.1. */
  rate?: number
  /** Leaves of a tree at most; default 31. */
  leaves?: number
  /** Rows of a leaf at least; default 20. */
  leastRows?: number
}

/** Trees that lower log loss, or squared error of numbers, round by round; the same for the same features. */
export function fitBoosted(
  features: Features,
  target: Target,
  { rounds = 100, rate = 0.1, leaves = 31, leastRows = 20 }: BoostedOptions = {},
): TabularModel {
  const { rows } = features
  const featureBins = new FeatureBins(features)
  const bins = featureBins.bin(features)
  const start = startingSums(target, rows)
  const outputs = start.length
  const sums = filled(start, rows)
  const grower = new TreeGrower(bins, featureBins, rows, { leaves, leastRows, penalty: 1 })
  const derivatives = { first: new Float64Array(rows), second: new Float64Array(rows) }
  const trees: TreeNode[][] = []
  for (let round = 0; round < rounds; round++) {
    const expected = 'classes' in target ? toClassProbabilities(sums.slice(), outputs) : sums
    for (let offset = 0; offset < outputs; offset++) {
      derive(target, expected, outputs, offset, derivatives)
      trees.push(grower.grow(derivatives, rate, sums, outputs, offset))
    }
  }
  const scores = (others: Features) => {
    const otherBins = featureBins.bin(others)
    const otherSums = filled(start, others.rows)
    for (const [at, tree] of trees.entries()) addTree(tree, otherBins, otherSums, outputs, at % outputs)
    return 'classes' in target ? toClassProbabilities(otherSums, outputs) : otherSums
  }
  return { outputs, scores }
}

/** What a model without trees says: the mean, or the log odds, of which none is infinite. */
function startingSums(target: Target, rows: number): number[] {
  if ('values' in target) return [target.values.reduce((sum, value) => sum + value, 0) / Math.max(1, rows)]
  const counts = new Array<number>(Math.max(2, target.classes)).fill(0.5)
  for (const code of target.codes) counts[code]!++
  if (counts.length === 2) return [Math.log(counts[1]! / counts[0]!)]
  return counts.map(count => Math.log(count / (rows + counts.length / 2)))
}

function filled(start: readonly number[], rows: number): Float64Array {
  return Float64Array.from({ length: rows * start.length }, (_, at) => start[at % start.length]!)
}

/** Derivatives of the loss by the sum at `offset` of each row. */
function derive(
  target: Target,
  expected: Float64Array,
  outputs: number,
  offset: number,
  { first, second }: Derivatives,
): void {
  for (let row = 0, at = offset; row < first.length; row++, at += outputs) {
    if ('values' in target) {
      first[row] = expected[at]! - target.values[row]!
      second[row] = 1
    } else {
      const isClass = target.codes[row] === (outputs === 1 ? 1 : offset)
      first[row] = expected[at]! - Number(isClass)
      second[row] = Math.max(1e-16, expected[at]! * (1 - expected[at]!))
    }
  }
}
