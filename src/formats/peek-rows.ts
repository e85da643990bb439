/** Looks at the first rows of a stream, so that columns can be mapped before anything is imported. */
import type { GoodRow, ReadRow } from './format.ts'

/** Up to `count` first rows that are good, and the whole stream again; it must be read or returned to free the file. */
export async function peekRows(
  rows: AsyncIterable<ReadRow>,
  count: number,
): Promise<{ sample: GoodRow['values'][]; rows: AsyncIterable<ReadRow> }> {
  const source = rows[Symbol.asyncIterator]()
  const head: ReadRow[] = []
  while (head.length < count) {
    const next = await source.next()
    if (next.done) break
    head.push(next.value)
  }
  const again = async function* () {
    try {
      yield* head
      yield* { [Symbol.asyncIterator]: () => source }
    } finally {
      await source.return?.()
    }
  }
  return { sample: head.flatMap(row => (row.values ? [row.values] : [])), rows: again() }
}
