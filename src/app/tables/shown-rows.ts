/** The first rows of tables as texts, for people to look at. */
import type { ShownTableRows } from '../../model/api/tables.ts'
import { datePatternOf } from '../../tables/date-pattern.ts'
import type { OpenedSources } from '../../tables/open-sources.ts'
import type { Column, Table } from '../../tables/table.ts'

export function firstRows({ sources }: OpenedSources, most: number): ShownTableRows[] {
  return sources.map(source => {
    const rows: ShownTableRows['rows'] = []
    for (let index = 0; index < source.blocks && rows.length < most; index++) {
      rows.push(...shownRows(source.block(index), most - rows.length).rows)
    }
    return { table: source.name, columns: source.columns.map(({ name, type }) => ({ name, type })), rows }
  })
}

export function shownRows(table: Table, most: number): ShownTableRows {
  const { name, columns } = table
  const count = Math.min(most, table.rows)
  return {
    table: name,
    columns: columns.map(({ name, type }) => ({ name, type })),
    rows: Array.from({ length: count }, (_, row) => columns.map(column => shownCell(column, row))),
  }
}

function shownCell(column: Column, row: number): string | null {
  if (column.storage === 'codes') return column.dictionary[column.codes[row]!] ?? null
  if (column.storage === 'texts') return column.values[row] ?? null
  const value = column.values[row]!
  if (Number.isNaN(value)) return null
  switch (column.type) {
    case 'integer':
      return String(value)
    case 'boolean':
      return value === 0 ? 'false' : 'true'
    case 'decimal':
      return column.decimals === undefined ? String(value) : value.toFixed(column.decimals)
    default:
      return datePatternOf(column.type, column.pattern).format(value)
  }
}
