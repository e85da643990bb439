/** Features as trees see them: a bin a value, numbers cut at quantiles, categories by their code. */
import type { Features } from './features.ts'

/** Bin 0 is null and what training did not have. */
interface ColumnBins {
  /** Bins in all. */
  size: number
  /** Of numbers: bin b > 0 holds values above `edges[b − 2]` and up to `edges[b − 1]`. */
  edges?: Float64Array
  /** Of categories: the bin of each code; the rarest share one where there are too many. */
  binOfCode?: Uint8Array
}

/** One byte a value: 255 bins and the one for null. */
const mostBins = 255
/** Quantiles of so many rows, spread evenly, are near enough to those of all. */
const rowsLookedAt = 100_000

export class FeatureBins {
  readonly columns: ColumnBins[]

  constructor(train: Features, most = mostBins) {
    this.columns = train.columns.map(column =>
      'codes' in column ? categoryBins(column.codes, column.size) : numberBins(column.values, Math.min(most, mostBins)),
    )
  }

  /** A column of bins for each column of features of the same form. */
  bin(features: Features): Uint8Array[] {
    return features.columns.map((column, at) => {
      const { edges, binOfCode } = this.columns[at]!
      if ('codes' in column) return Uint8Array.from(column.codes, code => binOfCode?.[code] ?? 0)
      return Uint8Array.from(column.values, value => (Number.isNaN(value) ? 0 : 1 + placeOf(value, edges!)))
    })
  }
}

function numberBins(values: Float64Array, most: number): ColumnBins {
  const step = Math.max(1, Math.ceil(values.length / rowsLookedAt))
  const sample: number[] = []
  for (let row = 0; row < values.length; row += step) if (!Number.isNaN(values[row]!)) sample.push(values[row]!)
  const ascending = Float64Array.from(sample).sort()
  const edges: number[] = []
  // A value that many rows share takes its bin alone; what follows is cut as evenly as can be.
  for (let at = 1, from = 0; at < ascending.length; at++) {
    const due = (ascending.length - from) / (most - edges.length)
    if (ascending[at] === ascending[at - 1] || at - from < due) continue
    edges.push(ascending[at - 1]! / 2 + ascending[at]! / 2)
    from = at
  }
  return { size: edges.length + 2, edges: Float64Array.from(edges) }
}

function categoryBins(codes: Int32Array, size: number): ColumnBins {
  const counts = new Uint32Array(size)
  for (const code of codes) if (code >= 0) counts[code]!++
  const frequent = Array.from(counts.keys()).sort((a, b) => counts[b]! - counts[a]! || a - b)
  const binOfCode = new Uint8Array(size)
  for (const [rank, code] of frequent.entries()) binOfCode[code] = counts[code] === 0 ? 0 : Math.min(rank + 1, mostBins)
  return { size: Math.min(size, mostBins) + 1, binOfCode }
}

/** How many edges lie below the value. */
function placeOf(value: number, edges: Float64Array): number {
  let low = 0
  let high = edges.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (edges[middle]! < value) low = middle + 1
    else high = middle
  }
  return low
}
