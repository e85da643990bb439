/** How tables are to be written. */
import type { TableKeys } from '../tables/table-keys.ts'
import type { TableFormat } from './read-options.ts'
import type { TableSource } from './table-blocks.ts'

export interface WriteTablesOptions {
  /** Default: by the target's extension; for a folder, CSV. */
  format?: TableFormat
  delimiter?: string
  /** Whether texts that a spreadsheet would compute begin with an apostrophe; default true. CSV and TSV only. */
  defuseFormulas?: boolean
  /** Databases only. */
  keys?: TableKeys[]
  /** Whether tables that are there already are replaced; files always are. */
  overwrite?: boolean
  signal?: AbortSignal
  /** Called after each block with the rows written so far, of all tables. */
  observe?(rows: number): void
}

/** Writes one table to a new file and returns the number of its rows. `observe` is told of each block's rows. */
export type TableWriter = (
  path: string,
  source: TableSource,
  options: WriteTablesOptions & { format: TableFormat; observe(rows: number): void },
) => Promise<number>

/** Writes all tables to a database and returns the numbers of their rows. */
export type DatabaseWriter = (
  location: string,
  sources: TableSource[],
  options: Pick<WriteTablesOptions, 'keys' | 'overwrite' | 'signal'> & { observe(rows: number): void },
) => Promise<number[]>
