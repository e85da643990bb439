/** Quantiles by search, for distributions that have no formula for them. */
import type { Distribution } from './define-distribution.ts'

type Searched = Pick<Distribution, 'discrete' | 'support' | 'mean' | 'variance' | 'density' | 'cdf' | 'survival'>

/**
 * The least value with at least `share` up to it (`lower`), or at most `share` beyond it (`upper`), each measured in its own tail.
 * Whole numbers where the distribution is discrete, else to the last digits of a number.
 */
export function invertDistribution(searched: Searched, share: number, tail: 'lower' | 'upper'): number {
  const { support, cdf, survival, discrete } = searched
  if (!(share >= 0 && share <= 1)) return Number.NaN
  if (share === 0) return support[tail === 'lower' ? 0 : 1]
  if (share === 1) return support[tail === 'lower' ? 1 : 0]
  const reached = tail === 'lower' ? (x: number) => cdf(x) >= share : (x: number) => survival(x) <= share
  const around = bracket(searched, reached)
  return discrete ? leastWhole(around, reached) : leastNumber(searched, share, tail, around)
}

/** A value that is not reached, or the lower end of the support, and one that is. */
function bracket({ support, mean, variance, discrete }: Searched, reached: (x: number) => boolean): [number, number] {
  const [least, greatest] = support
  const near = Number.isFinite(mean) ? mean : Number.isFinite(least) ? least + 1 : 0
  const centre = Math.min(greatest, Math.max(least, discrete ? Math.round(near) : near))
  let step = Number.isFinite(variance) && variance > 0 ? Math.sqrt(variance) : 1
  if (discrete) step = Math.max(1, Math.ceil(step))
  let high = centre
  let low = centre
  if (reached(centre)) {
    while (low > least && reached(low)) {
      high = low
      low = Math.max(least, low - step)
      step *= 2
    }
  } else {
    while (high < greatest && !reached(high)) {
      low = high
      high = Math.min(greatest, high + step)
      step *= 2
    }
  }
  return [low, high]
}

function leastWhole([low, high]: [number, number], reached: (x: number) => boolean): number {
  if (reached(low)) return low
  let below = low
  let above = high
  while (above - below > 1) {
    const middle = below + Math.floor((above - below) / 2)
    if (middle === below || middle === above) break
    if (reached(middle)) above = middle
    else below = middle
  }
  return above
}

/**
 * Newton's steps on the logarithm of the tail, taken as long as they halve and stay inside what is known; else the bracket is cut, by
 * ratio where its ends are of different sizes. Of positive values the logarithm is searched: they may lie at 1e-300.
 */
function leastNumber(
  { density, cdf, survival, support }: Searched,
  share: number,
  tail: 'lower' | 'upper',
  [from, to]: [number, number],
): number {
  const positive = support[0] >= 0
  let low = from
  let high = to
  let x = middleOf(low, high)
  let lastStep = high - low
  for (let i = 0; i < 400; i++) {
    const value = tail === 'lower' ? cdf(x) : survival(x)
    if (value === share) return x
    if (tail === 'lower' ? value > share : value < share) high = x
    else low = x
    const slope = density(x)
    const by = ((tail === 'lower' ? -1 : 1) * value * Math.log(value / share)) / slope
    const next = positive ? x * Math.exp(by / x) : x + by
    const step = Math.abs(next - x)
    if (next > low && next < high && step < lastStep / 2) {
      if (step <= 2e-16 * Math.abs(x)) return next
      lastStep = step
      x = next
    } else {
      const middle = middleOf(low, high)
      if (middle <= low || middle >= high) return high
      lastStep = high - low
      x = middle
    }
  }
  return x
}

/** The least number from `low` to `high` for which `reached` holds, which it does at `high`. */
export function leastReached(low: number, high: number, reached: (x: number) => boolean): number {
  if (low === high || reached(low)) return low
  let below = Math.max(low, -Number.MAX_VALUE)
  let above = Math.min(high, Number.MAX_VALUE)
  for (;;) {
    const middle = middleOf(below, above)
    if (middle <= below || middle >= above) return above
    if (reached(middle)) above = middle
    else below = middle
  }
}

/** Halves the difference, or the ratio where that is large. */
function middleOf(low: number, high: number): number {
  if (low < 0 && high > 0) return Math.max(-low, high) > 1 ? 0.5 * (low + high) : 0
  const small = Math.min(Math.abs(low), Math.abs(high))
  const large = Math.max(Math.abs(low), Math.abs(high))
  if (large <= 4 * small || large < 1e-322) return low + (high - low) / 2
  const ratio = Math.sqrt(Math.max(small, 5e-324)) * Math.sqrt(large)
  return low < 0 ? -ratio : ratio
}
