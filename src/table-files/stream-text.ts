/** A table as the bytes of a text file, block by block: for whoever reads a stream rather than a file. */
import type { TableFormat } from './read-options.ts'
import { type TableSource, tableBlocks } from './table-blocks.ts'
import { csvLayout, jsonLayout } from './text-layouts.ts'
import { RowWriter } from './write-text-file.ts'

/** The bytes of one part are only good until the next is asked for. */
export async function* streamText(
  source: TableSource,
  format: Extract<TableFormat, 'csv' | 'tsv' | 'json' | 'jsonl'>,
): AsyncGenerator<Uint8Array> {
  const names = source.columns.map(({ name }) => name)
  const isJson = format === 'json' || format === 'jsonl'
  const layout = isJson ? jsonLayout(names, format === 'json') : csvLayout(names, format === 'tsv' ? '\t' : ',', true)
  const rows = new RowWriter(layout, names.length)
  yield layout.opening
  for await (const block of tableBlocks(source)) yield rows.write(block)
  yield layout.closing(rows.count === 0)
}
