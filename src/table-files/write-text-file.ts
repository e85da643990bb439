/** Writes a table as CSV, TSV, JSON or JSON Lines. */
import { open } from 'node:fs/promises'
import type { Table } from '../tables/table.ts'
import { CellWriters } from './cell-writer.ts'
import { tableBlocks } from './table-blocks.ts'
import type { TableWriter } from './table-writer.ts'
import { type TextFormat, type TextLayout, textLayout } from './text-layouts.ts'

/** Returns the number of rows. */
export const writeTextFile: TableWriter = async (path, source, options) => {
  const names = source.columns.map(({ name }) => name)
  const layout = textLayout(options.format as TextFormat, names, options)
  const rows = new RowWriter(layout, names.length)
  const file = await open(path, 'wx')
  try {
    await file.write(layout.opening)
    for await (const block of tableBlocks(source)) {
      options.signal?.throwIfAborted()
      await writeAll(file, rows.write(block))
      options.observe(block.rows)
    }
    await file.write(layout.closing(rows.count === 0))
    await file.sync()
  } finally {
    await file.close()
  }
  return rows.count
}

async function writeAll(
  file: { write(bytes: Buffer): Promise<{ bytesWritten: number }> },
  bytes: Buffer,
): Promise<void> {
  for (let from = 0; from < bytes.length; ) from += (await file.write(bytes.subarray(from))).bytesWritten
}

/** Rows of blocks as bytes, in a buffer that is used again for the next block. */
export class RowWriter {
  count = 0
  readonly #layout: TextLayout
  readonly #writers: CellWriters
  #bytes = Buffer.allocUnsafe(1 << 20)

  constructor(layout: TextLayout, columns: number) {
    this.#layout = layout
    this.#writers = new CellWriters(layout, columns)
  }

  /** The rows with what stands between them; what stands before the first block's first row and after the last is not there. */
  write({ rows, columns }: Table): Buffer {
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
        at = writer.write(row, bytes, put(before[column] as Buffer, bytes, at))
      }
    }
    return this.#bytes.subarray(0, at)
  }

  #room(at: number, more: number): Buffer {
    if (at + more > this.#bytes.length) {
      const larger = Buffer.allocUnsafe(Math.max(2 * this.#bytes.length, at + more))
      this.#bytes.copy(larger, 0, 0, at)
      this.#bytes = larger
    }
    return this.#bytes
  }
}

function put(what: Buffer, bytes: Buffer, at: number): number {
  for (let i = 0; i < what.length; i++) bytes[at + i] = what[i] as number
  return at + what.length
}
