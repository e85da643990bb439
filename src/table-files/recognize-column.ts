/** What a column holds, told by its values: numbers, dates, true or false, few different texts, or texts. */
import { type DatePattern, datePatternOf, parseDatePattern } from '../tables/date-pattern.ts'
import type { ColumnType } from '../tables/table.ts'
import { type NumberMarks, NumberReader } from './parse-number.ts'
import { type DateOrder, recognizeDates } from './recognize-dates.ts'

/** What decides how the texts of a column are read. */
export interface ColumnPlan {
  name: string
  type: ColumnType
  marks: NumberMarks
  date?: DatePattern
  /** Of all numbers of the sample alike. */
  decimals?: number
  nulls: ReadonlySet<string>
  /** It was said, not recognised. */
  asked: boolean
  /** What people should know of the choice. */
  notes: string[]
}

/** What a column may be said to be; `string`: texts, few different ones or dates, but no numbers. */
export type AskedType = ColumnType | 'string' | { pattern: string }

export interface RecognizeContext {
  decimal: '.' | ','
  dayFirst?: boolean
  nulls?: string[]
  asked?: AskedType
}

/** Spellings of null in any column. */
const nullTexts = ['NA', 'N/A', 'n/a', 'NaN', 'nan', 'NAN', 'null', 'NULL', 'Null', '<NA>', '#N/A', '\\N']
/** What stands for a missing number or date, but may be a text of its own. */
const nullsAmongNumbers = [
  '?',
  '-',
  '--',
  '.',
  '..',
  '*',
  'None',
  'none',
  'missing',
  '#DIV/0!',
  '#VALUE!',
  '#REF!',
  ...['inf', 'Inf', 'INF', 'Infinity', '∞'].flatMap(text => [text, `+${text}`, `-${text}`]),
]

/** Odd values among numbers or dates become nulls if they are at most so many; with more, the column is text. */
export const oddShare = 0.05

/** `values` with their counts, in the order they come; nulls may be among them. */
export function recognizeColumn(
  name: string,
  values: ReadonlyMap<string, number>,
  context: RecognizeContext,
): ColumnPlan {
  const nulls = new Set(context.nulls ?? nullTexts)
  const numberNulls = new Set([...nulls, ...(context.nulls ? [] : nullsAmongNumbers)])
  const plain = {
    name,
    marks: { decimal: context.decimal, thousands: '' } as NumberMarks,
    nulls,
    asked: context.asked !== undefined && context.asked !== 'string',
    notes: [] as string[],
  }
  const { asked } = context
  if (asked !== undefined && asked !== 'string') return askedPlan(plain, values, asked, numberNulls)

  const known = [...values].filter(([text]) => !nulls.has(text))
  if (known.length === 0) return { ...plain, type: 'category' }
  const numeric = asked !== 'string'
  if (numeric && known.every(([text]) => /^(true|false)$/i.test(text))) return { ...plain, type: 'boolean' }

  const numbers = readNumbers(known, context.decimal, numberNulls)
  if (numeric && numbers.count > 0 && !numbers.code && numbers.odd <= oddShare * (numbers.count + numbers.odd)) {
    const { marks, type, decimals } = numbers
    const notes = numbers.grouped ? [`column "${name}": "${marks.thousands}" marks thousands`] : []
    return { ...plain, type, marks, nulls: numberNulls, notes, ...(decimals === undefined ? {} : { decimals }) }
  }
  const order: DateOrder = { dayFirst: context.dayFirst, decimalComma: context.decimal === ',' }
  const dates = recognizeDates(
    name,
    known.filter(([text]) => !numberNulls.has(text)),
    order,
    oddShare,
  )
  if (dates.date) return { ...plain, type: dates.date.type, date: dates.date, nulls: numberNulls, notes: dates.notes }
  return { ...plain, type: textType(known), notes: [...dates.notes, ...(numeric ? mixedNote(name, numbers) : [])] }
}

function askedPlan(
  plain: Omit<ColumnPlan, 'type'>,
  values: ReadonlyMap<string, number>,
  asked: Exclude<AskedType, 'string'>,
  numberNulls: Set<string>,
): ColumnPlan {
  if (typeof asked === 'object') {
    const date = parseDatePattern(asked.pattern)
    return { ...plain, type: date.type, date, nulls: numberNulls }
  }
  if (asked === 'text' || asked === 'category' || asked === 'boolean') return { ...plain, type: asked }
  const known = [...values].filter(([text]) => !plain.nulls.has(text))
  if (asked === 'integer' || asked === 'decimal') {
    const { marks, decimals } = readNumbers(known, plain.marks.decimal, numberNulls)
    const fixed = asked === 'integer' || decimals === undefined ? {} : { decimals }
    return { ...plain, type: asked, marks, nulls: numberNulls, ...fixed }
  }
  const order: DateOrder = { decimalComma: plain.marks.decimal === ',' }
  const found = recognizeDates(plain.name, known, order, 1).date
  const date = found?.type === asked ? found : datePatternOf(asked)
  return { ...plain, type: asked, date, nulls: numberNulls }
}

interface Numbers {
  type: 'integer' | 'decimal'
  marks: NumberMarks
  decimals?: number
  grouped: boolean
  /** How many values are numbers, and how many are neither that nor null. */
  count: number
  odd: number
  examples: string[]
  /** Some would lose digits or leading zeros as numbers. */
  code: boolean
}

function readNumbers(known: [string, number][], decimal: '.' | ',', nulls: Set<string>): Numbers {
  let best: Numbers | undefined
  for (const thousands of thousandsMarks(decimal)) {
    const found = readWith(known, { decimal, thousands }, nulls)
    if (!best || found.count > best.count) best = found
    if (best.odd === 0) break
  }
  return best as Numbers
}

function thousandsMarks(decimal: '.' | ','): NumberMarks['thousands'][] {
  return ['', decimal === ',' ? '.' : ',', ' ', "'", '\u00a0', '\u202f', '\u2019']
}

function readWith(known: [string, number][], marks: NumberMarks, nulls: Set<string>): Numbers {
  const reader = new NumberReader(marks)
  const found: Numbers = { type: 'integer', marks, grouped: false, count: 0, odd: 0, examples: [], code: false }
  let least = Number.POSITIVE_INFINITY
  let most = Number.NEGATIVE_INFINITY
  for (const [text, count] of known) {
    if (Number.isNaN(reader.read(text))) {
      if (nulls.has(text)) continue
      found.odd += count
      if (found.examples.length < 3) found.examples.push(text)
      if (reader.fault !== 'other') found.code = true
    } else {
      found.count += count
      if (reader.grouped) found.grouped = true
      least = Math.min(least, reader.decimals)
      most = Math.max(most, reader.decimals)
    }
  }
  if (most >= 0 || least === -2) found.type = 'decimal'
  if (least === most && most > 0) found.decimals = most
  return found
}

/** Most differ: text. An identifier that comes twice here and there is still text. */
function textType(known: [string, number][]): 'category' | 'text' {
  const values = known.reduce((sum, [, count]) => sum + count, 0)
  return 2 * known.length > values ? 'text' : 'category'
}

function mixedNote(name: string, { count, odd, examples, code }: Numbers): string[] {
  if (count === 0) return []
  const share = Math.round((100 * count) / (count + odd))
  const why = code ? 'some have leading zeros or more digits than a number can keep' : `${share} % are numbers`
  return [
    `column "${name}" is read as text: ${why}, others are like ${examples.map(text => JSON.stringify(text)).join(', ')}`,
  ]
}
