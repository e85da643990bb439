/** Single numbers of what may be declared as a number for all or as a distribution. */
import { BulkRandom } from '../../../stats/bulk-random.ts'
import type { DistributionChoice } from '../../../stats/distributions/define-distribution.ts'
import { openDistribution } from '../../../stats/distributions/index.ts'
import type { RandomStream } from '../../../stats/random-stream.ts'

export type NumberDraw = (random: RandomStream) => number

export function openDraw(declared: number | DistributionChoice): NumberDraw {
  if (typeof declared === 'number') return () => declared
  const distribution = openDistribution(declared)
  return random => {
    const drawn = new Float64Array(1)
    distribution.fill(drawn, random)
    return drawn[0]!
  }
}

/** The same, as a quantile: so that who draws high in one draws high in another. */
export function openQuantile(declared: number | DistributionChoice): (share: number) => number {
  if (typeof declared === 'number') return () => declared
  const distribution = openDistribution(declared)
  return share => distribution.quantile(share)
}

/** A share between 0 and 1, never one of them. */
export function openShare(random: RandomStream): number {
  return new BulkRandom(random, 2).openFloat()
}
