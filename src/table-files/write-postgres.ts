/** Writes tables into a PostgreSQL database, in one transaction. */
import type { ColumnType, Table } from '../tables/table.ts'
import { RowWriter } from '../tables/text/row-writer.ts'
import { textLayout } from '../tables/text/text-layouts.ts'
import { copyIn } from './copy-in.ts'
import { alreadyThere, createTable, foreignKeys, keysOfTables, nameList, withIsoDates } from './database-columns.ts'
import { explained, openPostgres, shownUrl } from './open-postgres.ts'
import { quotedName } from './sql-text.ts'
import type { DatabaseWriter, TableHead } from './table-writer.ts'

const types: Record<ColumnType, string> = {
  integer: 'bigint',
  decimal: 'double precision',
  boolean: 'boolean',
  date: 'date',
  datetime: 'timestamp',
  time: 'time',
  category: 'text',
  text: 'text',
}

export const writePostgres: DatabaseWriter = async (url, { tables, blocks }, options) => {
  const { keys, overwrite = false, signal, observe } = options
  const byTable = keysOfTables(tables, keys)
  const client = await openPostgres(url)
  try {
    await client.query('begin')
    const names = tables.map(({ name }) => name)
    const found = await client.query<{ name: string }>(
      'select relname as name from pg_class where pg_table_is_visible(oid) and relname = any ($1) and relnamespace = any (select oid from pg_namespace where nspname = any (current_schemas(false)))',
      [names],
    )
    const there = found.rows.map(({ name }) => name)
    if (there.length > 0 && !overwrite) throw alreadyThere(there, shownUrl(url))
    if (there.length > 0) await client.query(`drop table ${nameList(there)}`)
    for (const { name, columns } of tables)
      await client.query(createTable(name, columns, byTable.get(name), types, false))
    const copies = tables.map(copyStatement)
    const rows = tables.map(() => 0)
    for await (const { table, block } of blocks) {
      signal?.throwIfAborted()
      await copyIn(client, copies[table]!, csvBytes(tables[table]!, block))
      rows[table]! += block.rows
      observe(block.rows)
    }
    for (const { name } of tables) {
      for (const key of foreignKeys(byTable.get(name))) await client.query(`alter table ${quotedName(name)} add ${key}`)
    }
    await client.query('commit')
    return rows
  } catch (error) {
    throw explained(url, error)
  } finally {
    // What was not committed is rolled back.
    await client.end()
  }
}

function copyStatement({ name, columns }: TableHead): string {
  return `copy ${quotedName(name)} (${nameList(columns.map(column => column.name))}) from stdin (format csv)`
}

async function* csvBytes({ columns }: TableHead, block: Table): AsyncGenerator<Uint8Array> {
  if (block.rows === 0) return
  const names = columns.map(({ name }) => name)
  const layout = textLayout('csv', names, { defuseFormulas: false })
  // A lone null is an empty line here, and an empty text the one in quotes.
  const writer = new RowWriter({ ...layout, nothing: Buffer.alloc(0) }, names.length)
  yield writer.write(withIsoDates(block))
  yield layout.closing(false)
}
