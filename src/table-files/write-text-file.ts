/** Writes a table as CSV, TSV, JSON or JSON Lines. */
import { open } from 'node:fs/promises'
import type { Table } from '../tables/table.ts'
import { RowWriter } from '../tables/text/row-writer.ts'
import { type TextFormat, textLayout } from '../tables/text/text-layouts.ts'
import type { TableFormat } from './read-options.ts'
import { tableBlocks } from './table-blocks.ts'
import type { OpenTableFiles, TableHead, TableWriter, WriteTablesOptions } from './table-writer.ts'

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

export const openTextFiles: OpenTableFiles = async (files, options) => {
  const opened: OpenTextFile[] = []
  const close = async () => {
    for (const file of opened) await file.close()
  }
  try {
    for (const { path, table } of files) opened.push(await openTextFile(path, table, options))
  } catch (error) {
    await close()
    throw error
  }
  return {
    write: ({ table, block }) => opened[table]!.write(block),
    async finish() {
      for (const file of opened) await file.finish()
    },
    close,
  }
}

type OpenTextFile = Awaited<ReturnType<typeof openTextFile>>

async function openTextFile(
  path: string,
  { columns }: TableHead,
  options: WriteTablesOptions & { format: TableFormat },
) {
  const names = columns.map(({ name }) => name)
  const layout = textLayout(options.format as TextFormat, names, options)
  const rows = new RowWriter(layout, names.length)
  const file = await open(path, 'wx')
  let isBegun = false
  const begin = async () => {
    if (!isBegun) await writeAll(file, layout.opening)
    isBegun = true
  }
  return {
    async write(block: Table): Promise<void> {
      await begin()
      await writeAll(file, rows.write(block))
    },
    async finish(): Promise<void> {
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
