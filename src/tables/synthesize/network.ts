/** The synthesizer `network`: a Bayesian network over codes; each column is drawn given a few columns before it. */
import { noisyCounts } from './geometric-noise.ts'
import { combinationCount, combinations, jointCounts } from './joint-counts.ts'
import { networkSampler } from './network-sampler.ts'
import { chooseStructure, type NetworkParent, parentView } from './network-structure.ts'
import { choosePrivateStructure, privateBudget } from './private-network.ts'
import type { EncodedTable, Synthesizer } from './synthesizer.ts'

/** A column given its parents: how often each combination was seen. */
export interface NetworkNode {
  column: number
  parents: NetworkParent[]
  /** `combination of the parents · size + code`, ascending, where the count is not 0. */
  cells: number[]
  counts: number[]
}

export interface NetworkModel {
  /** Codes of each column. */
  sizes: number[]
  /** In the order they are drawn; the given columns have none. */
  nodes: NetworkNode[]
}

/** Of noise, so many times its scale. */
const noiseKept = 2

export const network: Synthesizer<NetworkModel> = {
  kind: 'network',
  summary: 'A Bayesian network over tables of counts: quick, and can be fitted under differential privacy.',
  bins: 30,
  private: true,
  fit(table, { given = 0, random, epsilon, signal, observe }) {
    const step = (share: number) => {
      signal?.throwIfAborted()
      observe?.(share)
    }
    const budget = epsilon === undefined ? undefined : privateBudget(epsilon, table.columns.length - given)
    const edges = budget
      ? choosePrivateStructure(table, given, budget, random.fork('structure'), step)
      : chooseStructure(table, given, step)
    const nodes = edges.map(({ column, parents }) => {
      const counts = countsOf(table, column, parents)
      const kept = budget
        ? denoised(noisyCounts(counts, budget.perTable, random.fork('counts').fork(column)), budget.perTable)
        : counts
      return { column, parents, ...sparse(kept) }
    })
    return { sizes: table.columns.map(column => column.size), nodes }
  },
  sampler: networkSampler,
}

/** Cells that hold no more than noise alone would are taken for empty: otherwise what never occurs comes up a little everywhere. */
function denoised(counts: Float64Array, epsilon: number): Float64Array {
  const noise = noiseKept * (2 / epsilon)
  return counts.map(count => (count > noise ? count : 0))
}

function countsOf(table: EncodedTable, column: number, parents: NetworkParent[]): Float64Array {
  const group = parents.map(parent => parentView(table.columns[parent.column]!, parent))
  return jointCounts(combinations(group, table.rows), combinationCount(group), table.columns[column]!)
}

function sparse(counts: Float64Array): { cells: number[]; counts: number[] } {
  const cells: number[] = []
  const kept: number[] = []
  for (let cell = 0; cell < counts.length; cell++) {
    if (counts[cell] === 0) continue
    cells.push(cell)
    kept.push(counts[cell]!)
  }
  return { cells, counts: kept }
}
