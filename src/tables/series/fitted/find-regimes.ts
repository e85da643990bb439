/** Finds operating regimes: settings that jump between tight clusters, or categories, by which other columns differ much. */
import { quantile } from '../../../stats/quantile.ts'

/** A column that may tell the regime: a small number by row. */
interface Partition {
  name: string
  codes: Uint16Array
  size: number
}

export interface Regimes {
  /** Columns that tell the regime. */
  names: string[]
  codes: Uint16Array
  count: number
}

const mostRegimes = 32
const mostClusters = 12
/** Regimes of a smaller share of rows are joined to the most frequent one that they resemble. */
const leastShare = 0.003
/** By how much mean squares of steps between regimes exceed those within. */
const widerSteps = 6
/** Of all that regimes explain, what columns that jump must have: a flag of slow columns explains these too, without a jump. */
const leastJumping = 0.8
/** What regimes must explain of the columns’ variance on the mean, of one column, and more with each further setting. */
const leastExplained = { mean: 0.05, one: 0.4, more: 0.02 }

/**
 * `restsOf` gives what trend and seasons leave of the numbers: what follows the clock is a season, though a category may follow it
 * too. A column counts where it jumps as the regime changes; a flag that a slow column raises is not its regime.
 */
export function findRegimes(
  numbers: { name: string; values: Float64Array }[],
  categories: { name: string; codes: Uint16Array; size: number }[],
  starts: Int32Array,
  restsOf: () => Float64Array[],
): Regimes | undefined {
  const candidates = [
    ...categories.filter(({ size }) => size <= mostClusters),
    ...numbers.flatMap(({ name, values }) => clusters(name, values)).filter(partition => leaps(partition, starts)),
  ].filter(partition => returns(partition, starts))
  if (candidates.length === 0) return undefined
  const rests = restsOf()
  let best: { partition: Partition; names: string[]; explained: number } | undefined
  for (;;) {
    let better: typeof best
    for (const candidate of candidates) {
      if (best?.names.includes(candidate.name)) continue
      const partition = best ? joined(best.partition, candidate) : joined(candidate)
      if (partition.size < 2 || partition.size > mostRegimes) continue
      const names = [...(best?.names ?? []), candidate.name]
      const shares = numbers
        .flatMap(({ name }, place) => (names.includes(name) ? [] : [rests[place]!]))
        .map(rest => ({ share: explainedShare(rest, partition), jumps: jumps(rest, partition, starts) }))
      const sum = (of: typeof shares) => of.reduce((total, { share }) => total + share, 0)
      const jumping = shares.filter(({ jumps }) => jumps)
      if (!best && !jumping.some(({ share }) => share >= leastExplained.one)) continue
      if (sum(jumping) < leastJumping * sum(shares)) continue
      const explained = sum(jumping) / shares.length
      const needed = best ? best.explained + leastExplained.more : leastExplained.mean
      if (explained > Math.max(needed, better?.explained ?? 0)) better = { partition, names, explained }
    }
    if (!better) return best && { names: best.names, codes: best.partition.codes, count: best.partition.size }
    best = better
  }
}

/** A setting leaps between its values; a count goes to the next, and is a column like others. */
function leaps({ codes, size }: Partition, starts: Int32Array): boolean {
  let near = 0
  let changes = 0
  for (let e = 0; e + 1 < starts.length; e++) {
    for (let row = starts[e]! + 1; row < starts[e + 1]!; row++) {
      const step = Math.abs(codes[row]! - codes[row - 1]!)
      if (step > 0) changes++
      if (step === 1) near++
    }
  }
  // The last code is null. Between three values two of three leaps are to the next by chance.
  return size <= 4 || near < 0.75 * changes
}

/** Whether steps between regimes are much wider than those within one. */
function jumps(values: Float64Array, { codes }: Partition, starts: Int32Array): boolean {
  const squares = [0, 0]
  const counts = [0, 0]
  for (let e = 0; e + 1 < starts.length; e++) {
    for (let row = starts[e]! + 1; row < starts[e + 1]!; row++) {
      const step = values[row]! - values[row - 1]!
      if (Number.isNaN(step)) continue
      const changed = codes[row] === codes[row - 1] ? 0 : 1
      squares[changed]! += step * step
      counts[changed]! += 1
    }
  }
  return squares[1]! * counts[0]! > widerSteps * squares[0]! * counts[1]!
}

