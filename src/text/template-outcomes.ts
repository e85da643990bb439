/** Which labels a draw can come out with: how likely each is, and in how many ways. */

/** Of one outcome: its probability, and the number of combinations of values that lead to it. */
interface Chance {
  weight: number
  ways: bigint
}

/** First label that is drawn → its chance; the key `null` stands for draws that carry no label. */
export type Outcomes = Map<string | null, Chance>

export function unlabelled(ways: bigint): Outcomes {
  return new Map([[null, { weight: 1, ways }]])
}

export function hasLabels(outcomes: Outcomes): boolean {
  return outcomes.size > 1 || !outcomes.has(null)
}

export function waysOf(outcomes: Outcomes): bigint {
  return [...outcomes.values()].reduce((sum, chance) => sum + chance.ways, 0n)
}

export function addChance(outcomes: Outcomes, label: string | null, weight: number, ways: bigint): void {
  const chance = outcomes.get(label)
  if (chance) {
    chance.weight += weight
    chance.ways += ways
  } else outcomes.set(label, { weight, ways })
}

/** Outcomes of independent draws one after the other: the first label among them counts. */
export function inSequence(draws: readonly Outcomes[]): Outcomes {
  const outcomes: Outcomes = new Map()
  let waysAfter = draws.reduce((product, draw) => product * waysOf(draw), 1n)
  let none: Chance | undefined = { weight: 1, ways: 1n }
  for (const draw of draws) {
    waysAfter /= waysOf(draw)
    for (const [label, chance] of draw) {
      if (label !== null) {
        addChance(outcomes, label, none.weight * chance.weight, none.ways * chance.ways * waysAfter)
      }
    }
    const still: Chance | undefined = draw.get(null)
    if (!still) return outcomes
    none = { weight: none.weight * still.weight, ways: none.ways * still.ways }
  }
  outcomes.set(null, none)
  return outcomes
}

/** Draws items in proportion to positive weights. */
export class WeightedChoice<T> {
  readonly #items: T[] = []
  readonly #cumulative: number[] = []

  constructor(items: Iterable<{ item: T; weight: number }>) {
    let total = 0
    for (const { item, weight } of items) {
      if (weight <= 0) continue
      total += weight
      this.#items.push(item)
      this.#cumulative.push(total)
    }
  }

  /** The item at `uniform`, from 0 up to 1. */
  at(uniform: number): T {
    const cumulative = this.#cumulative
    let low = 0
    let high = cumulative.length - 1
    const point = uniform * cumulative[high]!
    while (low < high) {
      const middle = (low + high) >>> 1
      if (cumulative[middle]! > point) high = middle
      else low = middle + 1
    }
    return this.#items[low]!
  }
}
