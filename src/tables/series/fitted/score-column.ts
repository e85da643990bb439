/** Turns a column’s values into normal scores, regime by regime, and where entities have levels far apart, entity by entity. */
import { type HermiteWeights, hermiteWeights } from './latent-correlation.ts'
import { setLinearScores, unevenness } from './linear-scores.ts'
import { ascendingValues, fitMarginal, fitScores, type Marginal, scoreOf } from './marginal.ts'

export interface ScoredColumn {
  name: string
  marginals: (Marginal | null)[]
  /** By row; NaN where the value is null, or where the column never changes in the regime. */
  scores: Float64Array
  /** Variance of the scores where they are known. */
  variance: number
  weights: HermiteWeights | undefined
  /** Mean and standard deviation of each entity, where values are relative to these. */
  own?: { levels: Float64Array; spreads: Float64Array }
  scale: number
}

export interface Groups {
  starts: Int32Array
  /** By row; null where there is one regime. */
  regimes: Uint16Array | null
  regimeCount: number
}

/** Above this share of variance between entities, each has a level of its own. */
const ownShare = 0.8

export function scoreColumn(
  name: string,
  values: Float64Array,
  scale: number,
  groups: Groups,
  adds: boolean,
): ScoredColumn {
  const own = groups.regimes || adds ? undefined : ownLevels(values, groups.starts)
  const relative = own ? relativeTo(values, own, groups.starts) : values
  const scores = new Float64Array(values.length).fill(Number.NaN)
  const marginals: (Marginal | null)[] = []
  let weights: HermiteWeights | undefined
  let variance = 0
  let known = 0
  for (const rows of rowsByRegime(groups, values.length)) {
    const ascending = ascendingValues(relative, rows)
    if (ascending.length === 0) {
      marginals.push(null)
      continue
    }
    marginals.push(fitMarginal(ascending))
    if (ascending[0] === ascending.at(-1)) continue
    const map = fitScores(ascending)
    for (let i = 0; i < (rows?.length ?? values.length); i++) {
      const row = rows ? rows[i]! : i
      if (Number.isFinite(relative[row])) scores[row] = scoreOf(map, relative[row]!)
    }
    const own = hermiteWeights(map)
    // Regimes share one correction, weighted by their rows.
    if (own) weights = mixed(weights, own, known, ascending.length)
    else if (weights)
      weights = mixed(
        weights,
        Float64Array.from(weights, (_, k) => (k === 0 ? 1 : 0)),
        known,
        ascending.length,
      )
    variance = (variance * known + map.variance * ascending.length) / (known + ascending.length)
    known += ascending.length
  }
  const column = { name, marginals, scale, ...(own ? { own } : {}) }
  if (!weights && variance > 0) {
    const linear = scores.slice()
    for (const rows of rowsByRegime(groups, values.length)) setLinearScores(linear, relative, rows)
    for (let row = 0; row < linear.length; row++) if (Number.isNaN(scores[row]!)) linear[row] = Number.NaN
    // Noise of one size at all levels is what the model has: normal scores would shrink it in the tails that a trend has made.
    if (unevenness(linear, groups) < unevenness(scores, groups))
      return { ...column, scores: linear, variance: 1, weights }
  }
  return { ...column, scores, variance, weights }
}

function mixed(
  before: HermiteWeights | undefined,
  added: HermiteWeights,
  known: number,
  count: number,
): HermiteWeights {
  return added.map((weight, k) => ((before ? before[k]! : k === 0 ? 1 : 0) * known + weight * count) / (known + count))
}

function rowsByRegime({ regimes, regimeCount }: Groups, rows: number): (Int32Array | undefined)[] {
  if (!regimes) return [undefined]
  const lists: number[][] = Array.from({ length: regimeCount }, () => [])
  for (let row = 0; row < rows; row++) lists[regimes[row]!]!.push(row)
  return lists.map(list => Int32Array.from(list))
}

function ownLevels(values: Float64Array, starts: Int32Array): ScoredColumn['own'] | undefined {
  const entities = starts.length - 1
  if (entities < 2) return undefined
  const levels = new Float64Array(entities).fill(Number.NaN)
  const spreads = new Float64Array(entities).fill(Number.NaN)
  let within = 0
  let count = 0
  let mean = 0
  let squares = 0
  for (let e = 0; e < entities; e++) {
    let sum = 0
    let known = 0
    for (let row = starts[e]!; row < starts[e + 1]!; row++) {
      if (!Number.isFinite(values[row])) continue
      sum += values[row]!
      known++
    }
    if (known === 0) continue
    levels[e] = sum / known
    let square = 0
    for (let row = starts[e]!; row < starts[e + 1]!; row++) {
      if (Number.isFinite(values[row])) square += (values[row]! - levels[e]!) ** 2
    }
    if (known > 1) spreads[e] = Math.sqrt(square / (known - 1))
    within += square
    const shift = levels[e]! - mean
    mean += (shift * known) / (count + known)
    squares += (shift * shift * count * known) / (count + known)
    count += known
  }
  if (count < 8 * entities || within === 0 || squares / (squares + within) < ownShare) return undefined
  return { levels, spreads }
}

/** Values of each entity less its level, by its spread. */
export function relativeTo(
  values: Float64Array,
  { levels, spreads }: NonNullable<ScoredColumn['own']>,
  starts: Int32Array,
) {
  const relative = new Float64Array(values.length)
  for (let e = 0; e + 1 < starts.length; e++) {
    const spread = spreads[e]! > 0 ? spreads[e]! : 1
    for (let row = starts[e]!; row < starts[e + 1]!; row++) relative[row] = (values[row]! - levels[e]!) / spread
  }
  return relative
}
