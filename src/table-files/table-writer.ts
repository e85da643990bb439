/** How tables are to be written. */
import type { ColumnHeader, Table } from '../tables/table.ts'
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

/** What a table is, without its rows. */
export interface TableHead {
  name: string
  columns: ColumnHeader[]
}

/** Tables whose blocks come in any order, each with the place of its table. */
export interface MixedTables {
  tables: TableHead[]
  blocks: AsyncIterable<MixedBlock>
  /** Asked after the last block; without all rows, no row is missed that a key names. Default: they are all there. */
  areWhole?: () => boolean
}

export interface MixedBlock {
  table: number
  block: Table
}

/** Writes one table to a new file and returns the number of its rows. `observe` is told of each block's rows. */
export type TableWriter = (
  path: string,
  source: TableSource,
  options: WriteTablesOptions & { format: TableFormat; observe(rows: number): void },
) => Promise<number>

/** New files, one for each table, that take blocks in any order. */
export interface TableFiles {
  write(block: MixedBlock): Promise<void>
  /** They are whole then. */
  finish(): Promise<void>
  /** Lets go of them, finished or not. */
  close(): Promise<void>
}

export type OpenTableFiles = (
  files: { path: string; table: TableHead }[],
  options: WriteTablesOptions & { format: TableFormat },
) => Promise<TableFiles>

/** Writes all tables to a database and returns the numbers of their rows. */
export type DatabaseWriter = (
  location: string,
  tables: MixedTables,
  options: Pick<WriteTablesOptions, 'keys' | 'overwrite' | 'signal'> & { observe(rows: number): void },
) => Promise<number[]>
