/** How a table was written as text, guessed from its beginning: delimiter, comments, title lines, header, units, decimal mark. */
import { type Dialect, rowsOfSample } from '../text/split-rows.ts'
import { NumberReader } from './parse-number.ts'
import type { ReadTableOptions } from './read-options.ts'

export interface Layout {
  dialect: Dialect
  /** Lines that begin so are no rows; empty: none. */
  comment: string
  /** Rows before the header or, without one, before the first values. */
  skipRows: number
  header: boolean
  unitRow: boolean
  /** Names, where the file has them. */
  names: string[]
  /** The units under the names. */
  units: string[]
  columns: number
  /** Every row ends with a delimiter that has nothing behind it. */
  trailing: boolean
  decimal: '.' | ','
}

const rowsLookedAt = 200
/** Cells of the rows that are taken to be title lines, at most. */
const mostTitleRows = 20
const commentMarks = ['#', '%', '//']
const delimiters = [',', '\t', ';', '|', ' ']

/** `sample` is the beginning of the text, `ended` says that it is all of it. */
export function guessLayout(sample: string, ended: boolean, options: ReadTableOptions): Layout {
  const quote = options.quote ?? '"'
  const comment = options.comment ?? guessComment(sample)
  const commented = comment === '' ? [] : leadingComments(sample, comment)
  const body = comment === '' ? sample : withoutComments(sample, comment)
  const delimiter = options.delimiter ?? guessDelimiter(body, quote, ended)
  const dialect = { delimiter, quote }
  const rows = rowsOfSample(body, dialect, ended, rowsLookedAt).map(fields => cells(fields, delimiter))
  const skipRows = options.skipLines ?? titleRows(rows)
  const table = rows.slice(skipRows)
  const last = commented.at(-1)
  const named = last === undefined ? [] : cells(rowsOfSample(last, dialect, true, 1)[0] ?? [], delimiter)
  const fits = named.length > 1 && named.length === table[0]?.length && named.every(readsLikeName)
  const decimal = options.decimal ?? guessDecimal(table, delimiter)
  const header = options.header ?? (!fits && guessHeader(table, decimal))
  const values = header ? table.slice(1) : table
  const unitRow = options.unitRow ?? (header && guessUnitRow(values, decimal))
  const width = Math.max(0, ...values.slice(unitRow ? 1 : 0).map(row => row.length))
  const first = header ? (table[0] as string[]) : fits ? named : []
  const columns = modeOf(values.map(row => row.length)) || width || first.length
  const trailing = columns > 1 && endsEmpty(values, columns) && (first.length < columns || first.at(-1) === '')
  const kept = trailing ? columns - 1 : columns
  return {
    dialect,
    comment,
    skipRows,
    header,
    unitRow,
    names: first.slice(0, kept),
    units: unitRow ? (values[0] as string[]).slice(0, kept) : [],
    columns: kept,
    trailing,
    decimal,
  }
}

/** The fields without blanks around them; between blanks as delimiters, any number of them is one. */
export function cells(fields: string[], delimiter: string): string[] {
  const trimmed = fields.map(trim)
  return delimiter === ' ' ? trimmed.filter(field => field !== '') : trimmed
}

/** Quicker than `trim()` where there is nothing or a blank to trim. */
export function trim(text: string): string {
  const { length } = text
  if (length === 0) return text
  const from = text.charCodeAt(0) === 32 ? 1 : 0
  if (from === length) return ''
  if (!isInk(text.charCodeAt(from)) || !isInk(text.charCodeAt(length - 1))) return text.trim()
  return from === 0 ? text : text.slice(1)
}

/** Surely no blank of any kind. */
function isInk(code: number): boolean {
  return code > 32 && (code < 127 || (code > 160 && code < 0x1680))
}

function linesOf(text: string): string[] {
  return text.split(/\r\n?|\n/)
}

function guessComment(sample: string): string {
  const first = linesOf(sample).find(line => line.trim() !== '') ?? ''
  return commentMarks.find(mark => first.startsWith(mark)) ?? ''
}

function leadingComments(sample: string, comment: string): string[] {
  const lines = linesOf(sample).filter(line => line.trim() !== '')
  const end = lines.findIndex(line => !line.startsWith(comment))
  return lines.slice(0, Math.max(0, end)).map(line => line.slice(comment.length).trim())
}

function withoutComments(sample: string, comment: string): string {
  return linesOf(sample)
    .filter(line => !line.startsWith(comment))
    .join('\n')
}

/**
 * The delimiter that gives most rows the same number of columns, and more than one; then the one that gives more. A semicolon
 * wins over commas that only stand inside numbers.
 */
