/** Reads dates and times as people write them in expressions and declarations: ISO 8601, always UTC. */

const date = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3})\d*)?)?Z?)?$/
const time = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3})\d*)?)?$/
const msPerDay = 86_400_000

/** `2026-03-01` or `2026-03-01 06:30[:00[.000]]` as milliseconds since 1970; undefined if it is no such date. */
export function dateFromText(text: string): number | undefined {
  const match = date.exec(text.trim())
  if (!match) return undefined
  const [, year, month, day] = match.map(Number)
  const start = Date.UTC(year!, month! - 1, day!)
  // Two-digit years below 100 are taken for 19xx by Date.UTC, which no file means.
  if (year! < 100 || new Date(start).getUTCMonth() !== month! - 1 || new Date(start).getUTCDate() !== day)
    return undefined
  const within = match[4] === undefined ? 0 : msOfClock(match.slice(4))
  return within === undefined || within >= msPerDay ? undefined : start + within
}

/** `06:30[:00[.000]]` as milliseconds since midnight, up to `24:00`; undefined if it is no such time. */
export function timeFromText(text: string): number | undefined {
  const match = time.exec(text.trim())
  return match ? msOfClock(match.slice(1)) : undefined
}

function msOfClock([hours, minutes, seconds = '0', fraction = '0']: (string | undefined)[]): number | undefined {
  const within = Number(hours) * 3_600_000 + Number(minutes) * 60_000 + Number(seconds) * 1_000
  const valid = within <= msPerDay && Number(minutes) < 60 && Number(seconds) < 60
  return valid ? within + Number(fraction.padEnd(3, '0')) : undefined
}
