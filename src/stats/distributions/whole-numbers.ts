/** What distributions of whole numbers share: steps of the cdf, and draws by a table where many are asked for of few values. */
import type { BulkRandom } from '../bulk-random.ts'
import type { DistributionParts } from './define-distribution.ts'
import { tableDraw } from './draws/mass-table.ts'

/** Fewer draws than these do not pay for a table: rows of which each has its own parameters. */
const tableWorth = 64
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
  /** Draws without a table, quick to set up. */
  draw(): (random: BulkRandom) => number
}

export function onWholeNumbers(numbers: WholeNumbers): DistributionParts {
  const { least, greatest, mean, variance, mass, shares } = numbers
  let table: ((random: BulkRandom) => number) | undefined
  let single: ((random: BulkRandom) => number) | undefined
  return {
    discrete: true,
    support: [least, greatest],
    mean,
    variance,
    density: x => (Number.isInteger(x) && x >= least && x <= greatest ? mass(x) : 0),
    cdf: x => (x < least ? 0 : x >= greatest ? 1 : shares(Math.floor(x)).lower),
    survival: x => (x < least ? 1 : x >= greatest ? 0 : shares(Math.floor(x)).upper),
    fill(out, random) {
      if (least === greatest) {
        out.fill(least)
        return
      }
      // Which way is taken depends on the number of draws alone, never on what was drawn before.
      const tabled = out.length >= tableWorth && variance <= widest * widest
      if (tabled) table ??= tableDraw(numbers) ?? numbers.draw()
      else single ??= numbers.draw()
      const draw = (tabled ? table : single)!
      for (let i = 0; i < out.length; i++) out[i] = draw(random)
    },
  }
}
