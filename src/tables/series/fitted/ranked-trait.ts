/** Static categories of entities as one trait: their combinations, ordered by the number that they go with most. */
import type { TraitValues } from './fit-traits.ts'
import type { OncePerEntity } from './sort-columns.ts'

/** One trait for all columns where their combinations come again, else one for each. */
export function rankedTraits(columns: OncePerEntity[], numbers: TraitValues[]): TraitValues[] {
  if (columns.length === 0) return []
  const { keys, tuples } = combinations(columns)
  const counts = new Int32Array(tuples.length)
  for (const key of keys) counts[key]! += 1
  const shared = counts.reduce((sum, count) => sum + (count > 1 ? count : 0), 0)
  if (columns.length > 1 && shared < 0.8 * keys.length)
    return columns.flatMap(column => rankedTraits([column], numbers))
  return [ranked(columns, keys, tuples, numbers)]
}

function combinations(columns: OncePerEntity[]): { keys: Int32Array; tuples: (number | null)[][] } {
  const places = new Map<string, number>()
  const tuples: (number | null)[][] = []
  const keys = Int32Array.from(columns[0]!.values, (_, entity) => {
    const tuple = columns.map(({ values }) => (Number.isNaN(values[entity]!) ? null : values[entity]!))
    const text = tuple.join(' ')
    if (!places.has(text)) {
      places.set(text, tuples.length)
      tuples.push(tuple)
    }
    return places.get(text)!
  })
  return { keys, tuples }
}

function ranked(
  columns: OncePerEntity[],
  keys: Int32Array,
  tuples: (number | null)[][],
  numbers: TraitValues[],
): TraitValues {
  const orders = numbers.map(({ values }) => meansOf(keys, values, tuples.length))
  const best = orders.reduce<(typeof orders)[number] | undefined>(
    (best, order) => (order.explained > (best?.explained ?? 0) ? order : best),
    undefined,
  )
  const order = tuples.map((_, place) => place)
  if (best) order.sort((a, b) => best.means[a]! - best.means[b]! || a - b)
  const rankOf = new Int32Array(tuples.length)
  order.forEach((place, rank) => {
    rankOf[place] = rank
  })
  return {
    kind: 'rank',
    names: columns.map(({ name }) => name),
    scale: 1,
    values: Float64Array.from(keys, key => rankOf[key]!),
    ranked: order.map(place => tuples[place]!),
  }
}

/** Means by key, and the share of variance that they explain beyond chance. */
function meansOf(keys: Int32Array, values: Float64Array, size: number): { means: Float64Array; explained: number } {
  const sums = new Float64Array(size)
  const counts = new Float64Array(size)
  let square = 0
  let sum = 0
  let count = 0
  const shift = values.find(Number.isFinite) ?? 0
  for (let e = 0; e < keys.length; e++) {
    if (!Number.isFinite(values[e])) continue
    const value = values[e]! - shift
    sums[keys[e]!]! += value
    counts[keys[e]!]! += 1
    square += value * value
    sum += value
    count++
  }
  const all = square - (sum * sum) / Math.max(1, count)
  const between = sums.reduce((a, part, k) => a + (counts[k]! > 0 ? (part * part) / counts[k]! : 0), 0)
  const left = square - between
  const explained = all > 0 && count > size ? 1 - left / (count - size) / (all / (count - 1)) : 0
  return { means: sums.map((part, k) => part / Math.max(1, counts[k]!)), explained }
}
