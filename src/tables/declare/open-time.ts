/** Time on which a calendar is open, as one line: a place on it is a moment. */
import { dateFromText, timeFromText } from '../expression/date-text.ts'
import { type CalendarChoice, weekdayNames } from './calendar-choice.ts'

const msPerDay = 86_400_000
/** Two thousand years of hours and breaks are more than anybody means. */
const mostDays = 800_000

export interface OpenTime {
  /** Milliseconds that are open in all. */
  total: number
  /** The moment at so many open milliseconds from the start. */
  moment(open: number): number
}

/** Days that are open, as milliseconds since 1970, both ends included. */
export function openDays(calendar: CalendarChoice, from: number, to: number): number[] {
  const isOpen = dayTest(calendar)
  const days: number[] = []
  for (let day = startOfDay(from); day <= to && days.length < mostDays; day += msPerDay) if (isOpen(day)) days.push(day)
  return days
}

/** @param enough stop when so much open time was found; `to` may then be infinite. */
export function openTime(
  calendar: CalendarChoice,
  from: number,
  to: number,
  enough = Number.POSITIVE_INFINITY,
): OpenTime {
  const isOpen = dayTest(calendar)
  const spans = spansOf(calendar)
  const starts: number[] = []
  const before: number[] = []
  let total = 0
  let lastEnd = Number.NaN
  // Hours past midnight belong to the day before.
  const first = startOfDay(from) - msPerDay
  for (let day = first; day < to && total < enough && day - first < mostDays * msPerDay; day += msPerDay) {
    if (!isOpen(day)) continue
    for (const [open, close] of spans) {
      const start = Math.max(day + open, from)
      const end = Math.min(day + close, to)
      if (end <= start) continue
      if (start !== lastEnd) {
        starts.push(start)
        before.push(total)
      }
      total += end - start
      lastEnd = end
    }
  }
  const moment = (open: number): number => {
    let low = 0
    let high = starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >>> 1
      if (before[middle]! <= open) low = middle
      else high = middle - 1
    }
    return starts[low]! + (open - before[low]!)
  }
  return { total, moment }
}

function startOfDay(ms: number): number {
  return Math.floor(ms / msPerDay) * msPerDay
}

function dayTest({ weekdays, holidays = [] }: CalendarChoice): (day: number) => boolean {
  const closed = new Set(holidays.map(text => startOfDay(dateFromText(text)!)))
  const open = new Set((weekdays ?? weekdayNames).map(name => weekdayNames.indexOf(name)))
  // 1 January 1970 was a Thursday.
  return day => open.has((((day / msPerDay + 3) % 7) + 7) % 7) && !closed.has(day)
}

/** Opening hours in milliseconds since midnight, in order. */
function spansOf({ hours }: CalendarChoice): [number, number][] {
  if (!hours) return [[0, msPerDay]]
  const list = (typeof hours[0] === 'string' ? [hours] : hours) as [string, string][]
  return list
    .map(([from, to]): [number, number] => {
      const [open, close] = [timeFromText(from)!, timeFromText(to)!]
      return [open, close > open ? close : close + msPerDay]
    })
    .sort(([a], [b]) => a - b)
}
