/** How columns go into DuckDB: by which type their values are handed over, and which type they have in the file. */
import type { DuckDBDataChunk, DuckDBType } from '@duckdb/node-api'
import type { CategoryColumn, Column, ColumnHeader, NumberColumn, Table, TextColumn } from '../tables/table.ts'
import type { DuckDb } from './open-duckdb.ts'
import { rawValues } from './raw-values.ts'
import { quotedName } from './sql-text.ts'

/** Rows of one of DuckDB's data chunks. */
const chunkRows = 2048
/** The whole dictionary stands in each row group of the file: beyond so many entries the texts alone are smaller. */
const mostEntries = 20_000

export interface ParquetColumn {
  name: string
  /** As it is handed over. */
  type: DuckDBType
  /** Of an ENUM: the entries it has. */
  entries?: ReadonlySet<string>
  /** The value in the file, in SQL. */
  expression: string
}

/** A category that came with an entry its ENUM does not have: `column` is to be text. */
export class UnknownEntry extends Error {
  readonly column: string
  constructor(column: string) {
    super(`column "${column}" has entries that its header does not name`)
    this.column = column
  }
}

/** `asText`: names of categories that are to be plain texts. */
export function parquetColumns(duckdb: DuckDb, headers: ColumnHeader[], asText: ReadonlySet<string>): ParquetColumn[] {
  return headers.map(header => {
    const { name, storage } = header
    const column = quotedName(name)
    if (storage === 'numbers')
      return { name, type: duckdb.DOUBLE, expression: `${stored(column, header.type)} as ${column}` }
    if (storage === 'codes') {
      const entries = new Set(header.dictionary)
      const few = entries.size === header.dictionary.length && entries.size > 0 && entries.size <= mostEntries
      if (few && !asText.has(name)) return { name, type: duckdb.ENUM([...entries]), entries, expression: column }
    }
    return { name, type: duckdb.VARCHAR, expression: column }
  })
}

function stored(column: string, type: ColumnHeader['type']): string {
  switch (type) {
    case 'integer':
      return `${column}::BIGINT`
    case 'boolean':
      return `(${column} <> 0)`
    case 'date':
      return `(DATE '1970-01-01' + floor(${column} / 86400000)::INTEGER)`
    case 'datetime':
      return `make_timestamp(round(${column} * 1000)::BIGINT)`
    case 'time':
      return `(TIME '00:00:00' + to_microseconds(round(${column} * 1000)::BIGINT))`
    default:
      return column
  }
}

/** Up to where the dictionary of each column was looked at. */
export type KnownEntries = { dictionary: readonly string[]; length: number }[]

/** Finds what the ENUMs cannot take; keeps in `known` what was looked at. */
export function unknownEntry(
  columns: ParquetColumn[],
  { columns: values }: Table,
  known: KnownEntries,
): UnknownEntry | undefined {
  for (const [index, { name, entries }] of columns.entries()) {
    const column = values[index] as Column
    if (!entries || column.storage !== 'codes') continue
    const { dictionary } = column
    const from = known[index]?.dictionary === dictionary ? known[index].length : 0
    for (let code = from; code < dictionary.length; code++) {
      if (!entries.has(dictionary[code] as string)) return new UnknownEntry(name)
    }
    known[index] = { dictionary, length: dictionary.length }
  }
  return undefined
}

/** Cuts blocks into full chunks, whatever their lengths, so that the file does not depend on them. */
export class ChunkFeed {
  readonly #columns: number
  #block: Table | undefined
  #from = 0
  #pending: { block: Table; from: number; to: number }[] = []
  #pendingRows = 0

  constructor(columns: number) {
    this.#columns = columns
  }

  /** Whether a full chunk is at hand. */
  get full(): boolean {
    return this.#pendingRows === chunkRows
  }

  /** To be called when nothing of the last block is left. */
  give(block: Table): void {
    this.#block = block
    this.#from = 0
    this.#gather()
  }

  /** The rows at hand go into the chunk; 0 rows if there are none. */
  fill(chunk: DuckDBDataChunk): void {
    chunk.rowCount = this.#pendingRows
    if (this.#pendingRows > 0) {
      for (let index = 0; index < this.#columns; index++) this.#fillColumn(chunk, index)
    }
    this.#pending = []
    this.#pendingRows = 0
    this.#gather()
  }

  #gather(): void {
    const block = this.#block
    if (!block) return
    const to = Math.min(block.rows, this.#from + chunkRows - this.#pendingRows)
    if (to > this.#from) this.#pending.push({ block, from: this.#from, to })
    this.#pendingRows += to - this.#from
    this.#from = to
    if (to === block.rows) this.#block = undefined
  }

  #fillColumn(chunk: DuckDBDataChunk, index: number): void {
    const vector = chunk.getColumnVector(index)
    let at = 0
    for (const { block, from, to } of this.#pending) {
      put(vector, at, block.columns[index] as Column, from, to)
      at += to - from
    }
    vector.flush()
  }
}

interface Vector {
  setItem(at: number, value: number | string | null): void
}

/** A loop for each kind of column: one for all would look up at each value what to call. */
function put(vector: Vector, at: number, column: Column, from: number, to: number): void {
  if (column.storage === 'codes') putCodes(vector, at, column, from, to)
  else if (column.storage === 'texts') putTexts(vector, at, column, from, to)
  else if (column.type === 'decimal' && column.decimals !== undefined) putDecimals(vector, at, column, from, to)
  else putNumbers(vector, at, column, from, to)
}

function putCodes(vector: Vector, at: number, { codes, dictionary }: CategoryColumn, from: number, to: number): void {
  for (let row = from, place = at; row < to; row++, place++) {
    const code = codes[row] as number
    vector.setItem(place, code === -1 ? null : (dictionary[code] as string))
  }
}

function putTexts(vector: Vector, at: number, { values }: TextColumn, from: number, to: number): void {
  for (let row = from, place = at; row < to; row++, place++) vector.setItem(place, values[row] as string | null)
}

function putNumbers(vector: Vector, at: number, { values }: NumberColumn, from: number, to: number): void {
  for (let row = from, place = at; row < to; row++, place++) {
    const value = values[row] as number
    vector.setItem(place, value - value === 0 ? value : null)
  }
}

function putDecimals(vector: Vector, at: number, column: NumberColumn, from: number, to: number): void {
  const value = rawValues(column)
  for (let row = from, place = at; row < to; row++, place++) vector.setItem(place, value(row))
}
