/** By which pattern the texts of a column are dates or times. */
import { type DatePattern, parseDatePattern } from '../tables/date-pattern.ts'

/** What is known of whether the day stands before the month. */
export interface DateOrder {
  dayFirst?: boolean | undefined
  decimalComma: boolean
}

/** Strict ones before those that also read them. With `/`, days and months may stand either way. */
const datePatterns = [
  'YYYY-MM-DD', 'YYYY/MM/DD', 'YYYY.MM.DD', 'DD.MM.YYYY', 'D.M.YYYY', 'DD.MM.YY', 'D.M.YY',
  'MM/DD/YYYY', 'M/D/YYYY', 'MM/DD/YY', 'M/D/YY', 'DD/MM/YYYY', 'D/M/YYYY', 'DD/MM/YY', 'D/M/YY',
  'DD-MM-YYYY', 'D-M-YYYY', 'MM-DD-YYYY', 'M-D-YYYY', 'DD-MMM-YYYY', 'D-MMM-YYYY', 'DD-MMM-YY', 'DD MMM YYYY', 'D MMM YYYY',
  'D MMMM YYYY', 'MMM D, YYYY', 'MMMM D, YYYY', 'YYYY-M-D', 'YYYY/M/D',
] // biome-ignore format: a list to look over
const timePatterns = ['HH:mm:ss', 'HH:mm', 'H:mm:ss', 'H:mm', 'hh:mm:ss A', 'h:mm:ss A', 'hh:mm A', 'h:mm A']
const swapped: [RegExp, string][] = [
  [/^MM([/-])DD/, 'DD$1MM'],
  [/^M([/-])D/, 'D$1M'],
]
/** In more ways, dates are no longer written: texts only look like some. */
const mostWays = 4
/** Values that alone decide which patterns are tried on all: from all parts of a column, for its parts may come from several sources. */
const looked = 200

interface Recognized {
  date?: DatePattern
  notes: string[]
}

/** `known`: the different texts, nulls left out, and how often each comes. At most `oddShare` of them may be written otherwise. */
export function recognizeDates(
  name: string,
  known: [string, number][],
  order: DateOrder,
  oddShare: number,
): Recognized {
  const first = spread(known, looked).filter(([text]) => looksLikeDate(text))
  if (first.length === 0 || first.length < 0.5 * Math.min(known.length, looked)) return { notes: [] }
  const total = sum(known)
  const candidates = candidatesFor(first.map(([text]) => text)).map(pattern => {
    const date = parseDatePattern(pattern)
    return { date, fits: sum(known.filter(([text]) => !Number.isNaN(date.parse(text)))) }
  })
  const most = Math.max(0, ...candidates.map(({ fits }) => fits))
  const best = candidates.filter(({ fits }) => fits === most).map(({ date }) => date)
  const [date] = best
  if (!date) return { notes: [] }
  const least = (1 - oddShare) * total
  const dates = candidates.map(candidate => candidate.date)
  const recognized = most < least ? severalWays(name, known, dates, order, least) : orderOfDays(name, date, best, order)
  return recognized.date
    ? { ...recognized, notes: [...recognized.notes, ...zoneNotes(name, recognized.date, known)] }
    : recognized
}

