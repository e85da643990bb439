/** Date patterns: what is written is read again, and days that do not exist are not read. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { datePatternOf, parseDatePattern } from './date-pattern.ts'

const minute = 60_000
const years = { min: Date.UTC(1969, 0, 1), max: Date.UTC(2068, 11, 31, 23, 59) }
const minutes = fc.integer({ min: years.min / minute, max: years.max / minute }).map(value => value * minute)

it.each([
  'YYYY-MM-DD HH:mm',
  'DD.MM.YY HH:mm:ss',
  'D/M/YYYY H:mm',
  'MMMM D, YYYY [at] h:mm A',
  'DD-MMM-YYYY hh:mm:ss.SSS A',
  'YYYYMMDDTHHmmss',
  'YYYY-MM-DDTHH:mm:ssZ',
])('reads what it wrote as %s', pattern => {
  const { parse, format } = parseDatePattern(pattern)
  fc.assert(
    fc.property(minutes, at => {
      expect(parse(format(at))).toBe(at)
    }),
  )
})

it('agrees with the calendar of the language on every day of four centuries', () => {
  const { parse, format } = parseDatePattern('YYYY-MM-DD')
  for (let at = Date.UTC(1600, 0, 1); at <= Date.UTC(2000, 11, 31); at += 86_400_000) {
    const text = new Date(at).toISOString().slice(0, 10)
    if (format(at) !== text || parse(text) !== at) expect(format(at)).toBe(text)
  }
})

it('does not read days and times that do not exist', () => {
  const { parse } = parseDatePattern('YYYY-MM-DD HH:mm')
  for (const text of [
    '2023-02-29 00:00',
    '2023-13-01 00:00',
    '2023-01-01 24:00',
    '2023-01-01 00:60',
    '2023-1-01 00:00',
  ])
    expect(parse(text)).toBeNaN()
  expect(parseDatePattern('h:mm A').parse('13:00 PM')).toBeNaN()
})

it('keeps microseconds', () => {
  const { parse, format } = parseDatePattern('YYYY-MM-DD HH:mm:ss.SSSSSS')
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 999_999 }), minutes, (micro, at) => {
      const text = `${format(at).slice(0, -6)}${String(micro).padStart(6, '0')}`
      expect(format(parse(text))).toBe(text)
    }),
  )
})

it('reads a fraction that is missing as none, and offsets into UTC', () => {
  expect(parseDatePattern('HH:mm:ss.SSS').parse('00:00:01')).toBe(1000)
  expect(parseDatePattern('YYYY-MM-DDTHH:mm:ssZ').parse('2024-05-01T02:00:00+02:00')).toBe(Date.UTC(2024, 4, 1))
})

it('writes ISO 8601 where no pattern is given, milliseconds only where there are some', () => {
  expect(datePatternOf('date').format(Date.UTC(2024, 1, 29))).toBe('2024-02-29')
  expect(datePatternOf('datetime').format(Date.UTC(2024, 1, 29, 5))).toBe('2024-02-29T05:00:00')
  expect(datePatternOf('time').format(3_600_001)).toBe('01:00:00.001')
})

it('says what it cannot read in a pattern', () => {
  expect(() => parseDatePattern('DD of MM YYYY')).toThrow('holds "o"')
  expect(() => parseDatePattern('DD.MM.')).toThrow('neither a year nor an hour')
})
