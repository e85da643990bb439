/** Objects of a file that is one JSON array or has one object a line: chat data is passed around as either. */
import type { Json } from '../model/json.ts'
import type { Format, ReadOptions, ReadRow, RowPlace } from './format.ts'
import { json } from './json.ts'
import { jsonl } from './jsonl.ts'

/** Rows made of each object by `rowOf`; objects that are none stay errors. */
export function readObjects(
  bytes: AsyncIterable<Uint8Array>,
  options: ReadOptions,
  rowOf: (values: Record<string, Json>, place: RowPlace) => ReadRow,
): ReturnType<Format['read']> {
  const notes: string[] = []
  return { rows: readRows(bytes, options, rowOf, notes), notes }
}

async function* readRows(
  bytes: AsyncIterable<Uint8Array>,
  options: ReadOptions,
  rowOf: (values: Record<string, Json>, place: RowPlace) => ReadRow,
  notes: string[],
): AsyncGenerator<ReadRow> {
  const { isArray, again } = await peekBracket(bytes)
  const reading = (isArray ? json : jsonl).read(again, options)
  try {
    for await (const row of reading.rows) {
      if (row.error) yield row
      else {
        const { values, error: _, ...place } = row
        yield rowOf(values, place)
      }
    }
  } finally {
    notes.push(...reading.notes)
  }
}

/** Blanks, NUL and the bytes of byte-order marks. */
const skipped = new Set([0x00, 0x09, 0x0a, 0x0d, 0x20, 0xef, 0xbb, 0xbf, 0xfe, 0xff])
const bracket = 0x5b

async function peekBracket(
  bytes: AsyncIterable<Uint8Array>,
): Promise<{ isArray: boolean; again: AsyncIterable<Uint8Array> }> {
  const source = bytes[Symbol.asyncIterator]()
  const head: Uint8Array[] = []
  let first: number | undefined
  while (first === undefined) {
    const next = await source.next()
    if (next.done) break
    head.push(next.value)
    first = next.value.find(byte => !skipped.has(byte))
  }
  const again = async function* () {
    try {
      yield* head
      yield* { [Symbol.asyncIterator]: () => source }
    } finally {
      await source.return?.()
    }
  }
  return { isArray: first === bracket, again: again() }
}
