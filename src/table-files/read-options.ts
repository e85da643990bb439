/** How a table is to be read: what cannot be told from the file, and what would be told wrongly. */
import type { AskedType } from './recognize-column.ts'

export type TableFormat = 'csv' | 'tsv' | 'json' | 'jsonl' | 'parquet' | 'sqlite' | 'postgres'

/** What is left out is guessed, and the notes say what was guessed. */
export interface ReadTableOptions {
  /** The table's name; default: the file's, without its extension, or the table's in the database. */
  name?: string
  /** Default: by the address. */
  format?: TableFormat
  encoding?: string
  /** One character; a blank means any number of blanks. */
  delimiter?: string
  /** One character, empty if quotes are ordinary; default `"`. */
  quote?: string
  /** Whether the first row names the columns. */
  header?: boolean
  /** Names of the columns, where the file has none or others are wanted. */
  names?: string[]
  /** Whether the row under the header holds units. */
  unitRow?: boolean
  /** Lines that begin so are left out; empty: none are. */
  comment?: string
  /** Lines left out before the header. */
  skipLines?: number
  decimal?: '.' | ','
  /** Whether 01/02/2024 is the first of February. */
  dayFirst?: boolean
  /** Texts that mean null, besides the empty one; default: `NA`, `null` and the like, and among numbers and dates also `?`, `-` and the like. */
  nulls?: string[]
  /** Types of columns that would be recognised wrongly; dates may be given as a pattern such as `DD.MM.YYYY`. */
  columns?: Record<string, AskedType>
  /** A table without rows is one, where its columns are known; default: it is an error. */
  emptyAllowed?: boolean
  signal?: AbortSignal
  /** Called now and then with the rows read so far. */
  observe?(rows: number): void
}
