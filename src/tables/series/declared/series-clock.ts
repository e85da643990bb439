/** What time is in a declared series: dates, where stretches of time are texts such as `10 min`, or counts, where they are numbers. */
import { z } from 'zod'

const unitsMs: Record<string, number> = {
  ms: 1,
  s: 1000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
}
const stretchOfTime = new RegExp(`^\\s*(\\d+\\.?\\d*|\\.\\d+)\\s*(${Object.keys(unitsMs).join('|')})\\s*$`)

const expected =
  'write a number and a unit of ms, s, min, h, d, w, such as “10 min”; of a series that counts, a number above 0'

/** A stretch of time as declared. */
export const spanSchema = z.union(
  [
    z
      .string()
      .regex(stretchOfTime, expected)
      .describe('A number and a unit of ms, s, min, h, d, w: “10 min”, “1.5 h”, “7 d”'),
    z.number().positive().describe('Of series that count, such as cycles: so many of them'),
  ],
  { error: expected },
)
export type Span = z.infer<typeof spanSchema>

/** Milliseconds of a text, or the count. */
export function spanOf(span: Span): number {
  if (typeof span === 'number') return span
  const [, number, unit] = stretchOfTime.exec(span)!
  return Number(number) * unitsMs[unit!]!
}

/** Units of time in one of those in which distributions of durations are declared: seconds, or counts. */
export function durationScale(counts: boolean): number {
  return counts ? 1 : unitsMs['s']!
}

/** Milliseconds since 1970 of an ISO date or date and time, as UTC unless it says otherwise; NaN where it is none. */
export function instantOf(text: string): number {
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return Date.parse(`${text}T00:00:00Z`)
  const found = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?)(Z|[+-]\d\d:\d\d)?$/.exec(text)
  return found ? Date.parse(`${found[1]}T${found[2]}${found[3] ?? 'Z'}`) : Number.NaN
}
