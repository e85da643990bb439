/** JSON Lines: one object a line. */
import type { Json } from '../model/json.ts'
import { decodeText } from '../text/decode-text.ts'
import { splitRows } from '../text/split-rows.ts'
import { inChunks } from '../text/text-chunks.ts'
import {
  type BadRow,
  defaultMaxRowLength,
  type Format,
  type ReadOptions,
  type RowPlace,
  type WriteOptions,
} from './format.ts'
import { jsonFault, objectRow } from './json-rows.ts'
import { exportMembers } from './record-members.ts'

export const jsonl: Format = {
  kind: 'jsonl',
  extensions: ['jsonl', 'ndjson'],
  summary: 'One JSON object a line',
  isWhole: true,
  needsColumns: false,
  read(bytes, options = {}) {
    const notes: string[] = []
    return { rows: jsonLines(bytes, options, notes, objectRow), notes }
  },
  write: (records, options = {}) => inChunks(writeRows(records, options)),
}

const wholeLines = { delimiter: '', quote: '' }

/** A row made of the value of each line by `rowOf`. */
export async function* jsonLines<Row>(
  bytes: AsyncIterable<Uint8Array>,
  options: ReadOptions,
  notes: string[],
  rowOf: (value: Json, place: RowPlace) => Row,
): AsyncGenerator<Row | BadRow> {
  const text = decodeText(bytes, options.encoding, notes)
  let record = 0
  for await (const { line, fields, fault } of splitRows(
    text,
    wholeLines,
    options.maxRowLength ?? defaultMaxRowLength,
  )) {
    const source = fields?.[0] ?? ''
    if (!fault && source.trim() === '') continue
    const place = { record: ++record, line }
    const value = fault ? { error: { ...place, message: fault.message, hint: fault.hint } } : parseLine(source, place)
    yield 'error' in value ? value : rowOf(value.value, place)
  }
}

function parseLine(source: string, place: RowPlace): { value: Json } | BadRow {
  try {
    return { value: JSON.parse(source) }
  } catch (cause) {
    const { character, message } = jsonFault(source, cause)
    const hint = 'Write one whole JSON object on each line; a file that is one array is read with --format json.'
    return { error: { ...place, character, message: `is not valid JSON: ${message}`, hint } }
  }
}

async function* writeRows(records: Parameters<Format['write']>[0], options: WriteOptions): AsyncGenerator<string> {
  for await (const record of records) {
    yield `${JSON.stringify(Object.fromEntries(exportMembers(record, options)))}\n`
  }
}
