/** What a file format is: it reads rows from bytes and writes records as text, in streams that hold a few rows at a time. */
import type { Json } from '../model/json.ts'
import type { StoredRecord } from '../model/record.ts'

/** Longest row that is read, in UTF-16 code units (about 4 MB of Latin text). */
export const defaultMaxRowLength = 4 * 1024 * 1024

/** Where a row stands: its 1-based place among the rows (header apart) and the 1-based line of the file it begins on. */
export interface RowPlace {
  record: number
  /** Absent in formats whose rows have no lines of their own (JSON). */
  line?: number
}

/** Why one row cannot be taken. The other rows can. */
export interface RowError extends RowPlace {
  /** The column's name, or its number where the name is unknown. */
  column?: string
  /** 1-based character in the line. */
  character?: number
  message: string
  /** What would have been right. */
  hint: string
}

export interface GoodRow extends RowPlace {
  values: Record<string, Json>
  error?: undefined
}

export type ReadRow = GoodRow | { error: RowError; values?: undefined }

export interface ReadOptions {
  /** WHATWG encoding label, as `utf-8`, `utf-16le`, `windows-1252`. Default: byte-order mark, else guessed. */
  encoding?: string
  /** Longest row in UTF-16 code units; a longer one is skipped without being held. */
  maxRowLength?: number
  /** Largest file that is read whole (JSON only). */
  maxFileBytes?: number
  /** How a line is made (lines only): `{name}` stands for a member. */
  template?: string
  /** One character; default: guessed (CSV only). */
  delimiter?: string
  /** One character, or empty to take quotes literally; default `"` (CSV only). */
  quote?: string
  /** Whether the first row names the columns; default: guessed (CSV only). */
  header?: boolean
}

interface Reading {
  /**
   * Good rows and row errors in file order. Throws CultivarError `bad-file` if the file as a whole cannot be read
   * (empty, binary, not an array of objects) and `bad-input` if an option makes no sense.
   */
  rows: AsyncIterable<ReadRow>
  /** What was found out about the file, for people; complete once all rows are read. */
  notes: string[]
}

/** What offsets of spans count. Python tools count code points, JavaScript counts UTF-16 code units. */
export type OffsetUnit = 'code-points' | 'utf16'

/** What a record gives to a format of questions and answers. */
export type ExchangePart = 'question' | 'answer' | 'context' | 'system'

/** A record to write. `lineage` is written as it is, under `lineage`. */
export type ExportRecord = StoredRecord & { lineage?: Record<string, Json> }

export interface WriteOptions {
  /**
   * Members to write, in this order; `lineage.run` names a member of the lineage. Default: all that a record has.
   * A format with `needsColumns` must be told; `exportColumns` finds them in a first pass.
   */
  columns?: string[]
  /** Unit of span offsets; default `code-points`. */
  offsets?: OffsetUnit
  /** How a line is made (lines only): `{name}` stands for a member. */
  template?: string
  /** One character; default by kind: comma or tab (CSV only). */
  delimiter?: string
  /** Defuses spreadsheet formulas with a leading apostrophe; default true (CSV only). */
  defuseFormulas?: boolean
  /**
   * Which member is which part; empty: none is (chat formats only). Default: those of the same name; without them, `text` asks and
   * the label answers.
   */
  parts?: Partial<Record<ExchangePart, string>>
  /** Opens each conversation, instead of what the record says (chat formats only). */
  systemPrompt?: string
  /** Writes a UTF-8 byte-order mark, by which Excel knows the encoding; default false (CSV only). */
  byteOrderMark?: boolean
}

export interface Format {
  kind: string
  /** Without dot, lower case. */
  extensions: string[]
  summary: string
  needsColumns: boolean
  /** Whether reading back what it wrote gives whole records: all fields, labels, spans, tags, split and id. */
  isWhole: boolean
  read(bytes: AsyncIterable<Uint8Array>, options?: ReadOptions): Reading
  /** The same records give the same text; never an unpaired surrogate. Chunks end anywhere. */
  write(records: AsyncIterable<ExportRecord>, options?: WriteOptions): AsyncIterable<string>
}
