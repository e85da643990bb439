/** Columns of dates, moments, times of day and shifts. */
import { BulkRandom } from '../../stats/bulk-random.ts'
import { parseDatePattern } from '../date-pattern.ts'
import { dateFromText, timeFromText } from '../expression/date-text.ts'
import { filledCodes, filledNumbers } from '../expression/filled-arrays.ts'
import type { NumberColumn } from '../table.ts'
import type { CalendarChoice } from './calendar-choice.ts'
import type { DateChoice, DatetimeChoice, ShiftChoice, TimeChoice } from './column-choice.ts'
import { type ColumnMaker, columnOf, type OpenContext, type RowsToMake } from './column-maker.ts'
import { openDays, openTime } from './open-time.ts'
import { at, type Path, recipeFault } from './read-declaration.ts'

const msPerDay = 86_400_000
const unitMs: Record<string, number> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: msPerDay }
const resolutions = { millisecond: 1, second: 1_000, minute: 60_000, hour: 3_600_000 }

function calendarOf(
  choice: string | CalendarChoice | undefined,
  { calendars }: OpenContext,
  path: Path,
): CalendarChoice {
  if (typeof choice !== 'string') return choice ?? {}
  const found = calendars[choice]
  if (found) return found
  throw recipeFault(
    [...path, 'calendar'],
    `there is no calendar “${choice}”`,
    'Name it under "calendars", or write it here: { weekdays: [mon, tue] }.',
  )
}

/** A column of moments by a function of chance and row. */
function momentMaker(
  name: string,
  type: 'date' | 'datetime' | 'time',
  pattern: string | undefined,
  path: Path,
  open: (context: OpenContext) => (rows: RowsToMake) => Float64Array,
): ColumnMaker {
  return {
    makes: [name],
    needs: [],
    path,
    open(context) {
      if (pattern !== undefined) at([...path, 'pattern'], () => parseDatePattern(pattern))
      const header = { storage: 'numbers', type, name, ...(pattern !== undefined && { pattern }) } as const
      const make = open(context)
      return { headers: [header], make: rows => [{ ...header, values: make(rows) }] }
    },
  }
}

export function dateMaker(name: string, { date, pattern }: DateChoice, path: Path): ColumnMaker {
  return momentMaker(name, 'date', pattern, path, context => {
    const inner = [...path, 'date']
    const days = openDays(calendarOf(date.calendar, context, inner), dateFromText(date.from)!, dateFromText(date.to)!)
    if (days.length === 0)
      throw recipeFault(inner, 'no day is open between these dates', 'Put "to" after "from", and look at the calendar.')
    return ({ table, random }) => {
      const bulk = new BulkRandom(random, table.rows)
      return filledNumbers(table.rows, () => days[bulk.below(days.length)]!)
    }
  })
}

export function datetimeMaker(name: string, { datetime, pattern }: DatetimeChoice, path: Path): ColumnMaker {
  return momentMaker(name, 'datetime', pattern, path, context => {
    const inner = [...path, 'datetime']
    const { every, ordered = false, to } = datetime
    const unit = resolutions[datetime.resolution]
    const tick = every === undefined ? undefined : spanMs(every)
    if (tick === undefined && to === undefined)
      throw recipeFault(inner, '"to" is missing', 'Say until when, or give "every".')
    if (tick === 0) throw recipeFault([...inner, 'every'], 'it is 0', 'Give a step of time above 0, such as 15 min.')
    const from = dateFromText(datetime.from)!
    const end = to === undefined ? Number.POSITIVE_INFINITY : dateFromText(to)! + (to.includes(':') ? 1 : msPerDay)
    const needed = tick === undefined ? Number.POSITIVE_INFINITY : tick * Math.max(1, context.rows)
    const time = openTime(calendarOf(datetime.calendar, context, inner), from, end, needed)
    if (time.total === 0)
      throw recipeFault(
        inner,
        'nothing is open between these dates',
        'Put "to" after "from", and look at the calendar.',
      )
    if (tick !== undefined) {
      if (time.total <= tick * (context.rows - 1)) {
        throw recipeFault(
          inner,
          `there is time for ${Math.ceil(time.total / tick).toLocaleString('en')} rows, but ${context.rows.toLocaleString('en')} are wanted`,
          'Put "to" later or leave it out, or take a smaller "every".',
        )
      }
      return ({ numbers }) => numbers.map(number => time.moment(number * tick))
    }
    const whole = (open: number) => Math.floor(time.moment(open) / unit) * unit
    if (ordered) {
      const slot = time.total / Math.max(1, context.rows)
      return ({ numbers, random }) => {
        const bulk = new BulkRandom(random, 2 * numbers.length)
        return numbers.map(number => whole((number + bulk.float()) * slot))
      }
    }
    return ({ table, random }) => {
      const bulk = new BulkRandom(random, 2 * table.rows)
      return filledNumbers(table.rows, () => whole(bulk.float() * time.total))
    }
  })
}

/** `15 min` in milliseconds. */
function spanMs(text: string): number {
  const [, count, unit] = /^\s*([\d.]+)\s*([a-z]+)/.exec(text)!
  return Number(count) * unitMs[unit === 'ms' ? 'ms' : unit![0]!]!
}

export function timeMaker(name: string, { time }: TimeChoice, path: Path): ColumnMaker {
  return momentMaker(name, 'time', undefined, path, () => {
    const from = timeFromText(time.from)!
    const to = timeFromText(time.to)!
    const span = to > from ? to - from : to + msPerDay - from
    return ({ table, random }) => {
      const bulk = new BulkRandom(random, 2 * table.rows)
      const draw = () => (Math.floor((from + bulk.float() * span) / 1_000) * 1_000) % msPerDay
      return filledNumbers(table.rows, draw)
    }
  })
}

/** The shift that began last. */
export function shiftMaker(name: string, { shift, shifts }: ShiftChoice, path: Path): ColumnMaker {
  return {
    makes: [name],
    needs: [shift],
    path,
    open({ headers }) {
      const times = headers.find(header => header.name === shift)!
      if (times.type !== 'datetime' && times.type !== 'time') {
        throw recipeFault(
          [...path, 'shift'],
          `“${shift}” is no column of times`,
          'Name a column made by "datetime" or "time".',
        )
      }
      const dictionary = Object.keys(shifts)
      const begins = Object.values(shifts)
        .map((text, code) => ({ begin: timeFromText(text)! % msPerDay, code }))
        .sort((a, b) => a.begin - b.begin)
      if (begins.length === 0)
        throw recipeFault([...path, 'shifts'], 'there is no shift', 'Name them: { early: "06:00" }.')
      const last = begins.at(-1)!
      const codeOf = (ms: number) => {
        const within = ms - Math.floor(ms / msPerDay) * msPerDay
        return (begins.findLast(({ begin }) => begin <= within) ?? last).code
      }
      return {
        headers: [{ storage: 'codes', type: 'category', name, dictionary }],
        make({ table }) {
          const { values } = columnOf(table, shift) as NumberColumn
          const codes = filledCodes(values.length, row => (Number.isNaN(values[row]!) ? -1 : codeOf(values[row]!)))
          return [{ storage: 'codes', type: 'category', name, codes, dictionary }]
        },
      }
    },
  }
}
