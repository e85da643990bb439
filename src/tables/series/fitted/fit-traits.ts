/** What entities have once, and how these go together: a Gaussian copula with the distributions as they are. */
import { normalQuantile } from '../../../stats/special-functions-normal.ts'
import { nearbyFactor } from './dense-matrix.ts'
import type { Trait } from './fitted-series.ts'
import { ascendingValues, compileQuantile, fitMarginal, fitScores, type Marginal, scoreOf } from './marginal.ts'

/** A trait before it is fitted: its value for each entity, NaN where there is none. */
export type TraitValues = Pick<Trait, 'kind' | 'names' | 'scale' | 'ranked'> & { values: Float64Array }

export function fitTraits(traits: TraitValues[]): { traits: Trait[]; factor: number[] } {
  const scores = traits.map(({ values }) => normalScores(values))
  const size = traits.length
  const correlations = new Float64Array(size * size)
  for (let i = 0; i < size; i++) {
    correlations[i * size + i] = 1
    for (let j = 0; j < i; j++) {
      // Effects of one model are independent of one another by construction.
      const apart = traits[i]!.kind === 'effect' && traits[j]!.kind === 'effect'
      const value = apart ? 0 : correlationOf(scores[i]!, scores[j]!)
      correlations[i * size + j] = value
      correlations[j * size + i] = value
    }
  }
  return {
    traits: traits.map(({ values, ...trait }) => {
      const ascending = ascendingValues(values)
      return {
        ...trait,
        marginal: trait.kind === 'effect' ? effectMarginal(ascending) : fitMarginal(ascending),
        nulls: trait.kind === 'effect' ? 0 : 1 - ascending.length / Math.max(1, values.length),
      }
    }),
    factor: Array.from(nearbyFactor(correlations, size).factor),
  }
}

/** Entities below which the shape of an effect’s distribution is not looked at: it is normal. */
const fewestShaped = 20
const shapePoints = 200

/** Of mean 0 and variance 1, in the shape that the entities show. */
export function effectMarginal(ascending: Float64Array): Marginal {
  const places = Array.from({ length: shapePoints + 1 }, (_, k) => k / shapePoints)
  if (ascending.length < fewestShaped) {
    return { share: places, value: places.map(place => normalQuantile(Math.min(Math.max(place, 1e-3), 1 - 1e-3))) }
  }
  const quantileOf = compileQuantile(fitMarginal(ascending))
  const middles = places.slice(1).map(place => quantileOf(place - 0.5 / shapePoints))
  const mean = middles.reduce((a, b) => a + b, 0) / shapePoints
  const deviation = Math.sqrt(middles.reduce((sum, value) => sum + (value - mean) ** 2, 0) / shapePoints) || 1
  return { share: places, value: places.map(place => (quantileOf(place) - mean) / deviation) }
}

function normalScores(values: Float64Array): Float64Array {
  const ascending = ascendingValues(values)
  if (ascending.length === 0) return values
  const map = fitScores(ascending)
  return values.map(value => (Number.isFinite(value) ? scoreOf(map, value) : Number.NaN))
}

/** 0 where it might be chance: with few entities most correlations are. */
function correlationOf(a: Float64Array, b: Float64Array): number {
  let count = 0
  let ab = 0
  let aa = 0
  let bb = 0
  let meanA = 0
  let meanB = 0
  for (let i = 0; i < a.length; i++) {
    if (Number.isNaN(a[i]! + b[i]!)) continue
    count++
    meanA += a[i]!
    meanB += b[i]!
  }
  if (count < 8) return 0
  meanA /= count
  meanB /= count
  for (let i = 0; i < a.length; i++) {
    if (Number.isNaN(a[i]! + b[i]!)) continue
    ab += (a[i]! - meanA) * (b[i]! - meanB)
    aa += (a[i]! - meanA) ** 2
    bb += (b[i]! - meanB) ** 2
  }
  const correlation = aa > 0 && bb > 0 ? ab / Math.sqrt(aa * bb) : 0
  return Math.abs(correlation) * Math.sqrt(count) < 2.5 ? 0 : correlation
}
