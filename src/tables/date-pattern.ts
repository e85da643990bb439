/** Dates and times as people write them, by patterns such as `DD.MM.YYYY HH:mm`: read into milliseconds and written again. */
import { CultivarError } from '../model/error.ts'

export type DateType = 'date' | 'datetime' | 'time'

/** Milliseconds since 1970 in UTC; for a time of day, since midnight. */
export interface DatePattern {
  pattern: string
  type: DateType
  /** NaN if the text is not written so, or names a day or time that does not exist. */
  parse(text: string): number
  format(milliseconds: number): string
}

interface Fields {
  year: number
  month: number
  day: number
  hour: number
  minute: number
  second: number
  /** Parts of a second, in milliseconds. */
  fraction: number
  /** 0 before noon, 12 after; −1 if hours go to 24. */
  half: number
  /** Minutes east of Greenwich. */
  offset: number
}

interface Part {
  /** The place after what was read; −1 if the text is not so. */
  read(text: string, at: number, fields: Fields): number
  write(fields: Fields): string
}

const dayMs = 86_400_000
const months = 'January February March April May June July August September October November December'.split(' ')

/**
 * Understands `YYYY YY MMMM MMM MM M DD D HH H hh h mm ss S… A Z`; doubled letters have leading zeros, `S` are digits of the second's
 * fraction, `A` is AM or PM, `Z` is `Z` or an offset such as `+02:00`. Other letters stand in brackets; `T` may stand alone.
 * A fraction after `.` or `,` may be missing when read. `YY` means 1969 to 2068 (POSIX).
 *
 * @throws CultivarError `bad-input` for a pattern without a year or an hour, or with other letters.
 */
export function parseDatePattern(pattern: string): DatePattern {
  const pieces =
    pattern.match(/\[[^\]]*\]|[.,]S+|YYYY|YY|MMMM|MMM|MM|M|DD|D|HH|H|hh|h|mm|ss|S+|A|Z|[^A-Za-z[]|T|./gs) ?? []
  const parts = pieces.map(piece => partOf(piece, pattern))
  const dated = pieces.some(piece => piece.startsWith('YY'))
  const timed = pieces.some(piece => /^[Hh]/.test(piece))
  if (!dated && !timed) throw badPattern(pattern, 'names neither a year nor an hour')
  const type: DateType = dated ? (timed ? 'datetime' : 'date') : 'time'
  return {
    pattern,
    type,
    parse: text => readParts(parts, text),
    format: milliseconds => writeParts(parts, milliseconds),
  }
}

/** The pattern of a column, or ISO 8601 (with milliseconds only where there are some). */
export function datePatternOf(type: DateType, pattern?: string): DatePattern {
  if (pattern !== undefined) return parseDatePattern(pattern)
  const whole = parseDatePattern(isoPatterns[type])
  if (type === 'date') return whole
  const split = parseDatePattern(`${isoPatterns[type]}.SSS`)
  return { ...split, format: milliseconds => (milliseconds % 1000 === 0 ? whole : split).format(milliseconds) }
}

const isoPatterns: Record<DateType, string> = { date: 'YYYY-MM-DD', datetime: 'YYYY-MM-DDTHH:mm:ss', time: 'HH:mm:ss' }

function readParts(parts: Part[], text: string): number {
  const fields: Fields = {
    year: 1970,
    month: 1,
    day: 1,
    hour: 0,
    minute: 0,
    second: 0,
    fraction: 0,
    half: -1,
    offset: 0,
  }
  let at = 0
  for (const part of parts) {
    at = part.read(text, at, fields)
    if (at === -1) return Number.NaN
  }
  if (at !== text.length) return Number.NaN
  const { year, month, day, minute, second, half } = fields
  let { hour } = fields
  if (half !== -1) {
    if (hour < 1 || hour > 12) return Number.NaN
    hour = (hour % 12) + half
  }
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return Number.NaN
  if (hour > 23 || minute > 59 || second > 59) return Number.NaN
  const minutes = (daysSince1970(year, month, day) * 24 + hour) * 60 + minute - fields.offset
  return minutes * 60_000 + second * 1000 + fields.fraction
}

function writeParts(parts: Part[], milliseconds: number): string {
  const fields = fieldsOf(milliseconds)
  let text = ''
  for (const part of parts) text += part.write(fields)
  return text
}

function fieldsOf(milliseconds: number): Fields {
  const days = Math.floor(milliseconds / dayMs)
  const inDay = milliseconds - days * dayMs
  const seconds = Math.floor(inDay / 1000)
  const hour = Math.floor(seconds / 3600)
  return {
    ...dayOf(days),
    hour,
    minute: Math.floor(seconds / 60) % 60,
    second: seconds % 60,
    fraction: inDay - seconds * 1000,
    half: hour < 12 ? 0 : 12,
    offset: 0,
  }
}

