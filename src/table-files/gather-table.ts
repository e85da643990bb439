/** Puts the blocks of a stream together: all rows, or those that a sampler kept. */
import type { Column, ColumnHeader, Table, TableStream } from '../tables/table.ts'
import { gatheredColumn } from './gathered-column.ts'
import type { RowSampler } from './row-sampler.ts'

/**
 * The stream brings only rows that the sampler kept. In the end they stand in the order they came. Columns
 * that were `asked` for stay texts or categories, however many of their values differ.
 */
export async function gatherTable(
  { name, columns, blocks }: TableStream,
  sampler: RowSampler | undefined,
  asked: ReadonlySet<string>,
): Promise<Table> {
  const gathered = columns.map(gatheredColumn)
  const origins: number[] = []
  let rows = 0
  for await (const block of blocks) {
    const added = Math.min(block.rows, (sampler?.most ?? Number.POSITIVE_INFINITY) - rows)
    for (const [index, column] of gathered.entries()) column.append(block.columns[index] as Column, added)
    rows += added
    if (!sampler) continue
    const kept = sampler.take(block.rows)
    for (const [at, place] of kept.places.entries()) origins[place] = kept.rows[at] as number
    const places = kept.places.slice(added)
    for (const [index, column] of gathered.entries()) column.replace(block.columns[index] as Column, added, places)
  }
  if (rows === 0) return { name, rows, columns: columns.map(emptyColumn) }
  const order = sampler && sampler.seen > rows ? inOrder(origins) : undefined
  return {
    name,
    rows,
    columns: gathered.map((column, index) => column.finish(order, asked.has(columns[index]?.name ?? ''))),
  }
}

function emptyColumn(header: ColumnHeader): Column {
  if (header.storage === 'numbers') return { ...header, values: new Float64Array(0) }
  if (header.storage === 'codes') return { ...header, codes: new Int32Array(0) }
  return { ...header, values: [] }
}

function inOrder(origins: number[]): Uint32Array {
  return Uint32Array.from(origins, (_, place) => place).sort((a, b) => (origins[a] as number) - (origins[b] as number))
}
