/** The confidence interval of a rate, sound for few cases and for rates near 0 and 1. */
import type { Interval } from './bootstrap.ts'

/** Two-sided 95 % of the normal distribution. */
const z = 1.959963984540054

/** Wilson’s score interval (1927), 95 %. Undefined where there are no trials. */
export function wilsonInterval(successes: number, trials: number): Interval | undefined {
  if (trials === 0) return undefined
  const rate = successes / trials
  const spread = (z * z) / trials
  const centre = rate + spread / 2
  const margin = z * Math.sqrt((rate * (1 - rate) + spread / 4) / trials)
  return { low: Math.max(0, (centre - margin) / (1 + spread)), high: Math.min(1, (centre + margin) / (1 + spread)) }
}
