/** Tables of a SQLite file: which there are, their keys, and their rows. */
import { DatabaseSync } from 'node:sqlite'
import type { ForeignKey, TableKeys } from '../tables/table-keys.ts'
import { chosenTable } from './chosen-table.ts'
import type { AskedType } from './recognize-column.ts'
import type { RowSource } from './row-source.ts'
import { quotedName } from './sql-text.ts'

const batchRows = 4096

/** Keys of all tables and views, in the order they were made. */
export function sqliteTables(path: string): (TableKeys & { isView: boolean })[] {
  const database = opened(path)
  try {
    const views = new Set(
      database
        .prepare(`select name from sqlite_schema where type = 'view'`)
        .all()
        .map(row => row['name']),
    )
    return tableNames(database).map(table => ({ ...keysOf(database, table), isView: views.has(table) }))
  } finally {
    database.close()
  }
}

export function openSqliteTable(path: string, wanted: string | undefined, name: string): RowSource {
  const database = opened(path)
  try {
    const table = chosenTable(path, wanted, tableNames(database))
    const columns = columnsOf(database, table)
    return {
      name: wanted === undefined ? table : name,
      names: columns.map(column => column.name),
      declared: new Map(columns.flatMap(column => declaredType(column.name, column.type))),
      decimal: '.',
      knowsNull: true,
      batches: rowsOf(database, table),
    }
  } catch (error) {
    database.close()
    throw error
  }
}

function opened(path: string): DatabaseSync {
  return new DatabaseSync(path, { readOnly: true, timeout: 5000 })
}

function tableNames(database: DatabaseSync): string[] {
  const listed = database
    .prepare(
      `select name from sqlite_schema where type in ('table', 'view') and name not like 'sqlite\\_%' escape '\\'`,
    )
    .all()
  return listed.map(({ name }) => String(name))
}

interface SqliteColumn {
  name: string
  type: string
  key: number
}

function columnsOf(database: DatabaseSync, table: string): SqliteColumn[] {
  const columns = database.prepare(`select name, type, pk from pragma_table_info(?)`).all(table)
  return columns.map(({ name, type, pk }) => ({ name: String(name), type: String(type), key: Number(pk) }))
}

function keysOf(database: DatabaseSync, table: string): TableKeys {
  const primary = columnsOf(database, table).filter(({ key }) => key > 0)
  const primaryKey = primary.toSorted((a, b) => a.key - b.key).map(({ name }) => name)
  const listed = database
    .prepare(`select id, "table", "from", "to" from pragma_foreign_key_list(?) order by id, seq`)
    .all(table)
  const byId = Map.groupBy(listed, ({ id }) => Number(id))
  const foreignKeys = [...byId.values()].map((parts): ForeignKey => {
    const target = String(parts[0]?.['table'])
    // Without columns, the key of the other table is meant.
    const named = parts.every(part => part['to'] !== null)
    const references = named ? parts.map(part => String(part['to'])) : keyOf(database, target)
    return { columns: parts.map(part => String(part['from'])), table: target, references }
  })
  return { table, primaryKey, foreignKeys: foreignKeys.reverse() }
}

function keyOf(database: DatabaseSync, table: string): string[] {
  const columns = columnsOf(database, table).filter(({ key }) => key > 0)
  return columns.toSorted((a, b) => a.key - b.key).map(({ name }) => name)
}

/** SQLite's types bind nobody: only texts and truth values are taken at their word (https://sqlite.org/datatype3.html). */
function declaredType(name: string, type: string): [string, AskedType][] {
  if (/^bool/i.test(type)) return [[name, 'boolean']]
  return /char|clob|text/i.test(type) ? [[name, 'string']] : []
}

async function* rowsOf(database: DatabaseSync, table: string): AsyncGenerator<string[][]> {
  try {
    const statement = database.prepare(`select * from ${quotedName(table)}`)
    statement.setReturnArrays(true)
    // Else an integer beyond 2⁵³ would be an error.
    statement.setReadBigInts(true)
    let batch: string[][] = []
    for (const row of statement.iterate()) {
      batch.push((row as unknown as unknown[]).map(asText))
      if (batch.length === batchRows) {
        yield batch
        batch = []
      }
    }
    if (batch.length > 0) yield batch
  } finally {
    database.close()
  }
}

function asText(value: unknown): string {
  if (value === null) return ''
  return value instanceof Uint8Array ? Buffer.from(value).toString('hex') : String(value)
}
