/** What makes columns of a declared table: which ones, from which others, and how. */
import type { RandomStream } from '../../stats/random-stream.ts'
import type { Column, ColumnHeader, Table } from '../table.ts'
import type { CalendarChoice } from './calendar-choice.ts'
import type { Path } from './read-declaration.ts'

/** Rows that are to be made: a block, or those of a block that did not fulfil a condition. */
export interface RowsToMake {
  /** The columns that were made before; it has `needs`, and its `rows` says how many to make. */
  table: Table
  /** Places of the rows in the whole table, from 0; rising. */
  numbers: Float64Array
  /** If given, makers of many columns need not make others. */
  wanted?: ReadonlySet<string>
  /** Chance, for this maker and these rows alone. */
  random: RandomStream
}

/** What there is to know while a table is opened. */
export interface OpenContext {
  /** Columns that can be used. */
  headers: readonly ColumnHeader[]
  /** Rows of the whole table. */
  rows: number
  /** Chance that is the same for all blocks. */
  random: RandomStream
  calendars: Readonly<Record<string, CalendarChoice>>
  /** What a person should know. */
  notes: string[]
}

export interface OpenedMaker {
  /** The values depend on the number of the row alone. */
  fixed?: true
  /** No value comes twice. */
  unique?: true
  headers: ColumnHeader[]
  make(rows: RowsToMake): Column[]
}

export interface ColumnMaker {
  makes: string[]
  /** Names of columns it reads. */
  needs: string[]
  path: Path
  /** Opens it where all `needs` are among the headers. */
  open(context: OpenContext): OpenedMaker
}

/** The column of a table by name. */
export function columnOf(table: Table, name: string): Column {
  return table.columns.find(column => column.name === name)!
}
