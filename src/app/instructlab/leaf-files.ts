/** The files of one leaf: its samples, what was generated, and what trainers read of it. */
import { createReadStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { jsonl } from '../../formats/jsonl.ts'
import type { Json } from '../../model/json.ts'
import type { RandomStream } from '../../stats/random-stream.ts'
import { writeTextStream } from '../write-text-stream.ts'
import type { GeneratedRow } from './generated-row.ts'
import { auxiliaryRow, isAuxiliary, type KnowledgeRow, questionRow, raftRow } from './training-rows.ts'

type Rows = AsyncIterable<Record<string, Json | undefined>> | Iterable<Record<string, Json | undefined>>

/** Writes a file of a folder by its name in it. */
export type WriteRows = (name: string, rows: Rows) => Promise<number>

/** Writes a row a line, and returns how many there are. */
export async function writeRows(file: string, rows: Rows): Promise<number> {
  await mkdir(dirname(file), { recursive: true })
  let count = 0
  const lines = async function* () {
    for await (const row of rows) {
      count++
      yield `${JSON.stringify(row)}\n`
    }
  }
  await writeTextStream(file, lines())
  return count
}

/** Reads back what was generated; the same each time. */
export async function* readGenerated(file: string): AsyncGenerator<GeneratedRow> {
  // A line may hold several texts of the greatest length.
  const options = { encoding: 'utf-8', maxRowLength: 2 ** 28 }
  for await (const row of jsonl.read(createReadStream(file), options).rows) {
    if (row.error) throw new Error(`${file}:${row.error.line} ${row.error.message}`)
    yield row.values as GeneratedRow
  }
}

/** Knowledge as it is: each question behind its passage, then the variants. */
export async function* plainRows(file: string, random: RandomStream): AsyncGenerator<KnowledgeRow> {
  for await (const row of readGenerated(file)) yield questionRow(row)
  yield* auxiliaryRows(file, true, random)
}

/** Knowledge for the phase of skills: questions among several passages, then the plain ones, then the variants. */
export async function* mixedRows(file: string, random: RandomStream): AsyncGenerator<KnowledgeRow> {
  const passages = new Set<string>()
  for await (const { document = '' } of readGenerated(file)) if (document !== '') passages.add(document)
  const all = [...passages]
  for await (const row of readGenerated(file)) yield raftRow(row, all, random.fork('raft').fork(row.record))
  for await (const row of readGenerated(file)) yield questionRow(row)
  yield* auxiliaryRows(file, false, random)
}

/** Each variant once, however many questions were asked about it. */
async function* auxiliaryRows(file: string, unmask: boolean, random: RandomStream): AsyncGenerator<KnowledgeRow> {
  const seen = new Set<string>()
  for await (const row of readGenerated(file)) {
    const { document = '' } = row
    if (!isAuxiliary(row) || seen.has(document)) continue
    seen.add(document)
    yield auxiliaryRow(row, unmask, random.fork('auxiliary').fork(row.record))
  }
}

export async function* mapped<T, R>(rows: AsyncIterable<T>, change: (row: T) => R): AsyncGenerator<R> {
  for await (const row of rows) yield change(row)
}
