/** From latent scores to a column’s values. */
import { latentReach, type ScaledColumn } from './fitted-series.ts'
import { compileQuantile } from './marginal.ts'
import { atPlace, atSeason } from './phase.ts'

/** Where the rows of a stretch stand. */
export interface Stretch {
  rows: number
  /** The first row’s place in its entity. */
  from: number
  /** Times of the column of time, not of the model. */
  moments: Float64Array
  knot: Float64Array
  seasons: Float64Array[]
  /** Places along the knots of effects. */
  life: Float64Array
  /** Null where there is one regime. */
  regimes: Uint16Array | null
}

/** What an entity gives a column. */
export interface EntityShare {
  /** By knot of effects; null where entities do not differ. */
  effect: Float64Array | null
  /** By knot: the standard deviation of the rest. */
  rest: Float64Array | null
  level: number
  spread: number
}

/**
 * Writes values of a stretch to `out` from `at` on, NaN where the regime has none. `scores` null: the column never varies within
 * a regime. Gives the last value, which the next stretch of a sum goes on from.
 */
export type ValueDraw = (
  out: Float64Array,
  at: number,
  scores: Float64Array | null,
  stretch: Stretch,
  entity: EntityShare,
  before: number,
) => number

export function openValues({
  marginals,
  own,
  scale,
  from,
  trend,
  seasons,
  spread,
  seasonSpread,
  shares,
}: ScaledColumn): ValueDraw {
  const quantiles = marginals.map(marginal => (marginal ? compileQuantile(marginal) : null))
  const points = Float64Array.from(shares)
  const cells = points.length - 1
  const level = Float64Array.from(trend)
  const width = Float64Array.from(spread)
  const waves = seasons.map(season => Float64Array.from(season))
  const widths = seasonSpread.map(season => Float64Array.from(season))
  return (out, at, scores, stretch, entity, before) => {
    let sum = before
    for (let row = 0; row < stretch.rows; row++) {
      let share = 0.5
      if (scores) {
        const knot = stretch.knot[row]!
        let mean = atPlace(level, knot)
        let deviation = atPlace(width, knot)
        for (let s = 0; s < waves.length; s++) {
          const place = stretch.seasons[s]![row]!
          mean += atSeason(waves[s]!, place)
          deviation *= atSeason(widths[s]!, place)
        }
        let score = scores[row]!
        if (entity.effect) {
          const place = stretch.life[row]!
          score = score * atPlace(entity.rest!, place) + atPlace(entity.effect, place)
        }
        const point = ((mean + deviation * score) / latentReach + 1) * 0.5 * cells
        const low = point <= 0 ? 0 : point >= cells ? cells - 1 : Math.floor(point)
        const part = point <= 0 ? 0 : point >= cells ? 1 : point - low
        share = points[low]! + part * (points[low + 1]! - points[low]!)
      }
      const quantile = quantiles[stretch.regimes ? stretch.regimes[row]! : 0]
      let value = quantile ? quantile(share) : Number.NaN
      if (from === 'before') {
        if (stretch.from + row === 0) sum = entity.level
        else if (value > 0) sum += scale > 0 ? Math.round(value * scale) / scale : value
        value = sum
      } else if (own) value = entity.level + entity.spread * value
      else if (from === 'time') value += stretch.moments[row]!
      out[at + row] = scale > 0 ? Math.round(value * scale) / scale : value
    }
    return sum
  }
}
