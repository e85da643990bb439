/** The blocks of a table, however it is made. */
import { CultivarError } from '../model/error.ts'
import { type BlockSource, blockRows, type Table, type TableStream } from '../tables/table.ts'
import { tableRows } from '../tables/take-rows.ts'

/** What can be written: made block by block, arriving block by block, or in memory. */
export type TableSource = BlockSource | TableStream | Table

/** At most `blockRows` rows each, or what a source gives as one block. */
export function tableBlocks(source: TableSource): AsyncIterable<Table> | Iterable<Table> {
  return 'blocks' in source && !('block' in source) ? source.blocks : blocksAtHand(source)
}

/**
 * The same, for those whose columns cannot change their type on the way.
 *
 * @throws CultivarError `bad-input` where a column that was taken for whole numbers turns out to have fractions.
 */
export async function* typedBlocks(source: TableSource): AsyncGenerator<Table> {
  for await (const block of tableBlocks(source)) {
    for (const [index, { name, type }] of block.columns.entries()) {
      if (type === source.columns[index]?.type) continue
      throw new CultivarError(
        'bad-input',
        `Column "${name}" of "${source.name}" is ${source.columns[index]?.type} at first, and ${type} later.`,
        `Say when reading that it is ${type}.`,
      )
    }
    yield block
  }
}

/** Of a source that has nothing to wait for. */
export function* blocksAtHand(source: BlockSource | Table): Generator<Table> {
  if ('block' in source) {
    for (let index = 0; index < source.blocks; index++) yield source.block(index)
  } else {
    for (let from = 0; from < source.rows; from += blockRows) yield tableRows(source, from, from + blockRows)
  }
}
