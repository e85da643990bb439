/** Keys that are numbers in a row: they are counted anew, since which number a row had says who it was. */
import type { Column, Table } from '../table.ts'
import type { ForeignKey } from '../table-keys.ts'
import type { NumberedKey } from './fitted-related.ts'

/** Of the primary key, the columns that are numbers, or texts that end in one; those that refer to other tables are not meant. */
export function numberedKeys(
  source: Table,
  primaryKey: readonly string[],
  main: ForeignKey | undefined,
  foreign: readonly ForeignKey[],
): NumberedKey[] {
  const referring = new Set(foreign.flatMap(({ columns }) => columns))
  const own = primaryKey.filter(name => !referring.has(name))
  const isWithinParent = primaryKey.length > own.length && primaryKey.some(name => main?.columns.includes(name))
  // Of several own columns together none is a number of the row.
  if (own.length !== 1) return []
  const column = source.columns.find(({ name }) => name === own[0])!
  const written = writtenAs(column)
  return written ? [{ column: column.name, isWithinParent, ...written }] : []
}

function writtenAs(column: Column): Pick<NumberedKey, 'first' | 'text'> | undefined {
  if (column.storage === 'numbers') {
    if (column.type !== 'integer') return undefined
    const least = column.values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY)
    return { first: Number.isFinite(least) ? least : 1 }
  }
  const texts = column.storage === 'codes' ? column.dictionary : column.values
  const parts = texts.map(text => /^(.*?)(\d+)$/.exec(text ?? ''))
  const [first] = parts
  if (!first || !parts.every(part => part?.[1] === first[1])) return undefined
  const numbers = parts.map(part => Number(part![2]))
  const lengths = new Set(parts.map(part => part![2]!.length))
  return {
    first: numbers.reduce((least, number) => Math.min(least, number)),
    text: { before: first[1]!, digits: lengths.size === 1 ? first[2]!.length : 1 },
  }
}

/** The values of a numbered key for rows whose parents are `links`, in the order of the rows. */
export function numberRows(key: NumberedKey, rows: number, links: Int32Array | undefined): Column {
  const numbers = new Float64Array(rows)
  const given = new Map<number, number>()
  for (let row = 0; row < rows; row++) {
    const parent = key.isWithinParent && links ? links[row]! : 0
    const before = given.get(parent) ?? 0
    given.set(parent, before + 1)
    numbers[row] = key.first + before
  }
  const { column: name, text } = key
  if (!text) return { storage: 'numbers', name, type: 'integer', values: numbers }
  const values = Array.from(numbers, number => `${text.before}${String(number).padStart(text.digits, '0')}`)
  return { storage: 'texts', name, type: 'text', values }
}
