/** A table as the bytes of a text file, block by block: for whoever reads a stream rather than a file. */
import { type TableSource, tableBlocks } from './table-blocks.ts'
import { type TextFormat, textLayout } from './text-layouts.ts'
import { RowWriter } from './write-text-file.ts'

/** The bytes of one part are only good until the next is asked for. */
export async function* streamText(source: TableSource, format: TextFormat): AsyncGenerator<Uint8Array> {
  const names = source.columns.map(({ name }) => name)
  const layout = textLayout(format, names)
  const rows = new RowWriter(layout, names.length)
  yield layout.opening
  for await (const block of tableBlocks(source)) yield rows.write(block)
  yield layout.closing(rows.count === 0)
}
