/** Reads Parquet through DuckDB: types are as the file has them, texts are looked at for dates and for few different ones. */
import type { DuckDBDataChunk } from '@duckdb/node-api'
import { blockRows, type Column, type ColumnHeader, type NumberColumn, type Table } from '../tables/table.ts'
import { columnBuilder } from './column-builder.ts'
import { columnNotes } from './column-notes.ts'
import { type OpenDuckDb, openDuckDb } from './open-duckdb.ts'
import type { OpenTable } from './open-table-stream.ts'
import { type ParquetSource, parquetSources } from './parquet-sources.ts'
import type { ReadTableOptions } from './read-options.ts'
import type { RowSampler } from './row-sampler.ts'
import { quotedText } from './sql-text.ts'

/** Of the types in `options.columns`, only those of texts count. */
export async function openParquet(
  path: string,
  name: string,
  options: ReadTableOptions,
  notes: string[],
  sampler: RowSampler | undefined,
): Promise<OpenTable> {
  const database = await openDuckDb()
  // A star in a name is a star, and a folder called year=2026 is no column.
  const from = `read_parquet(${quotedText(path.replace(/[*?[]/g, '[$&]'))}, hive_partitioning = false)`
  try {
    const sources = await parquetSources(database, from, options, notes)
    const gatherers = sources.map(gatherer)
    return {
      name,
      columns: gatherers.map(({ header }) => header),
      blocks: blocksOf(name, database, from, sources, gatherers, options, notes, sampler),
      notes,
      misread: () => [],
    }
  } catch (error) {
    database.close()
    throw error
  }
}

interface Gatherer {
  header: ColumnHeader
  /** The rows of the chunk stand at `at` and behind. */
  add(chunk: DuckDBDataChunk, index: number, rows: number[], at: number): void
  take(rows: number): Column
  notes(): string[]
}

function gatherer(source: ParquetSource): Gatherer {
  const { name, type, dictionary, plan, decimals } = source
  if (plan) {
    const builder = columnBuilder(plan)
    return {
      header: builder.header(),
      add(chunk, index, rows) {
        const vector = chunk.getColumnVector(index)
        for (const row of rows) builder.add((vector.getItem(row) as string | null) ?? '')
      },
      take: () => builder.take(),
      notes: () => columnNotes(builder),
    }
  }
  const values = new Float64Array(blockRows)
  const add: Gatherer['add'] = (chunk, index, rows, at) => {
    const vector = chunk.getColumnVector(index)
    for (let i = 0; i < rows.length; i++) values[at + i] = vector.getItem(rows[i] as number) as number
  }
  if (dictionary) {
    const header: ColumnHeader = { storage: 'codes', name, type: 'category', dictionary }
    return {
      header,
      add,
      take: rows => ({ ...header, codes: Int32Array.from(values.subarray(0, rows)) }),
      notes: () => [],
    }
  }
  const header = { storage: 'numbers', name, type, ...(decimals === undefined ? {} : { decimals }) } as Omit<
    NumberColumn,
    'values'
  >
  return { header, add, take: rows => ({ ...header, values: values.slice(0, rows) }), notes: () => [] }
}

async function* blocksOf(
  name: string,
  { connection, close }: OpenDuckDb,
  from: string,
  sources: ParquetSource[],
  gatherers: Gatherer[],
  { signal, observe }: ReadTableOptions,
  notes: string[],
  sampler: RowSampler | undefined,
): AsyncGenerator<Table> {
  let held = 0
  let seen = 0
  const take = (): Table => {
    const table = { name, rows: held, columns: gatherers.map(column => column.take(held)) }
    held = 0
    return table
  }
  try {
    const result = await connection.stream(
      `select ${sources.map(({ expression }) => expression).join(', ')} from ${from}`,
    )
    for await (const chunk of result) {
      signal?.throwIfAborted()
      const rows: number[] = []
      for (let row = 0; row < chunk.rowCount; row++) if (!sampler || sampler.keep()) rows.push(row)
      if (held + rows.length > blockRows) yield take()
      for (const [index, column] of gatherers.entries()) column.add(chunk, index, rows, held)
      held += rows.length
      seen += chunk.rowCount
      observe?.(seen)
    }
    if (held > 0) yield take()
    notes.push(...gatherers.flatMap(column => column.notes()))
  } finally {
    close()
  }
}
