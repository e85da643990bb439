/** Writes tables into a PostgreSQL database, in one transaction. */
import { setImmediate } from 'node:timers/promises'
import type { ColumnType } from '../tables/table.ts'
import { copyIn } from './copy-in.ts'
import { alreadyThere, createTable, foreignKeys, keysOfTables, nameList, withIsoDates } from './database-columns.ts'
import { explained, openPostgres, shownUrl } from './open-postgres.ts'
import { quotedName } from './sql-text.ts'
import { type TableSource, typedBlocks } from './table-blocks.ts'
import type { DatabaseWriter } from './table-writer.ts'
import { textLayout } from './text-layouts.ts'
import { RowWriter } from './write-text-file.ts'

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

export const writePostgres: DatabaseWriter = async (url, sources, options) => {
  const { keys, overwrite = false } = options
  const byTable = keysOfTables(sources, keys)
  const client = await openPostgres(url)
  try {
    await client.query('begin')
    const names = sources.map(({ name }) => name)
    const found = await client.query<{ name: string }>(
      'select relname as name from pg_class where pg_table_is_visible(oid) and relname = any ($1) and relnamespace = any (select oid from pg_namespace where nspname = any (current_schemas(false)))',
      [names],
    )
    const there = found.rows.map(({ name }) => name)
    if (there.length > 0 && !overwrite) throw alreadyThere(there, shownUrl(url))
    if (there.length > 0) await client.query(`drop table ${nameList(there)}`)
    for (const { name, columns } of sources)
      await client.query(createTable(name, columns, byTable.get(name), types, false))
    const rows: number[] = []
    for (const source of sources) {
      const tally = { rows: 0 }
      const columns = nameList(source.columns.map(({ name }) => name))
      const sql = `copy ${quotedName(source.name)} (${columns}) from stdin (format csv)`
      await copyIn(client, sql, csvBytes(source, options, tally))
      rows.push(tally.rows)
    }
    for (const { name } of sources) {
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

async function* csvBytes(
  source: TableSource,
  { signal, observe }: Parameters<DatabaseWriter>[2],
  tally: { rows: number },
): AsyncGenerator<Buffer> {
  const names = source.columns.map(({ name }) => name)
  const layout = textLayout('csv', names, { defuseFormulas: false })
  // A lone null is an empty line here, and an empty text the one in quotes.
  const writer = new RowWriter({ ...layout, nothing: Buffer.alloc(0) }, names.length)
  for await (const block of typedBlocks(source)) {
    // The socket sends between blocks.
    await setImmediate()
    signal?.throwIfAborted()
    yield writer.write(withIsoDates(block))
    tally.rows += block.rows
    observe(block.rows)
  }
  if (tally.rows > 0) yield layout.closing(false)
}
