/** Tables brought to the same columns, in the same order, types and dictionaries as the real one, so that they can be compared. */
import type { CategoryColumn, Column, NumberColumn, Table } from '../table.ts'

export type SharedColumn = NumberColumn | CategoryColumn

/** A table whose columns stand for the same things, in the same order, as those of the tables shared with it. */
export interface SharedTable {
  name: string
  rows: number
  columns: SharedColumn[]
}

export interface LeftOut {
  column: string
  /**
   * `identifier`: names a row; `text`: hardly any two alike; `anew`: many categories, of which hardly one comes again in the first of
   * the others; `missing`: another table lacks it; `extra`: only it has it.
   */
  why: 'identifier' | 'text' | 'anew' | 'missing' | 'extra'
}

export interface SharedTables {
  real: SharedTable
  /** In the order they were given in. */
  others: SharedTable[]
  leftOut: LeftOut[]
}

/**
 * The columns that can be compared. The real table decides what a column is: those of the others are read as numbers or as categories
 * as it has them, and what cannot be read so is null. Booleans become categories. `keys` are columns that name a row, here or elsewhere.
 */
export function sharedTables(real: Table, others: Table[], keys: Iterable<string> = []): SharedTables {
  const identifiers = new Set([...keys, ...identifierColumns(real)])
  const leftOut: LeftOut[] = []
  const columns: SharedColumn[][] = [real, ...others].map(() => [])
  for (const column of real.columns) {
    const found = others.map(table => table.columns.find(({ name }) => name === column.name))
    const why = found.some(other => other === undefined)
      ? 'missing'
      : identifiers.has(column.name)
        ? 'identifier'
        : column.storage === 'texts'
          ? 'text'
          : isMadeAnew(column, found[0])
            ? 'anew'
            : undefined
    if (why) leftOut.push({ column: column.name, why })
    else for (const [at, each] of shared([column, ...(found as Column[])]).entries()) columns[at]!.push(each)
  }
  const known = new Set(real.columns.map(({ name }) => name))
  for (const { name } of others[0]?.columns ?? []) if (!known.has(name)) leftOut.push({ column: name, why: 'extra' })
  const [first, ...rest] = [real, ...others].map(({ name, rows }, at) => ({ name, rows, columns: columns[at]! }))
  return { real: first!, others: rest, leftOut }
}

/** From so many categories on, that none comes again is no accident. */
const fewestAnew = 10
/** Share of rows that may have a real category by chance. */
const mostKnown = 0.01

/** As names of people or places are, which a safe copy must not repeat. */
function isMadeAnew(real: Column, synthetic: Column | undefined): boolean {
  if (real.storage !== 'codes' || !synthetic || new Set(real.codes).size < fewestAnew) return false
  const known = new Set(real.dictionary)
  const texts = textsOf(synthetic).filter(text => text !== null)
  return texts.length >= fewestAnew && texts.filter(text => known.has(text)).length <= mostKnown * texts.length
}

/** Columns whose values all differ, without nulls: texts, and whole numbers one after the other or named as one names keys. */
export function identifierColumns({ rows, columns }: Table): string[] {
  if (rows < 2) return []
  return columns.filter(column => isIdentifier(column, rows)).map(({ name }) => name)
}

/** What stands in the cells, as text; numbers as they are usually written. */
export function textsOf(column: Column): (string | null)[] {
  if (column.storage === 'texts') return column.values
  if (column.storage === 'codes') return Array.from(column.codes, code => column.dictionary[code] ?? null)
  return Array.from(column.values, value => (Number.isNaN(value) ? null : writtenNumber(column.type, value)))
}

function isIdentifier(column: Column, rows: number): boolean {
  if (column.storage === 'codes') {
    return column.dictionary.length >= rows && new Set(column.codes).size === rows && !column.codes.includes(-1)
  }
  if (column.storage === 'texts') return isTextKey(column.values)
  if (column.type !== 'integer') return false
  const sorted = column.values.toSorted()
  for (let row = 1; row < rows; row++) if (!(sorted[row]! > sorted[row - 1]!)) return false
  const consecutive = sorted[rows - 1]! - sorted[0]! === rows - 1
  return consecutive ? rows > 10 || namesKey(column.name) : namesKey(column.name)
}

/** One word each: texts that say something have blanks. */
function isTextKey(values: (string | null)[]): boolean {
  return values.every(text => text !== null && !/\s/.test(text)) && new Set(values).size === values.length
}

function namesKey(name: string): boolean {
  return /(^|[^a-z])(id|key|uid|udi|uuid)$|[a-z](Id|ID|Key)$/i.test(name)
}

function shared([first, ...rest]: Column[]): SharedColumn[] {
  if (first!.storage === 'numbers' && first!.type !== 'boolean') {
    return [first, ...rest.map(column => asNumbers(column, first as NumberColumn))] as SharedColumn[]
  }
  const dictionary: string[] = []
  const places = new Map<string, number>()
  const placeOf = (text: string) => {
    const known = places.get(text)
    if (known !== undefined) return known
    places.set(text, dictionary.length)
    return dictionary.push(text) - 1
  }
  const boolean = first!.storage === 'numbers'
  if (boolean) for (const value of ['false', 'true']) placeOf(value)
  return [first!, ...rest].map(column => ({
    storage: 'codes',
    type: 'category',
    name: first!.name,
    codes: boolean ? truthCodes(column) : codesOf(column, placeOf),
    dictionary,
  }))
}

function codesOf(column: Column, placeOf: (text: string) => number): Int32Array {
  if (column.storage === 'codes') {
    const places = column.dictionary.map(placeOf)
    return column.codes.map(code => places[code] ?? -1)
  }
  return Int32Array.from(textsOf(column), text => (text === null ? -1 : placeOf(text)))
}

function truthCodes(column: Column): Int32Array {
  if (column.storage === 'numbers')
    return Int32Array.from(column.values, value => (Number.isNaN(value) ? -1 : Number(value !== 0)))
  return Int32Array.from(textsOf(column), text => {
    if (text === null) return -1
    if (/^(true|t|yes|y|1)$/i.test(text.trim())) return 1
    return /^(false|f|no|n|0)$/i.test(text.trim()) ? 0 : -1
  })
}

function asNumbers(column: Column, { name, type }: NumberColumn): NumberColumn {
  if (column.storage === 'numbers') return { ...column, name, type }
  const timed = type === 'date' || type === 'datetime'
  const read = (text: string) => (timed ? Date.parse(text) : Number(text))
  const values = Float64Array.from(textsOf(column), text =>
    text === null || text.trim() === '' ? Number.NaN : read(text),
  )
  return { storage: 'numbers', name, type, values }
}

function writtenNumber(type: NumberColumn['type'], value: number): string {
  if (type === 'boolean') return value === 0 ? 'false' : 'true'
  if (type === 'date') return new Date(value).toISOString().slice(0, 10)
  if (type === 'datetime') return new Date(value).toISOString()
  if (type === 'time') return new Date(value).toISOString().slice(11, 19)
  return String(value)
}
