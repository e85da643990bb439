/** Functions of dates and times, all in UTC. */
import { dateFromText, timeFromText } from './date-text.ts'
import type { ExpressionFunction } from './functions.ts'
import { asNumber, asText, isMoment, typeFault, wrongType } from './type-fault.ts'
import { type Node, type NumberNode, numberNode, numberOfTexts } from './vectors.ts'

const msPerDay = 86_400_000

const unitMs: Record<string, number> = {
  milliseconds: 1,
  seconds: 1_000,
  minutes: 60_000,
  hours: 3_600_000,
  days: msPerDay,
  weeks: 7 * msPerDay,
}

function asDate(node: Node, wanted: string): NumberNode {
  if (node.type === 'date' || node.type === 'datetime') return node
  throw wrongType(node, wanted, 'a date')
}

function asMoment(node: Node, wanted: string): NumberNode {
  if (isMoment(node)) return node
  throw wrongType(node, wanted, 'a date or a time')
}

function part(name: string, summary: string, of: typeof asDate, apply: (ms: number) => number): ExpressionFunction {
  const signature = `${name}(${of === asDate ? 'date' : 'time'})`
  return {
    name,
    signature,
    summary,
    least: 1,
    most: 1,
    node: ([given], at) => numberNode(at, 'integer', [of(given!, name)], apply),
  }
}

function unitOf(node: Node, units: string[]): string {
  const { constant } = node
  const unit = typeof constant === 'string' ? constant.toLowerCase().replace(/([^s])$/, '$1s') : ''
  if (units.includes(unit)) return unit
  throw typeFault(node.at, 'This is no unit of time', `There are ${units.map(one => `'${one}'`).join(', ')}.`)
}

/** The same day some months later, or the last of that month. */
function monthsLater(ms: number, months: number): number {
  const start = new Date(ms)
  const day = start.getUTCDate()
  const first = Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + months, 1)
  const end = new Date(first)
  const last = new Date(Date.UTC(end.getUTCFullYear(), end.getUTCMonth() + 1, 0)).getUTCDate()
  return first + (Math.min(day, last) - 1) * msPerDay + remainderOfDay(ms)
}

function remainderOfDay(ms: number): number {
  return ms - Math.floor(ms / msPerDay) * msPerDay
}

/** ISO 8601: 1 is Monday. */
function weekdayOf(ms: number): number {
  return ((((Math.floor(ms / msPerDay) + 3) % 7) + 7) % 7) + 1
}

