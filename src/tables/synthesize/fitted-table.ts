/** What was learned of a table, as plain JSON: a model of each column’s values, and of how the columns go together. */
import type { ColumnHeader } from '../table.ts'

/**
 * Numbers, dates and times. A code stands for a range of values and holds pieces: evenly spaced points `low`, `low + step`, …, each
 * as likely as the others of its piece; one point makes an atom, a value of its own. Points count in units: a value is
 * `point · unit / scale`. With `unit` 0 a piece is a range of real numbers from `low`, `step` wide.
 */
export interface NumberModel {
  kind: 'number'
  unit: number
  scale: number
  /** The highest value of each code, ascending. */
  ends: number[]
  /** By code, where its pieces begin; one more at the end. */
  first: number[]
  low: number[]
  step: number[]
  points: number[]
  /** How many rows each piece stands for. */
  count: number[]
  /** The code after the last range is null. */
  nulls: boolean
  /** The values are what a column has more than another one; `reference` stands in where that one is null. */
  above?: { column: string; reference: number }
  /** Values outside are moved to the nearer end. */
  range?: [number, number]
}

/** Few different texts. Frequent ones have a code each; rare ones share codes, and are drawn by their counts. */
export interface CategoryModel {
  kind: 'category'
  /** By code, where its categories begin in `category`; one more at the end. */
  first: number[]
  /** Places in the header’s dictionary, by code. */
  category: number[]
  count: number[]
  nulls: boolean
}

/** The same in every row; null for a column without values. */
interface ConstantModel {
  kind: 'constant'
  value: number | string | null
}

/** Whole numbers that go up by the row. */
export interface SequenceModel {
  kind: 'sequence'
  start: number
  step: number
}

/** A part of an id. */
export type IdPart =
  | { kind: 'literal'; text: string }
  | { kind: 'characters'; characters: string; length: number }
  /** Written with at least `width` digits. */
  | { kind: 'number'; low: number; high: number; width: number }
  /** One of few texts; `by` says which for each category of another column (its places in that dictionary). */
  | { kind: 'choice'; texts: string[]; weights: number[]; by?: { column: string; choice: number[] } }

/** New texts of one pattern, all different. */
export interface IdModel {
  kind: 'id'
  parts: IdPart[]
  /** The only number counts up by the row. */
  counted?: true
  nulls: boolean
}

export type TextKind = 'name' | 'given-name' | 'family-name' | 'email' | 'phone' | 'address' | 'words'

/** Texts made anew, like the real ones in kind and length alone. */
export interface TextModel {
  kind: 'text'
  of: TextKind
  /** How they are put together: numbers of words, or a text with `9` for each digit (phones) or `G`, `F`, `I` for names. */
  shapes: string[]
  counts: number[]
  /** No two are the same. */
  unique?: true
  nulls: boolean
}

/** Follows from a category column: the value that belongs to each of its categories, then that of null. */
export interface LookupModel {
  kind: 'lookup'
  from: string
  /** Numbers, or places in the own dictionary; null for null. */
  values: (number | null)[]
}

/** The sum of other columns. */
export interface SumModel {
  kind: 'sum'
  parts: string[]
}

/** One of several columns that add up to `total`: the share of column `part` in all `parts`. The last one takes what rounding leaves. */
export interface PortionModel {
  kind: 'portion'
  parts: string[]
  part: number
  total: number
}

export type ValueModel =
  | NumberModel
  | CategoryModel
  | ConstantModel
  | SequenceModel
  | IdModel
  | TextModel
  | LookupModel
  | SumModel
  | PortionModel

export interface FittedColumn {
  header: ColumnHeader
  model: ValueModel
  /** Only there for others to follow from; not written. */
  hidden?: true
}

/** What always holds in a table. `learned` where nobody said so. */
export type Constraint = { learned?: true } & (
  | { kind: 'at-most'; low: string; high: string }
  | { kind: 'range'; column: string; min?: number; max?: number }
  | { kind: 'combinations'; columns: string[] }
  | { kind: 'unique'; columns: string[] }
  /** The parts add up to a column, or to a number. */
  | { kind: 'sum'; parts: string[]; total: string | number }
)

/** A table as it was fitted: plain JSON, all that sampling needs. */
export interface FittedTable {
  format: 'cultivar-table@1'
  name: string
  /** Rows of the table that was fitted. */
  rows: number
  columns: FittedColumn[]
  /** Columns that only condition the others. */
  given: string[]
  /** Names of the columns that the synthesizer knows, in its order; the given ones first. */
  encoded: string[]
  constraints: Constraint[]
  synthesizer: { kind: string; model: unknown }
  /** What was found, chosen, merged and left out, for people. */
  notes: string[]
}
