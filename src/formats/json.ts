/** JSON: one array of objects, read whole. */
import { CultivarError } from '../model/error.ts'
import type { Json } from '../model/json.ts'
import { decodeText } from '../text/decode-text.ts'
import { inChunks } from '../text/text-chunks.ts'
import type { Format, ReadOptions, ReadRow, WriteOptions } from './format.ts'
import { jsonFault, objectRow } from './json-rows.ts'
import { exportMembers } from './record-members.ts'

const defaultMaxFileBytes = 256 * 1024 * 1024

export const json: Format = {
  kind: 'json',
  extensions: ['json'],
  summary: 'One array of objects, alone or under "records" or "data"; read whole, so up to 256 MB',
  isWhole: true,
  needsColumns: false,
  read(bytes, options = {}) {
    const notes: string[] = []
    return { rows: readRows(bytes, options, notes), notes }
  },
  write: (records, options = {}) => inChunks(writeRows(records, options)),
}

async function* readRows(
  bytes: AsyncIterable<Uint8Array>,
  options: ReadOptions,
  notes: string[],
): AsyncGenerator<ReadRow> {
  let record = 0
  for (const value of await jsonList(bytes, options, notes)) yield objectRow(value, { record: ++record })
}

/** The list that a JSON file is, or holds under a name. Throws CultivarError `bad-file` where there is none. */
export async function jsonList(
  bytes: AsyncIterable<Uint8Array>,
  { maxFileBytes = defaultMaxFileBytes, encoding }: ReadOptions,
  notes: string[],
): Promise<Json[]> {
  let source = ''
  for await (const text of decodeText(upTo(maxFileBytes, bytes), encoding, notes)) source += text
  return listOf(parse(source))
}

async function* upTo(most: number, bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let read = 0
  for await (const chunk of bytes) {
    read += chunk.length
    if (read > most) {
      throw new CultivarError(
        'bad-file',
        `The JSON file is larger than ${Math.floor(most / 1024 / 1024)} MB, and JSON must be read whole.`,
        'Turn it into JSON Lines, which has no limit: jq -c ".[]" file.json > file.jsonl',
      )
    }
    yield chunk
  }
}

function parse(source: string): Json {
  try {
    return JSON.parse(source)
  } catch (cause) {
    const { character, message } = jsonFault(source, cause)
    const lines = source.slice(0, character - 1).split('\n')
    const column = (lines.at(-1) as string).length + 1
    throw new CultivarError(
      'bad-file',
      `The file is not valid JSON: ${message} (line ${lines.length}, column ${column}).`,
      'Correct it there; if it holds one object a line, read it with --format jsonl.',
      { line: lines.length, column },
    )
  }
}

function listOf(value: Json): Json[] {
  if (Array.isArray(value)) return value
  const found = value !== null && typeof value === 'object' ? (value['records'] ?? value['data']) : undefined
  if (Array.isArray(found)) return found
  throw new CultivarError(
    'bad-file',
    'The JSON file holds no list of records.',
    'Write an array of objects, alone or as {"records": […]} or {"data": […]}.',
  )
}

async function* writeRows(records: Parameters<Format['write']>[0], options: WriteOptions): AsyncGenerator<string> {
  let before = '[\n'
  for await (const record of records) {
    yield `${before}${JSON.stringify(Object.fromEntries(exportMembers(record, options)))}`
    before = ',\n'
  }
  yield before === '[\n' ? '[]\n' : '\n]\n'
}
