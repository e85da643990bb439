/** Writes a table as Parquet, through DuckDB; the same rows make the same bytes, however they come. */
import { rm } from 'node:fs/promises'
import type { BlockSource, Table, TableStream } from '../tables/table.ts'
import { type OpenDuckDb, openDuckDb } from './open-duckdb.ts'
import {
  ChunkFeed,
  type KnownEntries,
  type ParquetColumn,
  parquetColumns,
  UnknownEntry,
  unknownEntry,
} from './parquet-columns.ts'
import { quotedName, quotedText } from './sql-text.ts'
import { blocksAtHand, typedBlocks } from './table-blocks.ts'
import type { OpenTableFile, TableWriter } from './table-writer.ts'

interface Watching {
  signal?: AbortSignal
  observe(rows: number): void
}

/** Blocks that are at hand are taken as DuckDB asks for them; those that must be waited for go into a table of its own first. */
export const writeParquet: TableWriter = async (path, source, options) => {
  if ('blocks' in source && !('block' in source)) return writeStream(path, source, options)
  const asText = new Set<string>()
  for (;;) {
    const unknown = await writeAtHand(path, source, asText, options)
    if (typeof unknown === 'number') return unknown
    asText.add(unknown.column)
  }
}

async function writeAtHand(
  path: string,
  source: BlockSource | Table,
  asText: ReadonlySet<string>,
  { signal, observe }: Watching,
): Promise<number | UnknownEntry> {
  const database = await openDuckDb()
  const { duckdb, connection } = database
  let failure: unknown
  try {
    const columns = parquetColumns(duckdb, source.columns, asText)
    const feed = new ChunkFeed(columns.length)
    const blocks = blocksAtHand(source)
    const known: KnownEntries = []
    let rows = 0
    connection.registerTableFunction(
      duckdb.DuckDBTableFunction.create({
        name: 'rows_at_hand',
        bindFunction: info => {
          for (const { name, type } of columns) info.addResultColumn(name, type)
        },
        initFunction: info => info.setMaxThreads(1),
        mainFunction(info, chunk) {
          try {
            signal?.throwIfAborted()
            while (!feed.full) {
              const next = blocks.next()
              if (next.done) break
              const unknown = unknownEntry(columns, next.value, known)
              if (unknown) throw unknown
              feed.give(next.value)
              rows += next.value.rows
              observe(next.value.rows)
            }
            feed.fill(chunk)
          } catch (error) {
            failure = error
            info.setError(String(error))
          }
        },
      }),
    )
    await copy(database, columns, 'rows_at_hand()', path)
    return rows
  } catch (error) {
    if (failure instanceof UnknownEntry) return failure
    throw failure ?? error
  } finally {
    database.close()
  }
}

async function writeStream(path: string, source: TableStream, options: Parameters<TableWriter>[2]): Promise<number> {
  const file = await openParquetFile(path, source, options)
  let rows = 0
  try {
    for await (const block of typedBlocks(source)) {
      options.signal?.throwIfAborted()
      await file.write(block)
      rows += block.rows
      options.observe(block.rows)
    }
    await file.finish()
  } finally {
    await file.close()
  }
  return rows
}

/** Rows wait in a table of DuckDB's own, in a file beside it, until all are there. */
export const openParquetFile: OpenTableFile = async (path, { columns: headers }) => {
  const staging = `${path}.duckdb`
  const database = await openDuckDb(staging)
  const { duckdb, connection } = database
  const asText = new Set<string>()
  let columns = parquetColumns(duckdb, headers, asText)
  const definition = columns.map(({ name, type }) => `${quotedName(name)} ${type}`)
  await connection.run(`create table staged (${definition.join(', ')})`)
  let staged = await openStaged(database, columns)
  return {
    async write(block) {
      for (let unknown = staged.append(block); unknown; unknown = staged.append(block)) {
        staged.close()
        asText.add(unknown.column)
        await connection.run(`alter table staged alter ${quotedName(unknown.column)} type varchar`)
        columns = parquetColumns(duckdb, headers, asText)
        staged = await openStaged(database, columns)
      }
    },
    async finish() {
      staged.close()
      await copy(database, columns, 'staged', path)
    },
    async close() {
      database.close()
      await rm(staging, { force: true })
      await rm(`${staging}.wal`, { force: true })
    },
  }
}

/** Appends whole blocks; one with an unknown entry is not appended at all. */
async function openStaged({ duckdb, connection }: OpenDuckDb, columns: ParquetColumn[]) {
  const appender = await connection.createAppender('staged')
  const known: KnownEntries = []
  const chunk = duckdb.DuckDBDataChunk.create(columns.map(({ type }) => type))
  return {
    append(block: Table): UnknownEntry | undefined {
      const unknown = unknownEntry(columns, block, known)
      if (unknown) return unknown
      const feed = new ChunkFeed(columns.length)
      feed.give(block)
      for (;;) {
        // Without it, the texts of all chunks before would stay in memory.
        chunk.reset()
        feed.fill(chunk)
        if (chunk.rowCount === 0) return undefined
        appender.appendDataChunk(chunk)
      }
    },
    close: () => appender.closeSync(),
  }
}

async function copy({ connection }: OpenDuckDb, columns: ParquetColumn[], from: string, path: string): Promise<void> {
  const selected = columns.map(({ expression }) => expression).join(', ')
  await connection.run(
    `copy (select ${selected} from ${from}) to ${quotedText(path)} (format parquet, compression snappy)`,
  )
}