function guessDelimiter(sample: string, quote: string, ended: boolean): string {
  const ranked = delimiters
    .map(delimiter => {
      const rows = rowsOfSample(sample, { delimiter, quote }, ended, rowsLookedAt).map(row => cells(row, delimiter))
      const columns = modeOf(rows.map(row => row.length))
      const fitting = rows.filter(row => row.length === columns).length / Math.max(1, rows.length)
      return { delimiter, rows, columns, fitting: columns > 1 ? fitting : 0 }
    })
    .filter(({ fitting }) => fitting > 0.5)
  const good = ranked.filter(({ fitting }) => fitting >= 0.9)
  const from = good.length > 0 ? good : ranked
  const semicolon = from.find(({ delimiter }) => delimiter !== ',' && delimiter !== ' ')
  if (semicolon && from.some(({ delimiter }) => delimiter === ',') && commasAreDecimal(semicolon.rows))
    return semicolon.delimiter
  const blanks = from.length > 1 ? from.filter(({ delimiter }) => delimiter !== ' ') : from
  return blanks.toSorted((a, b) => b.columns - a.columns || b.fitting - a.fitting)[0]?.delimiter ?? ''
}

function commasAreDecimal(rows: string[][]): boolean {
  const withComma = rows.flat().filter(cell => cell.includes(','))
  return withComma.every(cell => /^[+-]?\d+,\d+$/.test(cell))
}

/** Rows at the beginning that have fewer cells than the table: a title, a date of export, an empty line. */
function titleRows(rows: string[][]): number {
  const columns = modeOf(rows.map(row => row.length))
  const first = rows.findIndex(row => row.length >= columns)
  return columns > 1 && first > 0 && first <= mostTitleRows ? first : 0
}

function modeOf(lengths: number[]): number {
  const counts = new Map<number, number>()
  for (const length of lengths) counts.set(length, (counts.get(length) ?? 0) + 1)
  return [...counts].toSorted(([a, m], [b, n]) => n - m || b - a)[0]?.[0] ?? 0
}

function endsEmpty(rows: string[][], columns: number): boolean {
  const full = rows.filter(row => row.length === columns)
  return full.length > 0 && full.every(row => row[columns - 1] === '')
}

/** A comma, if more cells only make sense with one; `1,234` may be either, and decides where nothing else does. */
function guessDecimal(rows: string[][], delimiter: string): '.' | ',' {
  if (delimiter === ',') return '.'
  const all = rows.flat()
  const count = (...patterns: RegExp[]) => all.filter(cell => patterns.some(pattern => pattern.test(cell))).length
  const point = count(/^[+-]?\d{1,3}(,\d{3})+\.\d+$/, /^[+-]?\d{1,3}(,\d{3}){2,}$/, /^[+-]?\d*\.\d+(e[+-]?\d+)?$/i)
  const comma = count(
    /^[+-]?\d{1,3}(\.\d{3})+,\d+$/,
    /^[+-]?\d{1,3}(\.\d{3}){2,}$/,
    /^[+-]?\d*,(\d{1,2}|\d{4,})(e[+-]?\d+)?$/i,
  )
  const either = point + comma === 0 ? count(/^[+-]?\d+,\d{3}$/) : 0
  return comma + either > point ? ',' : '.'
}

/**
 * Whether the first row names the columns: its cells read like names, and one stands over numbers; or each comes once, and none again
 * in its column.
 */
function guessHeader([first = [], ...rest]: string[][], decimal: '.' | ','): boolean {
  const named = first.filter(cell => cell !== '')
  if (named.length === 0 || !named.every(readsLikeName) || isNumbers(named, decimal)) return false
  const others = rest.filter(row => row.length >= first.length - 1)
  // A word over numbers is a name, whatever else comes again.
  if (first.some((cell, column) => cell !== '' && isNumbers(known(others, column), decimal))) return true
  const comesAgain = first.some((cell, column) => cell !== '' && others.some(row => row[column] === cell))
  return !comesAgain && new Set(named).size === named.length
}

function readsLikeName(text: string): boolean {
  const name = text.trim()
  const dated = /^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|^\d\d?:\d\d/.test(name)
  return name.length <= 100 && Number.isNaN(Number(name)) && !/^[+-]?\d+,\d+$/.test(name) && !isMissing(name) && !dated
}

function isMissing(text: string): boolean {
  return /^(na|nan|null|n\/a|none|-+|\.+|\?+)$/i.test(text)
}

/** Whether there are values, all of them numbers. */
function isNumbers(values: string[], decimal: '.' | ','): boolean {
  const reader = new NumberReader({ decimal, thousands: '' })
  return values.length > 0 && values.every(value => !Number.isNaN(reader.read(value)))
}

function known(rows: string[][], column: number): string[] {
  return rows.map(row => row[column] ?? '').filter(value => value !== '' && !isMissing(value))
}

/** Whether the first of the rows has words or nothing where all others have numbers. */
function guessUnitRow([first = [], ...rest]: string[][], decimal: '.' | ','): boolean {
  const numeric = first.map((_, column) => column).filter(column => isNumbers(known(rest, column), decimal))
  const said = numeric.filter(column => first[column] !== '')
  return (
    numeric.length > 0 &&
    said.length >= numeric.length / 2 &&
    said.length > 0 &&
    said.every(column => readsLikeUnit(first[column] as string)) &&
    said.some(column => !isMissing(first[column] as string))
  )
}

function readsLikeUnit(text: string): boolean {
  return text.length <= 15 && !/^[+-]?\d/.test(text)
}
