/** Opens either database by where it is and brings it to the newest version. */
import { CultivarError } from '../model/error.ts'
import { type Database, storageFull, storageUnavailable } from './database.ts'
import { migrate } from './migrate.ts'
import { openPostgres } from './postgres.ts'
import { openSqlite } from './sqlite.ts'

/**
 * Opens the SQLite file (created if it is missing) or the PostgreSQL database.
 * Throws CultivarError `workspace-newer`, `bad-file` (not a database, or a damaged one) and the storage errors.
 */
export async function openDatabase(where: { file: string } | { url: string }): Promise<Database> {
  let database: Database | undefined
  try {
    database = 'file' in where ? openSqlite(where.file) : openPostgres(where.url)
    await migrate(database)
    return database
  } catch (error) {
    await database?.close()
    if (error instanceof CultivarError) throw error
    // Not passed on as a cause: what the driver throws for a wrong URL holds the URL, and with it the password.
    throw 'file' in where ? fileError(error, where.file) : storageUnavailable(error)
  }
}

/** Result codes: https://www.sqlite.org/rescode.html */
function fileError(error: unknown, file: string): unknown {
  if (!(error instanceof Error) || !('errcode' in error)) return error
  const code = Number(error.errcode) & 0xff
  if (code === 13) return storageFull(error)
  if (code === 11 || code === 26) {
    return new CultivarError(
      'bad-file',
      `${file} is ${code === 26 ? 'not a Cultivar database' : 'damaged'}: ${error.message}`,
      'Put back a copy of it, or move it away and run “cultivar init” to begin anew.',
      { file },
    )
  }
  return storageUnavailable(error)
}
