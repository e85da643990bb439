/** The tables of a run that is being watched, kept whole so that they can be downloaded. */
import type { Column, ColumnHeader, Table } from '../../tables/table.ts'
import { tableRows } from '../../tables/take-rows.ts'
import { RowWriter } from '../../tables/text/row-writer.ts'
import { textLayout } from '../../tables/text/text-layouts.ts'

const firstRows = 1024
/** Rows that are written at once. */
const rowsOfPart = 65_536

export class CollectedTables {
  /** Values held, of all tables. */
  cells = 0
  readonly #tables: Map<string, Table>

  /** @param tables those of the model: also one without rows can be asked for */
  constructor(tables: readonly { name: string; columns: readonly ColumnHeader[] }[]) {
    this.#tables = new Map(tables.map(({ name, columns }) => [name, { name, rows: 0, columns: columns.map(empty) }]))
  }

  add({ name, rows, columns }: Table): void {
    const table = this.#tables.get(name)
    if (!table) return
    for (const [at, column] of columns.entries()) table.columns[at] = appended(table.columns[at]!, table.rows, column)
    table.rows += rows
    this.cells += rows * columns.length
  }

  rowsOf(name: string): number {
    return this.#tables.get(name)?.rows ?? 0
  }

  /** The file that the command line writes, byte for byte. Each part is only good until the next is asked for. */
  *csv(name: string): Generator<Uint8Array> {
    const table = this.#tables.get(name)!
    const names = table.columns.map(column => column.name)
    const layout = textLayout('csv', names)
    const writer = new RowWriter(layout, names.length)
    yield layout.opening
    for (let from = 0; from < table.rows; from += rowsOfPart) {
      yield writer.write(tableRows(table, from, from + rowsOfPart))
    }
    yield layout.closing(table.rows === 0)
  }
}

function empty(column: ColumnHeader): Column {
  if (column.storage === 'texts') return { ...column, values: [] }
  if (column.storage === 'codes') return { ...column, codes: new Int32Array(firstRows) }
  return { ...column, values: new Float64Array(firstRows) }
}

/** Arrays twice as long when they are full. */
function appended(held: Column, rows: number, more: Column): Column {
  if (held.storage === 'texts' && more.storage === 'texts') {
    for (const value of more.values) held.values.push(value)
    return held
  }
  if (held.storage === 'codes' && more.storage === 'codes')
    return { ...held, dictionary: more.dictionary, codes: put(held.codes, rows, more.codes) }
  if (held.storage === 'numbers' && more.storage === 'numbers')
    return { ...held, values: put(held.values, rows, more.values) }
  return held
}

function put<T extends Int32Array | Float64Array>(held: T, rows: number, more: T): T {
  let room = held
  if (rows + more.length > held.length) {
    room = new (held.constructor as new (length: number) => T)(Math.max(2 * held.length, rows + more.length))
    room.set(held.subarray(0, rows))
  }
  room.set(more, rows)
  return room
}
