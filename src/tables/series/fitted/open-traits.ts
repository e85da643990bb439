/** Draws what entities have once. */
import type { RandomStream } from '../../../stats/random-stream.ts'
import { normalCdf, normalQuantile } from '../../../stats/special-functions-normal.ts'
import type { FittedSeries } from './fitted-series.ts'
import { compileQuantile } from './marginal.ts'

/** Entities in a batch, of which each trait takes each of as many equal shares of its distribution once (Latin hypercube). */
const batch = 64

/**
 * Values of an entity’s traits, in their order; NaN is null. They depend on the stream’s name and the entity’s number alone. Few
 * entities then spread over the distributions as many would.
 */
export function openTraits(
  { traits, traitFactor }: FittedSeries,
  random: RandomStream,
): (entity: number) => Float64Array {
  const size = traits.length
  const quantiles = traits.map(({ marginal }) => compileQuantile(marginal))
  const ranks = Array.from({ length: batch }, (_, rank) => rank)
  const normals = new Float64Array(size)
  let open: { number: number; shares: number[][] } | undefined
  return entity => {
    const number = Math.floor(entity / batch)
    if (open?.number !== number) {
      const strata = random.fork('batch').fork(number)
      open = { number, shares: traits.map(() => strata.shuffle(ranks).map(rank => (rank + strata.float()) / batch)) }
    }
    const own = random.fork('entity').fork(entity)
    for (let i = 0; i < size; i++) normals[i] = normalQuantile(Math.max(open.shares[i]![entity % batch]!, 1e-12))
    return Float64Array.from(traits, ({ scale, nulls }, i) => {
      let score = 0
      for (let j = 0; j <= i; j++) score += traitFactor[i * size + j]! * normals[j]!
      if (nulls > 0 && own.float() < nulls) return Number.NaN
      const value = quantiles[i]!(normalCdf(score))
      return scale > 0 ? Math.round(value * scale) / scale : value
    })
  }
}
