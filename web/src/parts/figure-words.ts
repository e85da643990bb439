/** Scores, rates, intervals and times, as people read them. */
import type { ShownDifference, ShownInterval } from '../../../src/model/api/figures.ts'

export function shownCount(count: number): string {
  return count.toLocaleString('en')
}

/** `1 record`, `1,200 records` */
export function shownCounts(count: number, noun: string, plural = `${noun}s`): string {
  return `${shownCount(count)} ${count === 1 ? noun : plural}`
}

/** A score of 0 to 1 with three decimals. */
export function shownScore(value: number): string {
  return value.toFixed(3)
}

/** `0.857 to 0.950`; nothing where there is too little to say. */
export function shownInterval({ low, high }: ShownInterval): string {
  return low === null || high === null ? '' : `${low.toFixed(3)} to ${high.toFixed(3)}`
}

/** Rounded down, so that a rate below its minimum never reads like it. */
export function shownRate(rate: number | null): string {
  return rate === null ? '–' : `${(Math.floor(1000 * rate + 1e-9) / 10).toFixed(1)}\u00a0%`
}

/** Minimums with the decimals they were given with. */
export function shownMinimum(rate: number): string {
  return `${Number((100 * rate).toFixed(2))}\u00a0%`
}

/** `88 to 97 %` */
export function shownRateInterval({ low, high }: ShownInterval): string {
  if (low === null || high === null) return ''
  return `${Math.floor(100 * low + 1e-9)} to ${Math.ceil(100 * high - 1e-9)}\u00a0%`
}

/** With its sign, as `+1.6` and `−0.2`. */
export function shownChange(value: number, digits: number): string {
  const rounded = value.toFixed(digits)
  if (Number(rounded) === 0) return (0).toFixed(digits)
  return value > 0 ? `+${rounded}` : rounded.replace('-', '−')
}

/** In points of a hundred: `+1.6 (+0.8 to +2.4)` */
export function shownPoints({ value, interval: { low, high } }: ShownDifference): string {
  const range = low === null || high === null ? '' : ` (${shownChange(100 * low, 1)} to ${shownChange(100 * high, 1)})`
  return `${shownChange(100 * value, 1)}${range}`
}

/** `−0.031 to +0.019` */
export function shownChangeInterval({ low, high }: ShownInterval, digits: number): string {
  return low === null || high === null ? '' : `${shownChange(low, digits)} to ${shownChange(high, digits)}`
}

/** What an interval leaves no doubt about. */
export function directionOf({ interval: { low, high } }: ShownDifference): 'better' | 'worse' | 'open' {
  return low !== null && low > 0 ? 'better' : high !== null && high < 0 ? 'worse' : 'open'
}

export function shownWhen(ms: number): string {
  return new Date(ms).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' })
}

export function shownMegabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`
}
