/** Rows of a JSON file (an array of objects) or of JSON Lines (an object a line). */
import { createReadStream } from 'node:fs'
import { CultivarError } from '../model/error.ts'
import { decodeText } from '../text/decode-text.ts'
import { ownValue } from '../text/own-value.ts'
import { splitRows } from '../text/split-rows.ts'
import type { ReadTableOptions } from './read-options.ts'
import { RejectedRows, type RowSource } from './row-source.ts'

type Row = Record<string, unknown>
interface Line {
  line: number
  text: string
}

const batchRows = 4096
/** Objects whose members are the columns; those that show later are left out, with a note. */
const looked = 10_000
const longestLine = 64_000_000

export async function openJsonLines(
  path: string,
  name: string,
  options: ReadTableOptions,
  notes: string[],
): Promise<RowSource> {
  const rejected = new RejectedRows()
  const rows = parsedLines(linesOf(path, options, notes), rejected)
  const head: Row[] = []
  while (head.length < looked) {
    const next = await rows.next()
    if (next.done) break
    head.push(next.value)
  }
  const all = async function* () {
    yield* head.splice(0)
    yield* rows
    notes.push(...rejected.notes())
  }
  const names = membersOf(head)
  return { name, names, decimal: '.', knowsNull: true, batches: inBatches(all(), names, notes) }
}

export async function openJson(
  path: string,
  name: string,
  options: ReadTableOptions,
  notes: string[],
): Promise<RowSource> {
  let text = ''
  for await (const part of decodeText(createReadStream(path), options.encoding, notes)) text += part
  const rows = objectsIn(parsed(text))
  const names = membersOf(rows)
  return { name, names, decimal: '.', knowsNull: true, batches: inBatches(rows, names, notes) }
}

async function* linesOf(path: string, options: ReadTableOptions, notes: string[]): AsyncGenerator<Line> {
  const text = decodeText(createReadStream(path, { highWaterMark: 1 << 20 }), options.encoding, notes)
  for await (const { line, fields } of splitRows(text, { delimiter: '', quote: '' }, longestLine)) {
    yield { line, text: fields?.[0] ?? '' }
  }
}

async function* parsedLines(lines: AsyncIterable<Line>, rejected: RejectedRows): AsyncGenerator<Row> {
  for await (const { line, text } of lines) {
    if (text.trim() === '') continue
    const row = objectIn(text)
    if (row) yield row
    else rejected.add(line, 'is not a JSON object')
  }
}

function objectIn(text: string): Row | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isRow(value) ? value : undefined
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new CultivarError(
      'bad-file',
      `The file is not JSON: ${error instanceof Error ? error.message : String(error)}.`,
      'Repair it; if each line is an object of its own, call it .jsonl.',
    )
  }
}

/** The array itself, or the only one in the members of an object such as `{ "data": […] }`. */
function objectsIn(value: unknown): Row[] {
  const found = Array.isArray(value) ? value : isRow(value) ? Object.values(value).find(Array.isArray) : undefined
  if (Array.isArray(found) && found.every(isRow)) return found
  throw new CultivarError(
    'bad-file',
    'The file is no array of objects.',
    'Write a table as [{"column": value, …}, …], or as JSON Lines.',
  )
}

function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function membersOf(rows: Row[]): string[] {
  return [...new Set(rows.flatMap(row => Object.keys(row)))]
}

async function* inBatches(
  rows: AsyncIterable<Row> | Iterable<Row>,
  names: string[],
  notes: string[],
): AsyncGenerator<string[][]> {
  const known = new Set(names)
  const late = new Set<string>()
  let batch: string[][] = []
  for await (const row of rows) {
    for (const member in row) if (!known.has(member)) late.add(member)
    batch.push(names.map(name => asText(ownValue(row, name))))
    if (batch.length === batchRows) {
      yield batch
      batch = []
    }
  }
  if (batch.length > 0) yield batch
  if (late.size > 0)
    notes.push(`members that first come late in the file were left out: ${[...late].slice(0, 10).join(', ')}`)
}

/** Lists and objects are kept as JSON. */
function asText(value: unknown): string {
  if (typeof value === 'string') return value
  return value === null || value === undefined ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value)
}
