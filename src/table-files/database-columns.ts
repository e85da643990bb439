/** Tables as databases have them: column types, keys, and which keys are meant. */
import { CultivarError } from '../model/error.ts'
import { datePatternOf } from '../tables/date-pattern.ts'
import type { Column, ColumnHeader, ColumnType, Table } from '../tables/table.ts'
import type { TableKeys } from '../tables/table-keys.ts'
import { rawValues } from './raw-values.ts'
import { quotedName } from './sql-text.ts'

/** The statement that makes the table; foreign keys, which may need tables that come later, only where `foreign` says so. */
export function createTable(
  name: string,
  headers: ColumnHeader[],
  keys: TableKeys | undefined,
  types: Record<ColumnType, string>,
  foreign: boolean,
): string {
  const columns = headers.map(header => `${quotedName(header.name)} ${types[header.type]}`)
  const primary = keys?.primaryKey ?? []
  const parts = [...columns, ...(primary.length > 0 ? [`primary key (${nameList(primary)})`] : [])]
  if (foreign) parts.push(...foreignKeys(keys))
  return `create table ${quotedName(name)} (${parts.join(', ')})`
}

export function foreignKeys(keys: TableKeys | undefined): string[] {
  return (keys?.foreignKeys ?? []).map(
    ({ columns, table, references }) =>
      `foreign key (${nameList(columns)}) references ${quotedName(table)} (${nameList(references)})`,
  )
}

export function nameList(names: string[]): string {
  return names.map(quotedName).join(', ')
}

/** Keys by table. @throws CultivarError `not-found` where they name a table or column that is not there. */
export function keysOfTables(
  tables: { name: string; columns: ColumnHeader[] }[],
  keys: TableKeys[] = [],
): Map<string, TableKeys> {
  const columnsOf = new Map(tables.map(({ name, columns }) => [name, new Set(columns.map(column => column.name))]))
  const check = (table: string, columns: string[]) => {
    const known = columnsOf.get(table)
    const missing = known ? columns.find(column => !known.has(column)) : undefined
    if (known && missing === undefined) return
    const what = known ? `column "${missing}" of table "${table}"` : `table "${table}"`
    throw new CultivarError('not-found', `A key names the ${what}, which is not written.`, 'Correct the keys.')
  }
  for (const { table, primaryKey, foreignKeys } of keys) {
    check(table, primaryKey)
    for (const foreign of foreignKeys) {
      check(table, foreign.columns)
      check(foreign.table, foreign.references)
    }
  }
  return new Map(keys.map(entry => [entry.table, entry]))
}

/** Dates as databases sort and read them: ISO 8601, if the column is not written in such a way already. */
export function withIsoDates(block: Table): Table {
  return { ...block, columns: block.columns.map(isoColumn) }
}

function isoColumn(column: Column): Column {
  if (column.storage !== 'numbers' || column.pattern === undefined || /^(YYYY-MM-DD|HH:mm)/.test(column.pattern))
    return column
  const { pattern: _, ...plain } = column
  return plain
}

/** Values as SQLite takes them: dates are texts. */
export function shownValues(column: Column): (row: number) => number | string | null {
  const value = rawValues(column)
  if (column.storage !== 'numbers') return value
  const { type, pattern } = column
  if (type !== 'date' && type !== 'datetime' && type !== 'time') return value
  const { format } = datePatternOf(type, pattern)
  return row => {
    const milliseconds = value(row)
    return milliseconds === null ? null : format(milliseconds as number)
  }
}

export function alreadyThere(names: string[], place: string): CultivarError {
  const [first] = names
  return new CultivarError(
    'already-exists',
    names.length === 1
      ? `There is a table "${first}" in ${place} already.`
      : `There are ${names.length} of these tables in ${place} already: ${names.slice(0, 5).join(', ')}.`,
    'Choose another place, or say that they are to be replaced.',
    { tables: names },
  )
}
