/** Tables of a PostgreSQL database: which there are, their keys, and their rows. */
import type pg from 'pg'
import type { ForeignKey, TableKeys } from '../tables/table-keys.ts'
import { chosenTable } from './chosen-table.ts'
import { explained, openPostgres, shownUrl } from './open-postgres.ts'
import type { AskedType } from './recognize-column.ts'
import type { RowSource } from './row-source.ts'
import { quotedName } from './sql-text.ts'

const batchRows = 4096

/** Keys of all tables and views of the schemas that need not be named. */
export async function postgresTables(url: string): Promise<(TableKeys & { isView: boolean })[]> {
  const client = await openPostgres(url)
  try {
    const names = await tableNames(client)
    const { rows } = await client.query<KeyRow>(`
      select c.conrelid::regclass::text as shown, t.relname as "table", c.contype as kind, c.conname as name, f.relname as target,
        array_to_json(array(select a.attname from unnest(c.conkey) with ordinality k (n, o)
          join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.n order by k.o))::text as columns,
        array_to_json(array(select a.attname from unnest(c.confkey) with ordinality k (n, o)
          join pg_attribute a on a.attrelid = c.confrelid and a.attnum = k.n order by k.o))::text as "references"
      from pg_constraint c join pg_class t on t.oid = c.conrelid left join pg_class f on f.oid = c.confrelid
      where c.contype in ('p', 'f') and pg_table_is_visible(t.oid) order by c.conname`)
    const viewed = await client.query<{ name: string }>(`
      select c.relname as name from pg_class c where c.relkind in ('v', 'm') and pg_table_is_visible(c.oid)`)
    const views = new Set(viewed.rows.map(({ name }) => name))
    return names.map(table => ({ ...keysOf(table, rows), isView: views.has(table) }))
  } catch (error) {
    throw explained(url, error)
  } finally {
    await client.end()
  }
}

interface KeyRow {
  table: string
  kind: string
  target: string | null
  columns: string
  references: string
}

function keysOf(table: string, rows: KeyRow[]): TableKeys {
  const own = rows.filter(row => row.table === table)
  const primary = own.find(({ kind }) => kind === 'p')
  const foreignKeys = own
    .filter(({ kind }) => kind === 'f')
    .map(
      ({ columns, target, references }): ForeignKey => ({
        columns: JSON.parse(columns),
        table: String(target),
        references: JSON.parse(references),
      }),
    )
  return { table, primaryKey: primary ? JSON.parse(primary.columns) : [], foreignKeys }
}

async function tableNames(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(`
    select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname = any (current_schemas(false)) and pg_table_is_visible(c.oid)
    order by c.oid`)
  return rows.map(({ name }) => name)
}

/** A table of another schema is named with it: `schema.table`. */
export async function openPostgresTable(url: string, wanted: string | undefined, name: string): Promise<RowSource> {
  const client = await openPostgres(url)
  try {
    const names = await tableNames(client)
    const qualified = /^([^.]+)\.([^.]+)$/.exec(wanted ?? '')
    const elsewhere = qualified && !names.includes(wanted ?? '') ? qualified : null
    const table = elsewhere ? String(elsewhere[2]) : chosenTable(shownUrl(url), wanted, names)
    const from = elsewhere ? `${quotedName(String(elsewhere[1]))}.${quotedName(table)}` : quotedName(table)
    // One transaction: the rows are those of one moment, however long reading takes.
    await client.query('begin transaction isolation level repeatable read read only')
    await client.query(`set local time zone 'UTC'`)
    await client.query(`set local datestyle = 'ISO'`)
    await client.query(`declare rows_read no scroll cursor for select * from ${from}`)
    const { fields } = await client.query('fetch 0 from rows_read')
    return {
      name: wanted === undefined ? table : name,
      names: fields.map(field => field.name),
      declared: new Map(fields.flatMap(field => declaredType(field.name, field.dataTypeID))),
      decimal: '.',
      knowsNull: true,
      batches: rowsOf(client, url),
    }
  } catch (error) {
    await client.end()
    throw explained(url, error)
  }
}

async function* rowsOf(client: pg.Client, url: string): AsyncGenerator<string[][]> {
  try {
    for (;;) {
      const { rows } = await client.query<(string | null)[]>({
        text: `fetch ${batchRows} from rows_read`,
        rowMode: 'array',
      })
      if (rows.length === 0) return
      yield rows.map(row => row.map(value => value ?? ''))
    }
  } catch (error) {
    throw explained(url, error)
  } finally {
    await client.end()
  }
}

/** Object identifiers of PostgreSQL's own types (pg_type.dat): numbers are recognised by their texts. */
const typeOfOid: Record<number, AskedType | 'number'> = {
  16: 'boolean',
  1082: 'date',
  1083: 'time',
  1114: 'datetime',
  1184: 'datetime',
  20: 'number',
  21: 'number',
  23: 'number',
  26: 'number',
  700: 'number',
  701: 'number',
  1700: 'number',
}

function declaredType(name: string, oid: number): [string, AskedType][] {
  const type = typeOfOid[oid] ?? 'string'
  return type === 'number' ? [] : [[name, type]]
}
