/** Objects written as JSON, one a line or all in one list. */
import type { Json } from '../model/json.ts'
import { inChunks } from '../text/text-chunks.ts'
import type { ExportRecord } from './format.ts'

export function writeJsonLines(
  records: AsyncIterable<ExportRecord>,
  toValue: (record: ExportRecord) => Json,
): AsyncIterable<string> {
  async function* lines() {
    for await (const record of records) yield `${JSON.stringify(toValue(record))}\n`
  }
  return inChunks(lines())
}

/** A list with an item a line. */
export function writeJsonList(
  records: AsyncIterable<ExportRecord>,
  toValue: (record: ExportRecord) => Json,
): AsyncIterable<string> {
  async function* lines() {
    let before = '[\n'
    for await (const record of records) {
      yield `${before}${JSON.stringify(toValue(record))}`
      before = ',\n'
    }
    yield before === '[\n' ? '[]\n' : '\n]\n'
  }
  return inChunks(lines())
}
