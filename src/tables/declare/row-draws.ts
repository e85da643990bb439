/** Draws one value at a time, for parameters that differ from row to row, without opening a distribution for each. */
import type { BulkRandom } from '../../stats/bulk-random.ts'
import { standardNormal } from '../../stats/distributions/draws/ziggurat.ts'

/** A value, or undefined where the parameters need the distribution itself, which also says what is wrong with them. */
export type RowDraw = (parameters: Readonly<Record<string, number>>, random: BulkRandom) => number | undefined

export const rowDraws: Readonly<Record<string, RowDraw>> = {
  normal({ mean = 0, sd = 1 }, random) {
    return sd > 0 ? mean + sd * standardNormal(random) : undefined
  },
  'log-normal'({ logMean = 0, logSd = 1 }, random) {
    return logSd > 0 ? Math.exp(logMean + logSd * standardNormal(random)) : undefined
  },
  uniform({ min = 0, max = 1 }, random) {
    return min < max ? min + (max - min) * random.float() : undefined
  },
  /** Sequential search of the distribution function, exact to rounding while e⁻ᵐᵉᵃⁿ is far from the least number. */
  poisson({ mean }, random) {
    if (mean === undefined || !(mean > 0 && mean <= 100)) return undefined
    let share = random.float()
    let mass = Math.exp(-mean)
    let value = 0
    while (share >= mass && mass > 0) {
      share -= mass
      value++
      mass *= mean / value
    }
    return value
  },
}
