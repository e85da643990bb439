/** Columns of rows that a row refers to by its keys: `machine.model` is the model of the machine that its column `machine` names. */
import { CultivarError } from '../../model/error.ts'
import type { Column, ColumnHeader, Table } from '../../tables/table.ts'
import type { ForeignKey } from '../../tables/table-keys.ts'
import { takeValues } from '../../tables/take-rows.ts'
import { nearestName } from '../../text/nearest-name.ts'
import { cellOf } from '../table/cell-of.ts'
import type { RunShape } from './simulated-run.ts'

export interface Reference {
  /** As it was written, which is what the column is called. */
  name: string
  key: ForeignKey
  /** Of the table that is referred to: a column of its own, or one that lies further on. */
  column: ColumnHeader | Reference
  header: ColumnHeader
}

/**
 * The reference that a name stands for; undefined where its first part names no key of the table. A key is named by its column, or by
 * the table that it leads to.
 *
 * @throws CultivarError `bad-recipe` where the table that it leads to has no such column.
 */
export function referenceOf(name: string, table: string, shape: RunShape): Reference | undefined {
  const dot = name.indexOf('.')
  if (dot < 0) return undefined
  const [first, rest] = [name.slice(0, dot), name.slice(dot + 1)]
  const keys = shape.keys.find(each => each.table === table)?.foreignKeys ?? []
  const key =
    keys.find(({ columns }) => columns.length === 1 && columns[0] === first) ?? keys.find(each => each.table === first)
  if (!key) return undefined
  const columns = shape.tables.find(each => each.name === key.table)?.columns ?? []
  const column = columns.find(each => each.name === rest) ?? referenceOf(rest, key.table, shape)
  if (column) return { name, key, column, header: { ...('key' in column ? column.header : column), name } }
  const names = columns.map(each => each.name)
  const near = nearestName(rest, names)
  throw new CultivarError(
    'bad-recipe',
    `“${name}”: the table “${key.table}” has no column “${rest}”.`,
    near ? `Did you mean “${first}.${near}”?` : `It has ${names.join(', ')}.`,
  )
}

/** The rows that are referred to, all of a run, with the columns that it takes. */
export class ReferredRows {
  readonly #wanted = new Map<string, Set<string>>()
  readonly #blocks = new Map<string, Table[]>()
  readonly #tables = new Map<string, Table>()
  readonly #places = new Map<ForeignKey, Map<string, number>>()

  constructor(references: readonly Reference[]) {
    for (const reference of references) this.#want(reference)
  }

  #want({ key, column }: Reference): void {
    const columns = this.#wanted.get(key.table) ?? new Set()
    this.#wanted.set(key.table, columns)
    for (const name of key.references) columns.add(name)
    if (!('key' in column)) columns.add(column.name)
    else {
      for (const name of column.key.columns) columns.add(name)
      this.#want(column)
    }
  }

  /** Takes what it needs of a block. */
  learn({ name, rows, columns }: Table): void {
    const wanted = this.#wanted.get(name)
    if (!wanted) return
    const blocks = this.#blocks.get(name) ?? []
    this.#blocks.set(name, blocks)
    blocks.push({ name, rows, columns: columns.filter(column => wanted.has(column.name)) })
  }

  /** For each row of the table the value in the row that it refers to; null where there is none. */
  columnOf({ name, key, column }: Reference, table: Table): Column {
    const target = this.#table(key.table)
    const places = this.#placesOf(key, target)
    const keys = keysOf(table, key.columns)
    const rows = Int32Array.from(keys, each => (each === null ? -1 : (places.get(each) ?? -1)))
    const source =
      'key' in column ? this.columnOf(column, target) : target.columns.find(each => each.name === column.name)!
    return { ...takeValues(source, rows), name }
  }

  #table(name: string): Table {
    const known = this.#tables.get(name)
    if (known) return known
    const table = joined(name, this.#blocks.get(name) ?? [])
    this.#blocks.delete(name)
    this.#tables.set(name, table)
    return table
  }

  /** Of rows with the same key, the last one counts. */
  #placesOf(key: ForeignKey, target: Table): Map<string, number> {
    const known = this.#places.get(key)
    if (known) return known
    const places = new Map<string, number>()
    for (const [row, each] of keysOf(target, key.references).entries()) if (each !== null) places.set(each, row)
    this.#places.set(key, places)
    return places
  }
}

/** Null where a part of the key is. */
function keysOf({ rows, columns }: Table, names: readonly string[]): (string | null)[] {
  const parts = names.map(name => columns.find(each => each.name === name)!)
  return Array.from({ length: rows }, (_, row) => {
    const values = parts.map(part => cellOf(part, row))
    return values.includes(null) ? null : values.join('\u0001')
  })
}

/** Blocks of one table, whose dictionaries are the same. */
function joined(name: string, blocks: readonly Table[]): Table {
  const rows = blocks.reduce((sum, block) => sum + block.rows, 0)
  const columns = (blocks[0]?.columns ?? []).map((first, at): Column => {
    const all = blocks.map(block => block.columns[at]!)
    if (first.storage === 'texts') return { ...first, values: all.flatMap(column => (column as typeof first).values) }
    if (first.storage === 'codes')
      return {
        ...first,
        codes: concatenated(
          new Int32Array(rows),
          all.map(column => (column as typeof first).codes),
        ),
      }
    return {
      ...first,
      values: concatenated(
        new Float64Array(rows),
        all.map(column => (column as typeof first).values),
      ),
    }
  })
  return { name, rows, columns }
}

function concatenated<T extends Int32Array | Float64Array>(whole: T, parts: readonly T[]): T {
  let place = 0
  for (const part of parts) {
    whole.set(part, place)
    place += part.length
  }
  return whole
}
