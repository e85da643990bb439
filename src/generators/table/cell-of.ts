/** A cell of a table as records hold it. */
import type { Json } from '../../model/json.ts'
import { datePatternOf } from '../../tables/date-pattern.ts'
import type { Column } from '../../tables/table.ts'

/** Dates and times as they are written; all else as JSON knows it. */
export function cellOf(column: Column, row: number): Json {
  if (column.storage === 'codes') return column.dictionary[column.codes[row]!] ?? null
  if (column.storage === 'texts') return column.values[row] ?? null
  const value = column.values[row]!
  if (Number.isNaN(value)) return null
  if (column.type === 'boolean') return value !== 0
  if (column.type === 'decimal') return column.decimals === undefined ? value : Number(value.toFixed(column.decimals))
  return column.type === 'integer' ? value : datePatternOf(column.type, column.pattern).format(value)
}
