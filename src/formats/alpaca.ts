/** Alpaca: a JSON array of instruction, input and output. */
import type { Json } from '../model/json.ts'
import { inChunks } from '../text/text-chunks.ts'
import { exchangeOf } from './exchange.ts'
import type { ExportRecord, Format, ReadRow, RowPlace, WriteOptions } from './format.ts'
import { readObjects } from './read-objects.ts'
import { exportMembers } from './record-members.ts'

export const alpaca: Format = {
  kind: 'alpaca',
  extensions: [],
  summary: 'Instruction, input and output, in one JSON array; the context is the input',
  needsColumns: false,
  isWhole: false,
  holds: ['fields', 'labels'],
  read: (bytes, options = {}) => readObjects(bytes, options, rowOf),
  write: (records, options = {}) => inChunks(writeRows(records, options)),
}

async function* writeRows(records: AsyncIterable<ExportRecord>, options: WriteOptions): AsyncGenerator<string> {
  const { columns: _, ...rest } = options
  let before = '[\n'
  for await (const record of records) {
    const { question, context, answer, system } = exchangeOf(exportMembers(record, rest), rest)
    const row = { instruction: question, input: context, output: answer, ...(system !== '' && { system }) }
    yield `${before}${JSON.stringify(row)}`
    before = ',\n'
  }
  yield before === '[\n' ? '[]\n' : '\n]\n'
}

function rowOf({ instruction, input, output, ...rest }: Record<string, Json>, place: RowPlace): ReadRow {
  for (const [column, value] of Object.entries({ instruction, output })) {
    if (typeof value === 'string' && value.trim() !== '') continue
    const hint = 'A record is {"instruction": "…", "input": "…", "output": "…"}; the input may be empty.'
    return { error: { ...place, column, message: 'is missing or empty', hint } }
  }
  const values: Record<string, Json> = { ...rest, question: instruction as Json, answer: output as Json }
  if (typeof input === 'string' && input !== '') values['context'] = input
  return { ...place, values }
}
