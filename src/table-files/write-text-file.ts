/** Writes a table as CSV, TSV, JSON or JSON Lines. */
import { open } from 'node:fs/promises'
import { RowWriter } from '../tables/text/row-writer.ts'
import { type TextFormat, textLayout } from '../tables/text/text-layouts.ts'
import { tableBlocks } from './table-blocks.ts'
import type { OpenTableFile, TableWriter } from './table-writer.ts'

/** Returns the number of rows. */
export const writeTextFile: TableWriter = async (path, source, options) => {
  const file = await openTextFile(path, source, options)
  let rows = 0
  try {
    for await (const block of tableBlocks(source)) {
      options.signal?.throwIfAborted()
      await file.write(block)
      rows += block.rows
      options.observe(block.rows)
    }
    await file.finish()
  } finally {
    await file.close()
  }
  return rows
}

export const openTextFile: OpenTableFile = async (path, { columns }, options) => {
  const names = columns.map(({ name }) => name)
  const layout = textLayout(options.format as TextFormat, names, options)
  const rows = new RowWriter(layout, names.length)
  const file = await open(path, 'wx')
  let opened = false
  const begin = async () => {
    if (!opened) await writeAll(file, layout.opening)
    opened = true
  }
  return {
    async write(block) {
      await begin()
      await writeAll(file, rows.write(block))
    },
    async finish() {
      await begin()
      await writeAll(file, layout.closing(rows.count === 0))
      await file.sync()
    },
    close: () => file.close(),
  }
}

async function writeAll(
  file: { write(bytes: Uint8Array): Promise<{ bytesWritten: number }> },
  bytes: Uint8Array,
): Promise<void> {
  for (let from = 0; from < bytes.length; ) from += (await file.write(bytes.subarray(from))).bytesWritten
}
