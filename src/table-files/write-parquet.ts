/** Writes a table as Parquet, through DuckDB; the same rows make the same bytes, however they come. */
import { rm } from 'node:fs/promises'
import type { BlockSource, ColumnHeader, Table, TableStream } from '../tables/table.ts'
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
import type { OpenTableFiles, TableWriter } from './table-writer.ts'

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
  const files = await openParquetFiles([{ path, table: source }], options)
  let rows = 0
  try {
    for await (const block of typedBlocks(source)) {
      options.signal?.throwIfAborted()
      await files.write({ table: 0, block })
      rows += block.rows
      options.observe(block.rows)
    }
    await files.finish()
  } finally {
    await files.close()
  }
  return rows
}

/** Rows wait in tables of DuckDB's own, in one file beside the first, until all are there: so all share the memory it may take. */
export const openParquetFiles: OpenTableFiles = async files => {
  const staging = `${files[0]!.path}.duckdb`
  const database = await openDuckDb(staging)
  const close = async () => {
    database.close()
    await rm(staging, { force: true })
    await rm(`${staging}.wal`, { force: true })
  }
  try {
    const staged: StagedTable[] = []
    for (const [at, { table }] of files.entries())
      staged.push(await StagedTable.open(database, `staged_${at}`, table.columns))
    return {
      write: ({ table, block }) => staged[table]!.add(block),
      async finish() {
        for (const [at, { path }] of files.entries()) await staged[at]!.copyTo(path)
      },
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

class StagedTable {
  readonly #database: OpenDuckDb
  readonly #name: string
  readonly #headers: ColumnHeader[]
  readonly #asText = new Set<string>()
  #columns: ParquetColumn[]
  #appending: Appending

  static async open(database: OpenDuckDb, name: string, headers: ColumnHeader[]): Promise<StagedTable> {
    const columns = parquetColumns(database.duckdb, headers, new Set())
    const definition = columns.map(column => `${quotedName(column.name)} ${column.type}`)
    await database.connection.run(`create table ${name} (${definition.join(', ')})`)
    return new StagedTable(database, name, headers, columns, await append(database, name, columns))
  }

  private constructor(
    database: OpenDuckDb,
    name: string,
    headers: ColumnHeader[],
    columns: ParquetColumn[],
    appending: Appending,
  ) {
    this.#database = database
    this.#name = name
    this.#headers = headers
    this.#columns = columns
    this.#appending = appending
  }

  async add(block: Table): Promise<void> {
    for (let unknown = this.#appending.add(block); unknown; unknown = this.#appending.add(block)) {
      const { duckdb, connection } = this.#database
      this.#appending.close()
      this.#asText.add(unknown.column)
      await connection.run(`alter table ${this.#name} alter ${quotedName(unknown.column)} type varchar`)
      this.#columns = parquetColumns(duckdb, this.#headers, this.#asText)
      this.#appending = await append(this.#database, this.#name, this.#columns)
    }
  }

  /** No more can be added. */
  async copyTo(path: string): Promise<void> {
    this.#appending.close()
    await copy(this.#database, this.#columns, this.#name, path)
    await this.#database.connection.run(`drop table ${this.#name}`)
  }
}

type Appending = Awaited<ReturnType<typeof append>>

/** Appends whole blocks; one with an unknown entry is not appended at all. */
async function append({ duckdb, connection }: OpenDuckDb, name: string, columns: ParquetColumn[]) {
  const appender = await connection.createAppender(name)
  const known: KnownEntries = []
  const chunk = duckdb.DuckDBDataChunk.create(columns.map(({ type }) => type))
  return {
    add(block: Table): UnknownEntry | undefined {
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
