/** What a file format is: it reads rows from bytes and writes records as text, in streams that hold a few rows at a time. */
import type { Json } from '../model/json.ts'
import type { StoredRecord } from '../model/record.ts'
import type { Tokenizing } from '../text/spanned-tokens.ts'
import type { TagScheme } from '../text/tag-scheme.ts'
import type { MappingChoice } from './column-mapping.ts'
import type { ExportNotes } from './export-notes.ts'
import type { LabelSurvey } from './label-survey.ts'

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

export type BadRow = { error: RowError; values?: undefined }

export type ReadRow = GoodRow | BadRow

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
  /** What offsets of spans are to count that the format makes itself; default `code-points` (formats of tokens only). */
  offsets?: OffsetUnit
  /** Tags that follow another scheme make their sentence a row error; default: any scheme is read (CoNLL only). */
  scheme?: TagScheme
  /** Takes labels from predictions, also where somebody annotated; default: only where nobody did (tasks only). */
  predictions?: boolean
  /** Names of labels that the file gives as numbers, of all columns or by column (Hugging Face only). */
  labelNames?: string[] | Record<string, string[]>
  /** What a label begins with; default `__label__` (fastText only). */
  labelPrefix?: string
  /** Questions of an annotation tool that hold labels and spans, if their names do not tell (Argilla only). */
  controls?: Controls
}

/** Names that an annotation tool gives to what labels a text, what marks spans in it, and what shows it. */
export interface Controls {
  labels?: string
  spans?: string
  text?: string
}

interface Reading {
  /**
   * Good rows and row errors in file order. Throws CultivarError `bad-file` if the file as a whole cannot be read
   * (empty, binary, not an array of objects) and `bad-input` if an option makes no sense.
   */
  rows: AsyncIterable<ReadRow>
  /** What was found out about the file, for people; complete once all rows are read. */
  notes: string[]
  /** Which members of the rows are what, where the format says it and nothing is to be guessed. */
  columns?: KnownColumns
}

/** A column may be missing from the rows. */
export type KnownColumns = Pick<MappingChoice, 'text' | 'labels' | 'spans' | 'split' | 'id' | 'tags'>

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
  /** How entities become tags; default `bio` (formats of tokens only). */
  scheme?: TagScheme
  /** How texts become tokens; default: by blanks where every span of the text stands between blanks, else by words (formats of tokens only). */
  tokens?: Tokenizing
  /** 2: token and tag; 4, the default: `token -X- _ tag` (CoNLL only). */
  columnCount?: 2 | 4
  /** Default: `label`, `choice` and the field’s name for tasks; the questions `spans` and `label` for Argilla (annotation tools only). */
  controls?: Controls
  /** What a label begins with; default `__label__` (fastText only). */
  labelPrefix?: string
  /** What labels there are in all the records. A format with `needsSurvey` writes more exactly if it is told. */
  survey?: LabelSurvey
  /** Is told what the format could not hold, and what else a person should know. */
  notes?: ExportNotes
}

/** Parts of a record that a format may hold; the field `text` it holds anyway. */
export type Part = 'fields' | 'labels' | 'spans' | 'tags' | 'split'

export interface Format {
  kind: string
  /** Without dot, lower case. */
  extensions: string[]
  summary: string
  needsColumns: boolean
  /** Whether reading back what it wrote gives whole records: all fields, labels, spans, tags, split and id. */
  isWhole: boolean
  /** Parts of a record that it holds; others are reported as lost. Default: all, or nobody knows. */
  holds?: readonly Part[]
  /** Whether writing is more exact with `survey`. */
  needsSurvey?: boolean
  /** A second file that the next tool needs, and its name’s ending, as `.config.xml`. */
  beside?(options: WriteOptions): { ending: string; text: string }
  read(bytes: AsyncIterable<Uint8Array>, options?: ReadOptions): Reading
  /** The same records give the same text; never an unpaired surrogate. Chunks end anywhere. */
  write(records: AsyncIterable<ExportRecord>, options?: WriteOptions): AsyncIterable<string>
}
