/** In which order columns are drawn, and which of those before it each looks at. */
import type { EncodedColumn, EncodedTable } from './synthesizer.ts'
import { groupCodes } from './trees-groups.ts'

export interface DrawnColumn {
  column: number
  predictors: number[]
}

/** A tree looks at so many columns at most: those that say most of its own. */
const mostPredictors = 32
const mostGroups = 16
/** Counting pairs of columns takes so many steps at most. */
const mostPairRows = 2e8

/**
 * Columns with most to say come first and those with least, such as a rare flag, last: what decides on rare cases is known by then, and a leaf
 * needs no rows of the rare case alone. Entropy is what they have to say. Of columns that say the same, ordered ones come first.
 */
export function drawingOrder(table: EncodedTable, given: number): DrawnColumn[] {
  const columns = table.columns.map((_, column) => column)
  const entropies = table.columns.map(column => Math.round(entropyOf(column) * 1e6))
  const isOrdered = (column: number) => Number(table.columns[column]!.ordered)
  const order = columns
    .slice(given)
    .sort((a, b) => entropies[b]! - entropies[a]! || isOrdered(b) - isOrdered(a) || a - b)
  const closest = columns.length > mostPredictors ? mutualInformation(table) : undefined
  return order.map((column, place) => {
    const before = [...columns.slice(0, given), ...order.slice(0, place)]
    if (!closest || before.length <= mostPredictors) return { column, predictors: before }
    const saying = (other: number) => closest[column]![other]!
    return { column, predictors: before.sort((a, b) => saying(b) - saying(a) || a - b).slice(0, mostPredictors) }
  })
}

/** In nats. */
function entropyOf({ codes, size }: EncodedColumn): number {
  const counts = new Uint32Array(size)
  for (const code of codes) counts[code]!++
  return counts.reduce(
    (sum, count) => (count === 0 ? sum : sum - (count / codes.length) * Math.log(count / codes.length)),
    0,
  )
}

/** What each two columns say of each other, in nats, by groups of codes and some of the rows. */
function mutualInformation({ columns, rows }: EncodedTable): Float64Array[] {
  const step = Math.max(1, Math.ceil((rows * columns.length ** 2) / 2 / mostPairRows))
  const looked = Math.floor(rows / step)
  const grouped = columns.map(column => {
    const { of, count } = groupCodes(column, mostGroups)
    return { groups: Uint8Array.from({ length: looked }, (_, i) => of[column.codes[i * step]!]!), count }
  })
  const information = columns.map(() => new Float64Array(columns.length))
  for (const [i, one] of grouped.entries()) {
    for (const [j, other] of grouped.slice(0, i).entries()) {
      information[i]![j] = information[j]![i] = pairInformation(one.groups, one.count, other.groups, other.count)
    }
  }
  return information
}

/** Less what chance gives: (a − 1)(b − 1) / 2n nats (Miller 1955, Note on the bias of information estimates). */
function pairInformation(one: Uint8Array, oneCount: number, other: Uint8Array, otherCount: number): number {
  const counts = new Uint32Array(oneCount * otherCount)
  const ofOne = new Uint32Array(oneCount)
  const ofOther = new Uint32Array(otherCount)
  for (let i = 0; i < one.length; i++) counts[one[i]! * otherCount + other[i]!]!++
  for (const [at, count] of counts.entries()) {
    ofOne[Math.floor(at / otherCount)]! += count
    ofOther[at % otherCount]! += count
  }
  let sum = 0
  for (const [at, count] of counts.entries()) {
    if (count === 0) continue
    sum += count * Math.log((count * one.length) / (ofOne[Math.floor(at / otherCount)]! * ofOther[at % otherCount]!))
  }
  return (sum - ((oneCount - 1) * (otherCount - 1)) / 2) / one.length
}