/** Dates of a column that was put together from several sources: all are read, and written as most of them are. */
function severalWays(
  name: string,
  known: [string, number][],
  dates: DatePattern[],
  order: DateOrder,
  least: number,
): Recognized {
  const used: DatePattern[] = []
  let rest = known
  while (used.length <= mostWays && sum(rest) > sum(known) - least) {
    const counted = dates.map(date => ({ date, fits: sum(rest.filter(([text]) => !Number.isNaN(date.parse(text)))) }))
    const most = Math.max(...counted.map(({ fits }) => fits))
    if (most === 0) return { notes: [] }
    const best = counted.filter(({ fits }) => fits === most).map(({ date }) => date)
    const date = orderOfDays(name, best[0]!, best, order).date!
    used.push(date)
    rest = rest.filter(([text]) => Number.isNaN(date.parse(text)))
  }
  const ways = used.map(({ pattern }) => `"${pattern}"`).join(', ')
  const [main] = used
  const patterns = new Set(used.map(({ pattern }) => pattern))
  const isTornOrder = used.some(({ pattern }) => patterns.has(swappedPattern(pattern) ?? ''))
  if (!main || isTornOrder || used.length > mostWays || used.some(({ type }) => type !== main.type)) {
    return { notes: [`column "${name}" is read as text: its dates are written in several ways (${ways})`] }
  }
  const parse = (text: string) => {
    for (const way of used) {
      const value = way.parse(text)
      if (!Number.isNaN(value)) return value
    }
    return Number.NaN
  }
  return {
    date: { ...main, parse },
    notes: [
      `column "${name}": its dates are written in ${used.length} ways (${ways}); they are written as ${main.pattern} from here on`,
    ],
  }
}

function zoneNotes(name: string, { pattern }: DatePattern, known: [string, number][]): string[] {
  const shifted = pattern.endsWith('Z') && known.some(([text]) => /[+-]\d\d:?\d\d$/.test(text) && !/00:?00$/.test(text))
  return shifted
    ? [`column "${name}": its times have an offset from UTC; they are read with it, and written in UTC`]
    : []
}

/** Those that read any of the texts, with as many digits in the second's fraction as the texts have. */
function candidatesFor(texts: string[]): string[] {
  const fraction = Math.max(0, ...texts.map(text => /:\d\d[.,](\d{1,9})/.exec(text)?.[1]?.length ?? 0))
  const mark = texts.some(text => /:\d\d,\d/.test(text)) ? ',' : '.'
  const times = timePatterns.map(time => (fraction > 0 ? time.replace('ss', `ss${mark}${'S'.repeat(fraction)}`) : time))
  const zoned = texts.some(text => /(Z|[+-]\d\d:?\d\d)$/i.test(text)) ? ['', 'Z', ' Z'] : ['']
  const joiners = ['T', ' ', ', ']
  const patterns = [
    ...datePatterns,
    ...datePatterns.flatMap(date =>
      joiners.flatMap(joiner => times.flatMap(time => zoned.map(zone => date + joiner + time + zone))),
    ),
    ...times,
  ]
  const sample = spread(texts, 40)
  const fitting = patterns.filter(pattern => {
    const { parse } = parseDatePattern(pattern)
    return sample.some(text => !Number.isNaN(parse(text)))
  })
  return fitting
}

function spread<T>(values: T[], most: number): T[] {
  const step = Math.max(1, values.length / most)
  return Array.from({ length: Math.min(values.length, most) }, (_, at) => values[Math.floor(at * step)]!)
}

function looksLikeDate(text: string): boolean {
  return text.length <= 40 && /^\d{1,4}[-/.: ]\S|^\d{1,2}:\d\d|^[A-Za-z]{3,9} \d/.test(text)
}

/** Of patterns that read all as well, the one in the order that is asked for or usual. */
function orderOfDays(name: string, date: DatePattern, best: DatePattern[], order: DateOrder): Recognized {
  const other = swappedPattern(date.pattern)
  const dayFirst = other === undefined ? undefined : best.find(({ pattern }) => pattern === other)
  if (!dayFirst) return { date, notes: [] }
  const chosen = (order.dayFirst ?? order.decimalComma) ? dayFirst : date
  if (order.dayFirst !== undefined) return { date: chosen, notes: [] }
  return {
    date: chosen,
    notes: [`column "${name}": its dates may begin with the day or the month; they are read as ${chosen.pattern}`],
  }
}

function swappedPattern(pattern: string): string | undefined {
  const swap = swapped.find(([from]) => from.test(pattern))
  return swap && pattern.replace(swap[0], swap[1])
}

function sum(known: [string, number][]): number {
  return known.reduce((total, [, count]) => total + count, 0)
}
