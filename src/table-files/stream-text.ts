/** A table as the bytes of a text file, block by block: for whoever reads a stream rather than a file. */
import { RowWriter } from '../tables/text/row-writer.ts'
import { type TextFormat, textLayout } from '../tables/text/text-layouts.ts'
import { type TableSource, tableBlocks } from './table-blocks.ts'

/** The bytes of one part are only good until the next is asked for. */
export async function* streamText(source: TableSource, format: TextFormat): AsyncGenerator<Uint8Array> {
  const names = source.columns.map(({ name }) => name)
  const layout = textLayout(format, names)
  const rows = new RowWriter(layout, names.length)
  yield layout.opening
  for await (const block of tableBlocks(source)) yield rows.write(block)
  yield layout.closing(rows.count === 0)
}
