/** Tables that a model writes while it runs: rows go to typed columns, and full blocks go on their way. */
import { CultivarError } from '../model/error.ts'
import { blockRows, type Column, type ColumnHeader, type NumberColumn, type Table } from '../tables/table.ts'
import { tableRows } from '../tables/take-rows.ts'

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

export class TableRecorder<C extends TableColumns = TableColumns> {
  readonly name: string
  /** With the step first. */
  readonly headers: ColumnHeader[]
  /** Rows written so far. */
  rows = 0
  readonly #names: string[]
  /** None before the first row of a block. */
  #columns: Column[] = []
  /** Rows in the block that is being filled. */
  #filled = 0
  #capacity = 0
  /** Rows that the next block has room for at first: as many as the one before it had at last. */
  #firstCapacity = 256
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
    this.#step = step
    this.#send = send
  }

  /** @param step when it was so, if not now: of rows that could be written only when more was known */
  add(row: TableRow<C>, step = this.#step()): void {
    if (this.#filled === this.#capacity) this.#makeRoom()
    const at = this.#filled
    write(this.name, this.#columns[0]!, at, step)
    for (let index = 0; index < this.#names.length; index++) {
      const name = this.#names[index]!
      write(this.name, this.#columns[index + 1]!, at, row[name] as CollectedValue)
    }
    // Only now: a row with a value that its column cannot hold is none.
    this.#filled++
    this.rows++
  }

  /** Sends what was written since the last block. */
  flush(): void {
    if (this.#filled === 0) return
    const block = tableRows({ name: this.name, rows: this.#capacity, columns: this.#columns }, 0, this.#filled)
    this.#filled = 0
    this.#columns = []
    this.#capacity = 0
    this.#send(block)
  }

  #makeRoom(): void {
    if (this.#capacity === blockRows) this.flush()
    if (this.#capacity === 0) {
      this.#capacity = this.#firstCapacity
      this.#columns = this.headers.map(header => emptyColumn(header, this.#capacity))
      return
    }
    this.#capacity = Math.min(blockRows, 4 * this.#capacity)
    this.#firstCapacity = this.#capacity
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

/** `undefined` where a model that nobody type-checked leaves a column out, or has another name for it. */
type CollectedValue = string | number | boolean | null | undefined

function write(table: string, column: Column, at: number, value: CollectedValue): void {
  if (value === undefined)
    throw new RangeError(`A row of “${table}” has no “${column.name}”: give it a value, or null where there is none.`)
  const missing = value === null
  if (column.storage === 'numbers') {
    column.values[at] = missing ? Number.NaN : numberOf(table, column, value)
  } else if (column.storage === 'texts') {
    column.values[at] = missing ? null : String(value)
  } else {
    const code = missing ? -1 : column.dictionary.indexOf(String(value))
    if (code < 0 && !missing)
      throw new RangeError(
        `“${value}” is none of the words of “${table}.${column.name}”: ${column.dictionary.join(', ')}.`,
      )
    column.codes[at] = code
  }
}

/** What is infinite or no number has no value in a file. */
function numberOf(table: string, { name, type }: NumberColumn, value: string | number | boolean): number {
  if (typeof value === 'string')
    throw new RangeError(`“${table}.${name}” holds numbers, and “${value}” is a text: Number(…) makes one of it.`)
  const number = Number(value)
  if (!Number.isFinite(number)) return Number.NaN
  if (type === 'integer' && !Number.isInteger(number))
    throw new RangeError(`“${table}.${name}” holds whole numbers, and ${number} is none: make it 'decimal', or round.`)
  return number
}
