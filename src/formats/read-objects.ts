/** Values of a file that is one JSON array or has one value a line: data of this kind is passed around as either. */
import type { Json } from '../model/json.ts'
import type { BadRow, Format, ReadOptions, ReadRow, RowPlace } from './format.ts'
import { jsonList } from './json.ts'
import { objectRow } from './json-rows.ts'
import { jsonLines } from './jsonl.ts'

/** Rows made of each object by `rowOf`, undefined for one that is left out; what is no object becomes an error. */
export function readObjects(
  bytes: AsyncIterable<Uint8Array>,
  options: ReadOptions,
  rowOf: (values: Record<string, Json>, place: RowPlace) => ReadRow | undefined,
): ReturnType<Format['read']> {
  const notes: string[] = []
  const rows = readValues(bytes, options, notes, (value, place) => {
    const row = objectRow(value, place)
    return row.values ? rowOf(row.values, place) : row
  })
  return { rows: present(rows), notes }
}

/** What `rowOf` makes of each value, whatever it is, and an error for each line that is not JSON. */
export async function* readValues<Row>(
  bytes: AsyncIterable<Uint8Array>,
  options: ReadOptions,
  notes: string[],
  rowOf: (value: Json, place: RowPlace) => Row,
): AsyncGenerator<Row | BadRow> {
  const { isList, again } = await peekBrackets(bytes)
  if (!isList) {
    yield* jsonLines(again, options, notes, rowOf)
    return
  }
  let record = 0
  for (const value of await jsonList(again, options, notes)) yield rowOf(value, { record: ++record })
}

async function* present<Row>(rows: AsyncIterable<Row | undefined>): AsyncGenerator<Row> {
  for await (const row of rows) if (row !== undefined) yield row
}

/** Blanks, NUL and the bytes of byte-order marks. */
const skipped = new Set([0x00, 0x09, 0x0a, 0x0d, 0x20, 0xef, 0xbb, 0xbf, 0xfe, 0xff])
const bracket = 0x5b
const quote = 0x22

/** A file that begins with `[` is one list, unless a string follows: then each line is a list, as spaCy’s `["text", {…}]`. */
async function peekBrackets(
  bytes: AsyncIterable<Uint8Array>,
): Promise<{ isList: boolean; again: AsyncIterable<Uint8Array> }> {
  const source = bytes[Symbol.asyncIterator]()
  const head: Uint8Array[] = []
  const first: number[] = []
  while (first.length < 2 && (first[0] ?? bracket) === bracket) {
    const next = await source.next()
    if (next.done) break
    head.push(next.value)
    for (const byte of next.value) if (first.length < 2 && !skipped.has(byte)) first.push(byte)
  }
  const again = async function* () {
    try {
      yield* head
      yield* { [Symbol.asyncIterator]: () => source }
    } finally {
      await source.return?.()
    }
  }
  return { isList: first[0] === bracket && first[1] !== quote, again: again() }
}
