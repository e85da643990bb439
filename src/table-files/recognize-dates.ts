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
/** Values that alone decide which patterns are tried on all. */
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
  const first = known.slice(0, looked).filter(([text]) => looksLikeDate(text))
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
  if (most < (1 - oddShare) * total) {
    const joint = known.filter(([text]) => candidates.some(candidate => !Number.isNaN(candidate.date.parse(text))))
    if (sum(joint) < (1 - oddShare) * total) return { notes: [] }
    const patterns = firstOfEach(
      candidates.map(candidate => candidate.date),
      known,
    ).map(pattern => `"${pattern}"`)
    return {
      notes: [`column "${name}" is read as text: its dates are written in several ways (${patterns.join(', ')})`],
    }
  }
  return orderOfDays(name, date, best, order)
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
  const sample = texts.slice(0, 20)
  const fitting = patterns.filter(pattern => {
    const { parse } = parseDatePattern(pattern)
    return sample.some(text => !Number.isNaN(parse(text)))
  })
  return fitting
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

/** The patterns it takes to read all texts, each where it is the first that does. */
function firstOfEach(dates: DatePattern[], known: [string, number][]): string[] {
  const used = new Set<string>()
  for (const [text] of known) {
    const date = dates.find(({ parse }) => !Number.isNaN(parse(text)))
    if (date) used.add(date.pattern)
  }
  return [...used].slice(0, 5)
}

function sum(known: [string, number][]): number {
  return known.reduce((total, [, count]) => total + count, 0)
}
