/** The embedded database: one SQLite file through Node’s own module. */
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import { Kysely, type SqliteDatabase, SqliteDialect } from 'kysely'
import type { CultivarError } from '../model/error.ts'
import { type Database, database, storageFull, storageUnavailable } from './database.ts'
import type { Tables } from './tables.ts'

/** Opens (or creates) the file; `:memory:` gives a database that lives as long as the connection. */
export function openSqlite(path: string): Database {
  const file = new DatabaseSync(path, { timeout: 5000 })
  file.exec(
    'pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on; pragma cache_size = -65536',
  )
  const statements = new Map<string, { statement: StatementSync; reader: boolean }>()
  const prepare = (sql: string) => {
    let prepared = statements.get(sql)
    if (!prepared) {
      // An immediate lock: a read that turns into a write mid-transaction could not be waited for.
      const statement = file.prepare(sql === 'begin' ? 'begin immediate' : sql)
      prepared = { statement, reader: statement.columns().length > 0 }
      if (statements.size > 500) statements.clear()
      statements.set(sql, prepared)
    }
    return prepared
  }
  const kysely = new Kysely<Tables>({
    dialect: new SqliteDialect({
      database: {
        close: () => file.close(),
        prepare: sql => {
          // A full disk has SQLite end the transaction by itself: failing to end it again would hide why.
          if (sql === 'rollback' && !file.isTransaction) return nothingToDo
          const { statement, reader } = prepare(sql)
          return {
            reader,
            all: parameters => statement.all(...(parameters as SQLInputValue[])),
            run: parameters => statement.run(...(parameters as SQLInputValue[])),
            iterate: parameters => statement.iterate(...(parameters as SQLInputValue[])),
          }
        },
      },
    }),
  })
  return database(kysely, { dialect: 'sqlite', script: async text => transaction(file, text), explain })
}

const nothingToDo: ReturnType<SqliteDatabase['prepare']> = {
  reader: false,
  all: () => [],
  run: () => ({ changes: 0, lastInsertRowid: 0 }),
  iterate: () => [].values(),
}

function transaction(file: DatabaseSync, text: string): void {
  file.exec('begin immediate')
  try {
    file.exec(text)
    file.exec('commit')
  } catch (error) {
    if (file.isTransaction) file.exec('rollback')
    throw error
  }
}

/** Result codes: https://www.sqlite.org/rescode.html */
function explain(error: unknown): CultivarError | undefined {
  const code = error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : undefined
  if (code === 13) return storageFull(error)
  // BUSY, LOCKED, READONLY, IOERR, CANTOPEN: a write that met a full disk can surface as IOERR too; both are waited for.
  if (code === 5 || code === 6 || code === 8 || code === 10 || code === 14) return storageUnavailable(error)
  return undefined
}
