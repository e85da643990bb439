/** Tables that a model writes while it runs: rows go to typed columns, and full blocks go on their way. */
import { CultivarError } from '../model/error.ts'
import { blockRows, type Column, type ColumnHeader, type Table } from '../tables/table.ts'

/** What a column of a collected table holds. `datetime` is milliseconds since 1970; words make a category. */
export type TableColumnKind =
  | 'integer'
  | 'decimal'
  | 'boolean'
  | 'datetime'
  | 'text'
  | { readonly decimals: number }
  | readonly string[]

export type TableColumns = Record<string, TableColumnKind>

type CellValue<K extends TableColumnKind> = K extends readonly string[]
  ? K[number]
  : K extends 'text'
    ? string
    : K extends 'boolean'
      ? boolean
      : number

/** A row to be collected; null where there is no value. */
export type TableRow<C extends TableColumns> = { [name in keyof C]: CellValue<C[name]> | null }

/** The first column of every collected table: after how many steps the row was written. */
export const stepColumn = 'step'

const firstRows = 256

export class TableRecorder<C extends TableColumns = TableColumns> {
  readonly name: string
  /** With the step first. */
  readonly headers: ColumnHeader[]
  /** Rows written so far. */
  rows = 0
  readonly #names: string[]
  #columns: Column[]
  /** Rows in the block that is being filled. */
  #filled = 0
  #capacity = firstRows
  readonly #step: () => number
  readonly #send: (block: Table) => void

  /** @param send takes each full block. @throws CultivarError `bad-input` for a column called `step`. */
  constructor(name: string, columns: C, step: () => number, send: (block: Table) => void) {
    if (stepColumn in columns) {
      throw new CultivarError(
        'bad-input',
        `The table “${name}” has a column “${stepColumn}” of its own.`,
        'Every table has one already, with the step; leave yours out.',
      )
    }
    this.name = name
    this.#names = Object.keys(columns)
    this.headers = [
      { name: stepColumn, storage: 'numbers', type: 'integer' },
      ...Object.entries(columns).map(([column, kind]) => headerOf(column, kind)),
    ]
    this.#columns = this.headers.map(header => emptyColumn(header, firstRows))
    this.#step = step
    this.#send = send
  }

  add(row: TableRow<C>): void {
    if (this.#filled === this.#capacity) this.#makeRoom()
    const at = this.#filled++
    this.rows++
    write(this.#columns[0]!, at, this.#step())
    for (let index = 0; index < this.#names.length; index++) {
      const name = this.#names[index]!
      write(this.#columns[index + 1]!, at, row[name] as string | number | boolean | null)
    }
  }

  /** Sends what was written since the last block. */
  flush(): void {
    if (this.#filled === 0) return
    const rows = this.#filled
    const columns = this.#columns.map(column => firstOf(column, rows))
    this.#filled = 0
    this.#columns = this.headers.map(header => emptyColumn(header, this.#capacity))
    this.#send({ name: this.name, rows, columns })
  }

  #makeRoom(): void {
    if (this.#capacity === blockRows) {
      this.flush()
      return
    }
    this.#capacity = Math.min(blockRows, 4 * this.#capacity)
    this.#columns = this.#columns.map((column, at) => {
      const longer = emptyColumn(this.headers[at]!, this.#capacity)
      if (longer.storage === 'texts' && column.storage === 'texts') return column
      if (longer.storage === 'codes' && column.storage === 'codes') longer.codes.set(column.codes)
      if (longer.storage === 'numbers' && column.storage === 'numbers') longer.values.set(column.values)
      return longer
    })
  }
}

function headerOf(name: string, kind: TableColumnKind): ColumnHeader {
  if (kind === 'text') return { name, storage: 'texts', type: 'text' }
  if (typeof kind === 'string') return { name, storage: 'numbers', type: kind }
  if ('decimals' in kind) return { name, storage: 'numbers', type: 'decimal', decimals: kind.decimals }
  return { name, storage: 'codes', type: 'category', dictionary: kind }
}

function emptyColumn(header: ColumnHeader, rows: number): Column {
  if (header.storage === 'texts') return { ...header, values: [] }
  if (header.storage === 'codes') return { ...header, codes: new Int32Array(rows) }
  return { ...header, values: new Float64Array(rows) }
}

function firstOf(column: Column, rows: number): Column {
  if (column.storage === 'texts') return column
  return column.storage === 'codes'
    ? { ...column, codes: column.codes.subarray(0, rows) }
    : { ...column, values: column.values.subarray(0, rows) }
}

function write(column: Column, at: number, value: string | number | boolean | null): void {
  if (column.storage === 'numbers') {
    column.values[at] = value === null ? Number.NaN : Number(value)
  } else if (column.storage === 'texts') {
    column.values.push(value === null ? null : String(value))
  } else {
    const code = value === null ? -1 : column.dictionary.indexOf(String(value))
    if (code < 0 && value !== null)
      throw new RangeError(
        `“${value}” is none of the words of column “${column.name}”: ${column.dictionary.join(', ')}.`,
      )
    column.codes[at] = code
  }
}
