/** When something was, as people say it. */

const units: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 365 * 86_400_000],
  ['month', 30 * 86_400_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
]
const words = new Intl.RelativeTimeFormat('en', { numeric: 'auto' })

export function timeAgo(thenMs: number, nowMs = Date.now()): string {
  const past = nowMs - thenMs
  const [unit, lengthMs] = units.find(([, length]) => past >= length) ?? []
  return unit && lengthMs ? words.format(-Math.floor(past / lengthMs), unit) : 'just now'
}
