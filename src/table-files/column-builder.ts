/** Gathers the texts of a column into blocks of values, by the plan that was made for it. */
import { blockRows, type Column, type ColumnHeader, type NumberColumn } from '../tables/table.ts'
import { NumberReader } from './parse-number.ts'
import type { ColumnPlan } from './recognize-column.ts'

/** What happened to the values of a column that people should know. */
interface ColumnTally {
  /** Values that are not null. */
  values: number
  /** Spellings of null other than the empty text, and how often they came. */
  nulls: Map<string, number>
  /** Texts where numbers or dates were expected; they became nulls. */
  odd: number
  examples: string[]
  /** Some odd ones have leading zeros or too many digits, so that the column ought to be text. */
  code: boolean
}

export interface ColumnBuilder {
  readonly plan: ColumnPlan
  readonly tally: ColumnTally
  header(): ColumnHeader
  /** The empty text is null. */
  add(text: string): void
  /** What was added since it was last taken: at most `blockRows` values. */
  take(): Column
}

export function columnBuilder(plan: ColumnPlan): ColumnBuilder {
  if (plan.type === 'category') return new CategoryBuilder(plan)
  return plan.type === 'text' ? new TextBuilder(plan) : new NumberBuilder(plan)
}

function emptyTally(): ColumnTally {
  return { values: 0, nulls: new Map(), odd: 0, examples: [], code: false }
}

class NumberBuilder implements ColumnBuilder {
  readonly plan: ColumnPlan
  readonly tally = emptyTally()
  readonly #reader: NumberReader
  readonly #read: (text: string) => number
  /** An integer column in which a fraction came is one of decimals from there on. */
  #type: NumberColumn['type']
  #decimals: number | undefined
  #values = new Float64Array(blockRows)
  #count = 0

  constructor(plan: ColumnPlan) {
    this.plan = plan
    this.#type = plan.type as NumberColumn['type']
    this.#decimals = plan.decimals
    this.#reader = new NumberReader(plan.marks)
    if (plan.date) this.#read = plan.date.parse
    else if (plan.type === 'boolean') this.#read = readBoolean
    else this.#read = text => this.#number(text)
  }

  header(): ColumnHeader {
    const { name, date } = this.plan
    const decimals = this.#decimals === undefined ? {} : { decimals: this.#decimals }
    return { storage: 'numbers', name, type: this.#type, ...decimals, ...(date ? { pattern: date.pattern } : {}) }
  }

  add(text: string): void {
    let value = Number.NaN
    if (text !== '') {
      value = this.#read(text)
      if (Number.isNaN(value)) this.#odd(text)
      else this.tally.values++
    }
    this.#values[this.#count++] = value
  }

  take(): Column {
    const values = this.#values.slice(0, this.#count)
    this.#count = 0
    return { ...this.header(), values } as NumberColumn
  }

  #number(text: string): number {
    const value = this.#reader.read(text)
    const { decimals } = this.#reader
    if (decimals !== -1 && this.#type === 'integer' && !Number.isNaN(value)) this.#type = 'decimal'
    if (decimals !== this.#decimals && !Number.isNaN(value)) this.#decimals = undefined
    return value
  }

  #odd(text: string): void {
    const { tally, plan } = this
    if (plan.nulls.has(text)) {
      countNull(tally, text)
      return
    }
    tally.odd++
    if (tally.examples.length < 3) tally.examples.push(ownText(text))
    if (plan.type === 'integer' || plan.type === 'decimal') tally.code ||= this.#reader.fault !== 'other'
  }
}

const truths = new Map([
  ...['true', 't', '1'].map(text => [text, 1] as const),
  ...['false', 'f', '0'].map(text => [text, 0] as const),
])

function readBoolean(text: string): number {
  return truths.get(text) ?? truths.get(text.toLowerCase()) ?? Number.NaN
}

const slots = 256

function slotOf(text: string): number {
  const { length } = text
  if (length === 0) return 0
  return (
    (length * 7 + text.charCodeAt(0) * 31 + text.charCodeAt(length >> 1) * 5 + text.charCodeAt(length - 1)) &
    (slots - 1)
  )
}

class CategoryBuilder implements ColumnBuilder {
  readonly plan: ColumnPlan
  readonly tally = emptyTally()
  readonly #codes = new Map<string, number>([['', -1]])
  readonly #dictionary: string[] = []
  /** Texts met lately, by a few of their letters: comparing with one costs less than looking it up. */
  readonly #recentTexts: string[] = new Array(slots).fill('')
  readonly #recentCodes = new Int32Array(slots).fill(-1)
  #values = new Int32Array(blockRows)
  #count = 0

  constructor(plan: ColumnPlan) {
    this.plan = plan
  }

  header(): ColumnHeader {
    return { storage: 'codes', name: this.plan.name, type: 'category', dictionary: this.#dictionary }
  }

  add(text: string): void {
    const slot = slotOf(text)
    let code = this.#recentCodes[slot] as number
    if (this.#recentTexts[slot] !== text) {
      code = this.#codeOf(text)
      this.#recentCodes[slot] = code
      this.#recentTexts[slot] = code === -1 ? '' : (this.#dictionary[code] as string)
    }
    if (code !== -1) this.tally.values++
    this.#values[this.#count++] = code
  }

  #codeOf(text: string): number {
    const known = this.#codes.get(text)
    if (known !== undefined) return known
    if (this.plan.nulls.has(text)) {
      countNull(this.tally, text)
      return -1
    }
    const own = ownText(text)
    const code = this.#codes.get(own) ?? this.#dictionary.push(own) - 1
    this.#codes.set(own, code)
    // Where bytes were no text, it comes again as it was.
    if (own !== text) this.#codes.set(text, code)
    return code
  }

  take(): Column {
    const codes = this.#values.slice(0, this.#count)
    this.#count = 0
    return { storage: 'codes', name: this.plan.name, type: 'category', codes, dictionary: this.#dictionary }
  }
}

class TextBuilder implements ColumnBuilder {
  readonly plan: ColumnPlan
  readonly tally = emptyTally()
  #values: (string | null)[] = []

  constructor(plan: ColumnPlan) {
    this.plan = plan
  }

  header(): ColumnHeader {
    return { storage: 'texts', name: this.plan.name, type: 'text' }
  }

  add(text: string): void {
    if (text === '') this.#values.push(null)
    else if (this.plan.nulls.has(text)) {
      countNull(this.tally, text)
      this.#values.push(null)
    } else {
      this.tally.values++
      this.#values.push(ownText(text))
    }
  }

  take(): Column {
    const values = this.#values
    this.#values = []
    return { storage: 'texts', name: this.plan.name, type: 'text', values }
  }
}

function countNull(tally: ColumnTally, text: string): void {
  const count = tally.nulls.get(text)
  if (count === undefined) tally.nulls.set(ownText(text), 1)
  else tally.nulls.set(text, count + 1)
}

/** A part of a large text keeps the whole of it in memory; this one does not. Bytes that were no text show as U+FFFD. */
function ownText(text: string): string {
  const own = text.length < 13 ? text : ` ${text}`.slice(1)
  return own.isWellFormed() ? own : own.toWellFormed()
}
