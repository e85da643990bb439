/** The served database: PostgreSQL 15 or newer. */
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { CultivarError } from '../model/error.ts'
import { type Database, database, storageFull, storageUnavailable } from './database.ts'
import type { Tables } from './tables.ts'

/** OIDs of `int8`: counts and times fit a double exactly (below 2⁵³). */
const int8 = 20

export function openPostgres(url: string): Database {
  const types = new pg.TypeOverrides()
  types.setTypeParser(int8, Number)
  const pool = new pg.Pool({ connectionString: url, max: 8, types, connectionTimeoutMillis: 10_000 })
  // Without a listener, an idle connection that the server ends would end the process.
  pool.on('error', () => undefined)
  const kysely = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  return database(kysely, {
    dialect: 'postgres',
    // Several statements in one simple query are one implicit transaction.
    script: async text => {
      await pool.query(text)
    },
    explain,
  })
}

/** SQLSTATE classes: https://www.postgresql.org/docs/current/errcodes-appendix.html */
function explain(error: unknown): CultivarError | undefined {
  if (!(error instanceof Error)) return undefined
  const code = 'code' in error ? String(error.code) : ''
  if (code === '53100') return storageFull(error)
  const passing = /^(08|40|53|57P)/.test(code) || /^(ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN)/.test(code)
  if (passing || /Connection terminated|timeout exceeded when trying to connect/.test(error.message))
    return storageUnavailable(error)
  return undefined
}
