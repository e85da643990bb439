/** A table in memory, column by column: what readers give, synthesizers make, comparisons look at and writers take. */

/**
 * Numbers of one kind. `NaN` is null. `boolean` is 0 or 1; `date` and `datetime` are milliseconds since 1970 in UTC; `time` is
 * milliseconds since midnight.
 */
export interface NumberColumn {
  storage: 'numbers'
  name: string
  type: 'integer' | 'decimal' | 'boolean' | 'date' | 'datetime' | 'time'
  values: Float64Array
  /** How many digits after the point are written; absent: as many as the number has. */
  decimals?: number
  /** How a date or time is written, such as `DD.MM.YYYY HH:mm`; absent: ISO 8601. */
  pattern?: string
}

/** Few different texts, by their place in `dictionary`; −1 is null. */
export interface CategoryColumn {
  storage: 'codes'
  name: string
  type: 'category'
  codes: Int32Array
  dictionary: readonly string[]
}

/** Texts of which most differ. */
export interface TextColumn {
  storage: 'texts'
  name: string
  type: 'text'
  values: (string | null)[]
}

export type Column = NumberColumn | CategoryColumn | TextColumn
export type ColumnType = Column['type']

/** What a column is, without its values. */
export type ColumnHeader = { name: string } & (
  | Pick<NumberColumn, 'storage' | 'type' | 'decimals' | 'pattern'>
  | Pick<CategoryColumn, 'storage' | 'type' | 'dictionary'>
  | Pick<TextColumn, 'storage' | 'type'>
)

/** Columns of equal length. */
export interface Table {
  name: string
  rows: number
  columns: Column[]
}

/** Rows of a block, at most. */
export const blockRows = 65_536

/**
 * A table that is made block by block. A block depends on its number alone (its random stream is named by seed, table, column and
 * block), so any thread may make any block and the bytes stay the same.
 */
export interface BlockSource {
  name: string
  columns: ColumnHeader[]
  /** How many blocks there are. */
  blocks: number
  /** Rows in all, where that is known before they are made. */
  rows?: number
  /** At most a few times `blockRows` rows: the children of a block of parents stay together. */
  block(index: number): Table
}

/** A table that arrives block by block, as files and databases give it. Blocks of one stream have the same columns; dictionaries grow. */
export interface TableStream {
  name: string
  columns: ColumnHeader[]
  blocks: AsyncIterable<Table>
}
