/** Writes the rows of a table as the bytes of a text file. */
import type { Table } from '../table.ts'
import { CellWriters } from './cell-writer.ts'
import type { TextLayout } from './text-layouts.ts'

/** Rows of blocks as bytes, in a buffer that is used again for the next block. */
export class RowWriter {
  count = 0
  readonly #layout: TextLayout
  readonly #writers: CellWriters
  #bytes = new Uint8Array(1 << 20)

  constructor(layout: TextLayout, columns: number) {
    this.#layout = layout
    this.#writers = new CellWriters(layout, columns)
  }

  /** The rows with what stands between them; what stands before the first block's first row and after the last is not there. */
  write({ rows, columns }: Table): Uint8Array {
    const { before, between } = this.#layout
    const writers = columns.map((column, index) => this.#writers.of(column, index))
    const around = between.length + before.reduce((sum, { length }) => sum + length, 0)
    let at = 0
    for (let row = 0; row < rows; row++) {
      if (this.count++ > 0) at = put(between, this.#room(at, around), at)
      else this.#room(at, around)
      for (let column = 0; column < writers.length; column++) {
        const writer = writers[column] as (typeof writers)[number]
        const bytes = this.#room(at, around + writer.most(row))
        at = writer.write(row, bytes, put(before[column] as Uint8Array, bytes, at))
      }
    }
    return this.#bytes.subarray(0, at)
  }

  #room(at: number, more: number): Uint8Array {
    if (at + more > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(2 * this.#bytes.length, at + more))
      larger.set(this.#bytes.subarray(0, at))
      this.#bytes = larger
    }
    return this.#bytes
  }
}

function put(what: Uint8Array, bytes: Uint8Array, at: number): number {
  for (let i = 0; i < what.length; i++) bytes[at + i] = what[i] as number
  return at + what.length
}
