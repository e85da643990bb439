/** What distributions of whole numbers share: steps of the cdf, and draws by a table where few values occur. */
import type { BulkRandom } from '../bulk-random.ts'
import type { DistributionParts } from './define-distribution.ts'
import { tableDraw } from './draws/mass-table.ts'

/** Standard deviation from which on a table is not even tried. */
const widest = 600

interface WholeNumbers {
  least: number
  greatest: number
  mode: number
  mean: number
  variance: number
  /** Asked for whole numbers from `least` to `greatest` alone. */
  mass(k: number): number
  /** Shares up to k and beyond it, for whole numbers from `least` to below `greatest`. */
  shares(k: number): { lower: number; upper: number }
  /** Draws where a table would be too large; made once. */
  draw(): (random: BulkRandom) => number
}

export function onWholeNumbers(numbers: WholeNumbers): DistributionParts {
  const { least, greatest, mean, variance, mass, shares } = numbers
  let draw: ((random: BulkRandom) => number) | undefined
  return {
    discrete: true,
    support: [least, greatest],
    mean,
    variance,
    density: x => (Number.isInteger(x) && x >= least && x <= greatest ? mass(x) : 0),
    cdf: x => (x < least ? 0 : x >= greatest ? 1 : shares(Math.floor(x)).lower),
    survival: x => (x < least ? 1 : x >= greatest ? 0 : shares(Math.floor(x)).upper),
    fill(out, random) {
      // Tables are made at the first draw: whoever asks for shares alone does not wait for them.
      draw ??= (variance <= widest * widest ? tableDraw(numbers) : undefined) ?? numbers.draw()
      for (let i = 0; i < out.length; i++) out[i] = draw(random)
    },
  }
}