function partOf(piece: string, pattern: string): Part {
  switch (piece) {
    case 'YYYY':
      return digits(
        4,
        4,
        (fields, value) => (fields.year = value),
        fields => fields.year,
      )
    case 'YY':
      return digits(2, 2, (fields, value) => (fields.year = value < 69 ? 2000 + value : 1900 + value), twoDigitYear)
    case 'MMMM':
      return monthName(months)
    case 'MMM':
      return monthName(months.map(name => name.slice(0, 3)))
    case 'MM':
    case 'M':
      return digits(
        piece.length,
        2,
        (fields, value) => (fields.month = value),
        fields => fields.month,
      )
    case 'DD':
    case 'D':
      return digits(
        piece.length,
        2,
        (fields, value) => (fields.day = value),
        fields => fields.day,
      )
    case 'HH':
    case 'H':
      return digits(
        piece.length,
        2,
        (fields, value) => (fields.hour = value),
        fields => fields.hour,
      )
    case 'hh':
    case 'h':
      return digits(
        piece.length,
        2,
        (fields, value) => (fields.hour = value),
        fields => fields.hour % 12 || 12,
      )
    case 'mm':
      return digits(
        2,
        2,
        (fields, value) => (fields.minute = value),
        fields => fields.minute,
      )
    case 'ss':
      return digits(
        2,
        2,
        (fields, value) => (fields.second = value),
        fields => fields.second,
      )
    case 'A':
      return halfOfDay
    case 'Z':
      return zone
  }
  if (/^[.,]?S/.test(piece)) return fraction(piece)
  if (/^[A-Za-z[]$/.test(piece) && piece !== 'T') throw badPattern(pattern, `holds "${piece}", which it cannot read`)
  const literal = piece.startsWith('[') ? piece.slice(1, -1) : piece
  return {
    read: (text, at) => (text.startsWith(literal, at) ? at + literal.length : -1),
    write: () => literal,
  }
}

function twoDigitYear({ year }: Fields): number {
  return ((year % 100) + 100) % 100
}

/** A number of at least so many digits, and at most so many. */
function digits(
  least: number,
  most: number,
  put: (fields: Fields, value: number) => void,
  get: (fields: Fields) => number,
): Part {
  return {
    read(text, at, fields) {
      let value = 0
      let end = at
      for (; end < at + most; end++) {
        const digit = text.charCodeAt(end) - 48
        if (!(digit >= 0 && digit <= 9)) break
        value = value * 10 + digit
      }
      if (end - at < least) return -1
      put(fields, value)
      return end
    },
    write: fields => String(get(fields)).padStart(least, '0'),
  }
}

function fraction(piece: string): Part {
  const mark = piece.startsWith('S') ? '' : (piece[0] as string)
  const places = piece.length - mark.length
  const scale = 10 ** (places - 3)
  return {
    read(text, at, fields) {
      if (mark !== '' && text[at] !== mark) return at
      let end = at + mark.length
      let value = 0
      let unit = 100
      for (; ; end++) {
        const digit = text.charCodeAt(end) - 48
        if (!(digit >= 0 && digit <= 9)) break
        value += digit * unit
        unit /= 10
      }
      if (end === at + mark.length) return -1
      fields.fraction = Math.round(value * 1e6) / 1e6
      return end
    },
    // Cut, not rounded: 59.9999 must not become 60. What is added makes up for the half microsecond that dates of our time are stored to.
    write: fields => {
      const units = Math.floor(fields.fraction * scale + Math.min(0.3, 3e-4 * scale))
      return mark + String(Math.min(units, 10 ** places - 1)).padStart(places, '0')
    },
  }
}

function monthName(names: string[]): Part {
  const lower = names.map(name => name.toLowerCase())
  return {
    read(text, at, fields) {
      const letters = text.slice(at, at + 9).toLowerCase()
      const index = lower.findIndex(name => letters.startsWith(name))
      if (index === -1) return -1
      fields.month = index + 1
      return at + (lower[index] as string).length
    },
    write: fields => names[fields.month - 1] as string,
  }
}

const halfOfDay: Part = {
  read(text, at, fields) {
    const half = text.slice(at, at + 2).toUpperCase()
    if (half !== 'AM' && half !== 'PM') return -1
    fields.half = half === 'PM' ? 12 : 0
    return at + 2
  },
  write: fields => (fields.half === 12 ? 'PM' : 'AM'),
}

const zone: Part = {
  read(text, at, fields) {
    if (text[at] === 'Z' || text[at] === 'z') return at + 1
    const found = /^([+-])(\d\d):?(\d\d)?/.exec(text.slice(at, at + 6))
    if (!found) return -1
    const minutes = Number(found[2]) * 60 + Number(found[3] ?? 0)
    fields.offset = found[1] === '-' ? -minutes : minutes
    return at + found[0].length
  },
  write: () => 'Z',
}

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

/** Howard Hinnant, “chrono-compatible low-level date algorithms”: years begin in March, eras have 400 of them. */
function daysSince1970(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year
  const era = Math.floor(shifted / 400)
  const yearOfEra = shifted - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  return era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
}

function dayOf(days: number): Pick<Fields, 'year' | 'month' | 'day'> {
  const shifted = days + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const month = shiftedMonth + (shiftedMonth < 10 ? 3 : -9)
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1,
  }
}

function badPattern(pattern: string, what: string): CultivarError {
  return new CultivarError(
    'bad-input',
    `The date pattern "${pattern}" ${what}.`,
    'Write it like DD.MM.YYYY HH:mm:ss; letters that stand for themselves go in brackets, as in [at] HH:mm.',
    { pattern },
  )
}