/** Cuts values at wide gaps, if what is between them is tight. */
function clusters(name: string, values: Float64Array): Partition[] {
  const every = Math.max(1, Math.floor(values.length / 20_000))
  const ascending = values.filter((value, row) => row % every === 0 && Number.isFinite(value)).sort()
  if (ascending.length < 50) return []
  const low = quantile(ascending, 0.001)
  const range = quantile(ascending, 0.999) - low
  if (!(range > 0)) return []
  const edges: number[] = []
  let within = 0
  let from = 0
  for (let i = 1; i <= ascending.length; i++) {
    if (i < ascending.length && ascending[i]! - ascending[i - 1]! <= 0.02 * range) continue
    const spread = Math.min(range, ascending[i - 1]! - ascending[from]!)
    within += (spread / range) * (i - from)
    if (i < ascending.length) edges.push((ascending[i]! + ascending[i - 1]!) / 2)
    from = i
    if (edges.length >= mostClusters) return []
  }
  if (edges.length === 0 || within / ascending.length > 0.1) return []
  const codes = Uint16Array.from(values, value => {
    if (!Number.isFinite(value)) return edges.length + 1
    let code = 0
    while (code < edges.length && value > edges[code]!) code++
    return code
  })
  return [{ name, codes, size: edges.length + 2 }]
}

/** A regime is come back to; what only ever goes on is a trend. */
function returns({ codes, size }: Partition, starts: Int32Array): boolean {
  let runs = 0
  let kinds = 0
  for (let e = 0; e + 1 < starts.length; e++) {
    const seen = new Uint8Array(size)
    for (let row = starts[e]!; row < starts[e + 1]!; row++) {
      if (row === starts[e] || codes[row] !== codes[row - 1]) runs++
      if (seen[codes[row]!] === 0) kinds++
      seen[codes[row]!] = 1
    }
  }
  return kinds > starts.length - 1 && runs >= 1.5 * kinds
}

/** Numbers the combinations that occur, the most frequent first; rare ones become the frequent one of the same first code, or the first. */
function joined(first: Partition, second?: Partition): Partition {
  const width = second?.size ?? 1
  const counts = new Map<number, number>()
  const combined = Int32Array.from(first.codes, (code, row) => code * width + (second?.codes[row] ?? 0))
  for (const code of combined) counts.set(code, (counts.get(code) ?? 0) + 1)
  const sorted = [...counts].sort(([a, one], [b, other]) => other - one || a - b)
  const kept = sorted.filter(([, count]) => count >= leastShare * combined.length).map(([code]) => code)
  const places = new Map(kept.map((code, place) => [code, place]))
  for (const [code] of sorted) {
    if (places.has(code)) continue
    const like = kept.findIndex(other => Math.floor(other / width) === Math.floor(code / width))
    places.set(code, Math.max(0, like))
  }
  return { name: first.name, size: kept.length, codes: Uint16Array.from(combined, code => places.get(code)!) }
}

function explainedShare(values: Float64Array, { codes, size }: Partition): number {
  const sums = new Float64Array(size)
  const counts = new Float64Array(size)
  let shift = Number.NaN
  let square = 0
  for (let row = 0; row < values.length; row++) {
    if (!Number.isFinite(values[row])) continue
    if (Number.isNaN(shift)) shift = values[row]!
    const value = values[row]! - shift
    sums[codes[row]!]! += value
    counts[codes[row]!]! += 1
    square += value * value
  }
  const total = counts.reduce((a, b) => a + b, 0)
  const sum = sums.reduce((a, b) => a + b, 0)
  const all = square - (sum * sum) / Math.max(1, total)
  if (!(all > 1e-12 * square)) return 0
  const between = sums.reduce((a, part, k) => a + (counts[k]! > 0 ? (part * part) / counts[k]! : 0), 0)
  return (between - (sum * sum) / total) / all
}
