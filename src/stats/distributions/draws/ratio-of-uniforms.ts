/** Hypergeometric draws by ratio of uniforms (Stadlober, The Ratio of Uniforms Approach for Generating Discrete Random Variates, 1990). */
import type { BulkRandom } from '../../bulk-random.ts'

/** 2·√(2/e) and 3 − 2·√(3/e): the half-width of the table mountain hat. */
const widthPerSd = 1.7155277699214135
const widthMore = 0.8989161620588988

/** `mass` is the probability of k successes. */
export function hypergeometricDraw(
  population: number,
  successes: number,
  draws: number,
  mass: (k: number) => number,
): (random: BulkRandom) => number {
  const rate = successes / population
  const mean = draws * rate
  const variance = mean * (1 - rate) * ((population - draws) / (population - 1))
  const centre = mean + 0.5
  const width = widthPerSd * Math.sqrt(variance + 0.5) + widthMore
  const most = mass(Math.floor(((draws + 1) / (population + 2)) * (successes + 1)))
  const least = Math.max(0, draws - (population - successes))
  const greatest = Math.min(draws, successes)
  return random => {
    for (;;) {
      const u = random.openFloat()
      const k = Math.floor(centre + (width * (random.float() - 0.5)) / u)
      if (k >= least && k <= greatest && u * u * most <= mass(k)) return k
    }
  }
}
