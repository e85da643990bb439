/** JSON Lines: one object a line. */

import { splitRows } from '../text/split-rows.ts'
import { decodeText } from './decode-text.ts'
import { defaultMaxRowLength, type Format, type ReadOptions, type ReadRow, type WriteOptions } from './format.ts'
import { jsonFault, objectRow } from './json-rows.ts'
import { exportMembers } from './record-members.ts'
import { inChunks } from './text-chunks.ts'

export const jsonl: Format = {
  kind: 'jsonl',
  extensions: ['jsonl', 'ndjson'],
  summary: 'One JSON object a line',
  isWhole: true,
  needsColumns: false,
  read(bytes, options = {}) {
    const notes: string[] = []
    return { rows: readRows(bytes, options, notes), notes }
  },
  write: (records, options = {}) => inChunks(writeRows(records, options)),
}

const wholeLines = { delimiter: '', quote: '' }

async function* readRows(
  bytes: AsyncIterable<Uint8Array>,
  options: ReadOptions,
  notes: string[],
): AsyncGenerator<ReadRow> {
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
    yield fault ? { error: { ...place, message: fault.message, hint: fault.hint } } : parseLine(source, place)
  }
}

function parseLine(source: string, place: { record: number; line: number }): ReadRow {
  try {
    return objectRow(JSON.parse(source), place)
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
