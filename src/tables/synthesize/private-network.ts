/** A Bayesian network under differential privacy: parents by the exponential mechanism, counts with noise (PrivBayes, Zhang et al. 2017). */
import type { RandomStream } from '../../stats/random-stream.ts'
import { association, combinationCount, combinations, jointCounts } from './joint-counts.ts'
import type { NetworkEdge } from './network-structure.ts'
import type { EncodedTable } from './synthesizer.ts'

/** Two tables are neighbours if one row differs; how many rows there are is public. */
export interface PrivateBudget {
  /** For each choice of a column with its parents. */
  perChoice: number
  /** For each table of counts. */
  perTable: number
}

/** A third goes to the structure, the rest to the counts; each evenly. */
export function privateBudget(epsilon: number, tables: number): PrivateBudget {
  return { perChoice: epsilon / 3 / Math.max(1, tables), perTable: (epsilon * 2) / 3 / Math.max(1, tables) }
}

/** A table of counts is worth its noise if the average cell counts so many times the noise’s scale. */
const usefulness = 3
const mostColumnsForPairs = 40

/** Choices are made by how far a column with its parents is from independence; one row changes that by at most 3/n + 2/n². */
export function choosePrivateStructure(
  table: EncodedTable,
  given: number,
  budget: PrivateBudget,
  random: RandomStream,
  step: (share: number) => void,
): NetworkEdge[] {
  const { columns, rows } = table
  const placed = columns.slice(0, given).map((_, index) => index)
  const open = new Set(columns.map((_, index) => index).filter(index => index >= given))
  const edges: NetworkEdge[] = []
  const scores = new Map<string, number>()
  const mostCells = (rows * budget.perTable) / (2 * usefulness)
  const score = ({ column, parents }: Choice): number => {
    if (parents.length === 0) return 0
    const key = `${column}<${parents}`
    const known = scores.get(key)
    if (known !== undefined) return known
    const group = parents.map(parent => columns[parent]!)
    const counts = jointCounts(combinations(group, rows), combinationCount(group), columns[column]!)
    const { distance } = association(counts, columns[column]!.size)
    scores.set(key, distance)
    return distance
  }
  const sensitivity = 3 / rows + 2 / rows ** 2
  while (open.size > 0) {
    const choices = [...open].flatMap(column =>
      parentSets(placed, columns.length <= mostColumnsForPairs)
        .filter(parents => fits([column, ...parents]))
        .map(parents => ({ column, parents })),
    )
    const chosen = exponential(choices, choices.map(score), budget.perChoice / (2 * sensitivity), random)
    edges.push({ column: chosen.column, parents: chosen.parents.map(column => ({ column })) })
    open.delete(chosen.column)
    placed.push(chosen.column)
    step(edges.length / columns.length)
  }
  return edges

  function fits(group: number[]): boolean {
    return group.length === 1 || combinationCount(group.map(index => columns[index]!)) <= mostCells
  }
}

interface Choice {
  column: number
  parents: number[]
}

function parentSets(placed: number[], pairs: boolean): number[][] {
  const sets = [[], ...placed.map(index => [index])]
  if (!pairs) return sets
  return [...sets, ...placed.flatMap((one, place) => placed.slice(0, place).map(other => [other, one]))]
}

/** One of `choices`, with a chance that grows by e to the `strength` times its score. */
function exponential<T>(choices: T[], scores: number[], strength: number, random: RandomStream): T {
  const most = Math.max(...scores)
  const weights = scores.map(score => Math.exp(strength * (score - most)))
  let left = random.float() * weights.reduce((sum, weight) => sum + weight, 0)
  for (const [place, weight] of weights.entries()) {
    left -= weight
    if (left < 0) return choices[place]!
  }
  return choices.at(-1)!
}