export const dateFunctions: ExpressionFunction[] = [
  part('year', 'The year.', asDate, ms => new Date(ms).getUTCFullYear()),
  part('month', 'The month, 1 to 12.', asDate, ms => new Date(ms).getUTCMonth() + 1),
  part('day', 'The day of the month, 1 to 31.', asDate, ms => new Date(ms).getUTCDate()),
  part('weekday', 'The day of the week: 1 is Monday, 7 is Sunday.', asDate, weekdayOf),
  part('dayOfYear', 'The day of the year, 1 to 366.', asDate, ms => {
    const start = Date.UTC(new Date(ms).getUTCFullYear(), 0, 1)
    return Math.floor((ms - start) / msPerDay) + 1
  }),
  part('hour', 'The hour, 0 to 23.', asMoment, ms => Math.floor(remainderOfDay(ms) / unitMs['hours']!)),
  part(
    'minute',
    'The minute, 0 to 59.',
    asMoment,
    ms => Math.floor(ms / unitMs['minutes']!) - 60 * Math.floor(ms / unitMs['hours']!),
  ),
  part(
    'second',
    'The second, 0 to 59.',
    asMoment,
    ms => Math.floor(ms / 1_000) - 60 * Math.floor(ms / unitMs['minutes']!),
  ),
  {
    name: 'date',
    signature: 'date(text), date(datetime) or date(year, month, day)',
    summary:
      'A date: read from a text in ISO 8601 (null if it is none), the day of a date with time, or from its parts.',
    least: 1,
    most: 3,
    node: (given, at) => {
      const [first] = given
      if (given.length === 1 && first!.type === 'text') {
        const whole = typeof first!.constant === 'string' && /\d:\d/.test(first!.constant) ? 'datetime' : 'date'
        return numberOfTexts(at, whole, [first!], text => dateFromText(text!) ?? Number.NaN)
      }
      if (given.length === 1) {
        return numberNode(at, 'date', [asDate(first!, 'date')], ms => Math.floor(ms / msPerDay) * msPerDay)
      }
      if (given.length === 2)
        throw typeFault(at, 'date was given a year and a month, but no day', 'As in: date(2026, 3, 1).')
      const numbers = given.map(node => asNumber(node, 'date'))
      return numberNode(at, 'date', numbers, (year, month, day) => Date.UTC(year!, month! - 1, day!))
    },
  },
  {
    name: 'datetime',
    signature: 'datetime(text) or datetime(date, time)',
    summary:
      'A date with time: read from a text in ISO 8601 (null if it is none), or a day and a time of day put together.',
    least: 1,
    most: 2,
    node: ([first, second], at) => {
      if (!second) {
        if (first!.type !== 'text') return { ...asDate(first!, 'datetime'), type: 'datetime' }
        return numberOfTexts(at, 'datetime', [first!], text => dateFromText(text!) ?? Number.NaN)
      }
      if (second.type !== 'time') throw wrongType(second, 'datetime', 'a time of day')
      return numberNode(
        at,
        'datetime',
        [asDate(first!, 'datetime'), second],
        (day, time) => Math.floor(day! / msPerDay) * msPerDay + time!,
      )
    },
  },
  {
    name: 'time',
    signature: 'time(datetime) or time(text)',
    summary: 'The time of day of a date with time, or read from a text such as 06:30.',
    least: 1,
    most: 1,
    node: ([given], at) =>
      given!.type === 'text'
        ? numberOfTexts(at, 'time', [asText(given!, 'time')], text => timeFromText(text!) ?? Number.NaN)
        : numberNode(at, 'time', [asMoment(given!, 'time')], remainderOfDay),
  },
  {
    name: 'add',
    signature: "add(date, count, 'hours')",
    summary:
      'So much later: milliseconds, seconds, minutes, hours, days, weeks, months or years; earlier if the count is negative.',
    least: 3,
    most: 3,
    node: ([first, count, unit], at) => {
      const moment = asMoment(first!, 'add')
      const months = moment.type === 'time' ? [] : ['months', 'years']
      const name = unitOf(unit!, [...Object.keys(unitMs), ...months])
      const number = asNumber(count!, 'add')
      const type = moment.type === 'date' && (unitMs[name] ?? msPerDay) < msPerDay ? 'datetime' : moment.type
      const ms = unitMs[name]
      const perYear = name === 'years' ? 12 : 1
      return numberNode(at, type, [moment, number], (a, b) => {
        if (ms === undefined) return monthsLater(a!, Math.trunc(b! * perYear))
        const later = a! + b! * ms
        return type === 'time'
          ? remainderOfDay(later)
          : type === 'date'
            ? Math.floor(later / msPerDay) * msPerDay
            : Math.round(later)
      })
    },
  },
  {
    name: 'difference',
    signature: "difference(later, earlier, 'hours')",
    summary: 'How much later, in milliseconds, seconds, minutes, hours, days or weeks; with a fraction.',
    least: 3,
    most: 3,
    node: ([later, earlier, unit], at) => {
      const moments = [asMoment(later!, 'difference'), asMoment(earlier!, 'difference')]
      if ((moments[0]!.type === 'time') !== (moments[1]!.type === 'time')) {
        throw typeFault(at, 'difference needs two dates or two times', "As in: difference(ended, started, 'hours').")
      }
      const ms = unitMs[unitOf(unit!, Object.keys(unitMs))]!
      return numberNode(at, 'decimal', moments, (a, b) => (a! - b!) / ms)
    },
  },
]
