/** Numbers, money, times and bars as people read them. */

export function spelledCount(count: number): string {
  return Math.round(count).toLocaleString('en-US')
}

/** `1 call`, `1,200 calls` */
export function spelledCounts(count: number, noun: string, plural = `${noun}s`): string {
  return `${spelledCount(count)} ${count === 1 ? noun : plural}`
}

/** Nano-dollars: `$0`, `$0.0123`, `$12.40`; never rounded down to nothing. */
export function spelledDollars(nanoUsd: number): string {
  const dollars = nanoUsd / 1e9
  if (dollars === 0) return '$0'
  if (dollars < 0.0001) return '< $0.0001'
  return `$${dollars.toLocaleString('en-US', { minimumFractionDigits: dollars < 1 ? 4 : 2, maximumFractionDigits: dollars < 1 ? 4 : 2 })}`
}

/** `0.4 s`, `12 s`, `3 min 5 s`, `2 h 10 min` */
export function spelledDuration(ms: number): string {
  if (ms < 9950) return `${(ms / 1000).toFixed(1)} s`
  const seconds = Math.round(ms / 1000)
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes} min ${seconds % 60} s`
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}

/** A bar of `value` out of `most`, at most `width` columns; something is seen of everything above 0. */
export function bar(value: number, most: number, width: number): string {
  if (value <= 0 || most <= 0) return ''
  return '█'.repeat(Math.max(1, Math.round((width * Math.min(value, most)) / most)))
}

/** A share as a percentage: `0 %`, `0.04 %`, `3.1 %`, `87 %`; never rounded to all or nothing. */
export function spelledShare(share: number): string {
  const percent = 100 * share
  if (percent === 0 || percent === 100) return `${percent} %`
  if (percent < 0.01) return '< 0.01 %'
  if (percent > 99.99) return '> 99.99 %'
  return `${percent.toFixed(percent < 0.1 || percent > 99.9 ? 2 : percent < 10 || percent > 99 ? 1 : 0)} %`
}

/** `+0.012`, `−3.4`, `0.000`: a difference, whose sign is always seen. */
export function spelledChange(change: number, digits: number): string {
  const size = Math.abs(change).toFixed(digits)
  return Number(size) === 0 ? size : `${change < 0 ? '−' : '+'}${size}`
}
