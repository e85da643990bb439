/** DuckDB, loaded when the first Parquet file comes: it takes a tenth of a second. */
import type { DuckDBConnection } from '@duckdb/node-api'

export type DuckDb = typeof import('@duckdb/node-api')

export interface OpenDuckDb {
  duckdb: DuckDb
  connection: DuckDBConnection
  close(): void
}

/** One thread, so that the same rows make the same bytes. `path`: a file it may put rows in that do not fit in memory. */
export async function openDuckDb(path = ':memory:'): Promise<OpenDuckDb> {
  const duckdb = await import('@duckdb/node-api')
  const instance = await duckdb.DuckDBInstance.create(path, {
    threads: '1',
    memory_limit: '200MB',
    preserve_insertion_order: 'true',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  })
  const connection = await instance.connect()
  return {
    duckdb,
    connection,
    close() {
      connection.closeSync()
      instance.closeSync()
    },
  }
}
