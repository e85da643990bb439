/** Writes tables to a file, a folder or a database: all of them, or nothing. */
import { randomBytes } from 'node:crypto'
import { mkdir, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, extname, join, resolve } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { CultivarError } from '../model/error.ts'
import { parseAddress } from './address.ts'
import { shownUrl } from './open-postgres.ts'
import type { TableFormat } from './read-options.ts'
import { type TableSource, typedBlocks } from './table-blocks.ts'
import type { DatabaseWriter, MixedBlock, MixedTables, TableHead, WriteTablesOptions } from './table-writer.ts'
import { openParquetFiles, writeParquet } from './write-parquet.ts'
import { writePostgres } from './write-postgres.ts'
import { writeSqlite } from './write-sqlite.ts'
import { openTextFiles, writeTextFile } from './write-text-file.ts'

export interface WrittenTable {
  name: string
  rows: number
  /** The file's path, or the database's address without its password. */
  at: string
}

/**
 * `target` is a file for one table, a folder for any number of them (a file each, named after the table), `sqlite:path` or
 * `postgres://…`. The same tables give the same bytes. Until all are whole, older files of their names stay.
 *
 * @throws CultivarError `bad-input`, `already-exists`, `storage-full`; what `signal` was aborted with.
 */
export async function writeTables(
  target: string,
  sources: TableSource[],
  options: WriteTablesOptions = {},
): Promise<WrittenTable[]> {
  checkTables(sources)
  const watched = { ...options, observe: adding(options) }
  const database = databaseOf(target, options.format)
  if (database) return inDatabase(database, { tables: sources, blocks: oneAfterAnother(sources) }, watched)
  return toFiles(target, sources, watched, async files => {
    for (const [at, file] of files.entries()) {
      const { unfinished, format, table } = file
      const write = format === 'parquet' ? writeParquet : writeTextFile
      table.rows = await write(unfinished, sources[at]!, { ...watched, format })
    }
  })
}

/**
 * The same for tables that come into being together: all are written at once, and a block is only asked for once the one before is
 * written, so that memory stays flat however many rows there are.
 */
export async function writeMixedTables(
  target: string,
  mixed: MixedTables,
  options: WriteTablesOptions = {},
): Promise<WrittenTable[]> {
  const { tables, blocks } = mixed
  checkTables(tables)
  const watched = { ...options, observe: adding(options) }
  const database = databaseOf(target, options.format)
  if (database) return inDatabase(database, mixed, watched)
  return toFiles(target, tables, watched, async files => {
    const { format } = files[0]!
    const open = format === 'parquet' ? openParquetFiles : openTextFiles
    const opened = await open(
      files.map(({ unfinished }, at) => ({ path: unfinished, table: tables[at]! })),
      { ...watched, format },
    )
    try {
      for await (const mixed of blocks) {
        options.signal?.throwIfAborted()
        await opened.write(mixed)
        files[mixed.table]!.table.rows += mixed.block.rows
        watched.observe(mixed.block.rows)
      }
      await opened.finish()
    } finally {
      await opened.close()
    }
  })
}

/** Tells of all rows so far. */
function adding({ observe }: WriteTablesOptions): (rows: number) => void {
  let written = 0
  return rows => {
    written += rows
    observe?.(written)
  }
}

async function* oneAfterAnother(sources: TableSource[]): AsyncGenerator<MixedBlock> {
  for (const [table, source] of sources.entries()) {
    for await (const block of typedBlocks(source)) {
      // What holds the other end of a connection has its turn between blocks that need no waiting for.
      await setImmediate()
      yield { table, block }
    }
  }
}

interface UnfinishedFile {
  unfinished: string
  format: TableFormat
  table: WrittenTable
}

/** Files of these tables: they get their names when all are whole, and are gone when they are not to be. */
async function toFiles(
  target: string,
  tables: TableHead[],
  { format, signal }: WriteTablesOptions,
  write: (files: UnfinishedFile[]) => Promise<void>,
): Promise<WrittenTable[]> {
  const files = (await filesFor(target, tables, format)).map(({ name, path, format }) => ({
    unfinished: join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}.part`),
    format,
    table: { name, rows: 0, at: path },
  }))
  try {
    await write(files)
    for (const { unfinished, table } of files) await rename(unfinished, table.at)
  } catch (error) {
    for (const { unfinished } of files) await rm(unfinished, { force: true })
    throw error instanceof CultivarError || signal?.aborted ? error : unwritable(target, error)
  }
  return files.map(({ table }) => table)
}

interface TargetDatabase {
  write: DatabaseWriter
  location: string
  shown: string
  /** What the only table is to be called there. */
  only?: string
}

/** A table named behind `#` is what the only one will be called. */
function databaseOf(target: string, format?: TableFormat): TargetDatabase | undefined {
  if (
    !/^(sqlite:|postgres(ql)?:)/.test(target) &&
    extname(target.replace(/#[^#/]*$/, '')) === '' &&
    format !== 'sqlite'
  )
    return undefined
  const address = parseAddress(target, format)
  if (address.format !== 'sqlite' && address.format !== 'postgres') return undefined
  const { location, table } = address
  const only = table === undefined ? {} : { only: table }
  return address.format === 'sqlite'
    ? { write: writeSqlite, location, shown: location, ...only }
    : { write: writePostgres, location, shown: shownUrl(location), ...only }
}

async function inDatabase(
  { write, location, shown, only }: TargetDatabase,
  { tables, ...mixed }: MixedTables,
  options: Parameters<DatabaseWriter>[2],
): Promise<WrittenTable[]> {
  const named = tables.map(({ name, columns }) => ({ name: (tables.length === 1 && only) || name, columns }))
  try {
    const rows = await write(location, { tables: named, ...mixed }, options)
    return named.map(({ name }, index) => ({ name, rows: rows[index] as number, at: shown }))
  } catch (error) {
    throw error instanceof CultivarError || options.signal?.aborted ? error : unwritable(shown, error)
  }
}

function checkTables(tables: TableHead[]): void {
  const names = new Set<string>()
  for (const { name, columns } of tables) {
    if (columns.length === 0)
      throw new CultivarError('bad-input', `The table "${name}" has no columns.`, 'Give it some.')
    if (names.has(name.toLowerCase()))
      throw new CultivarError('bad-input', `Two tables are called "${name}".`, 'Give each table a name of its own.')
    names.add(name.toLowerCase())
  }
}

interface TargetFile {
  name: string
  path: string
  format: TableFormat
}

async function filesFor(target: string, tables: TableHead[], format?: TableFormat): Promise<TargetFile[]> {
  const found = await stat(target).catch(() => undefined)
  const isFolder = found?.isDirectory() ?? (extname(target) === '' || /[/\\]$/.test(target))
  if (!isFolder) {
    const [table] = tables
    if (tables.length !== 1 || !table) {
      throw new CultivarError(
        'bad-input',
        `${target} can hold one table, but there are ${tables.length}.`,
        'Name a folder, or a database such as sqlite:tables.sqlite.',
      )
    }
    return [{ name: table.name, path: resolve(target), format: parseAddress(target, format).format }]
  }
  const chosen = format ?? 'csv'
  const files = tables.map(({ name }) => ({
    name,
    path: resolve(target, tableFileName(name, chosen)),
    format: chosen,
  }))
  const again = files.find(({ path }, at) => files.findIndex(file => file.path === path) < at)
  if (again) {
    throw new CultivarError(
      'bad-input',
      `Two tables would be the file ${basename(again.path)}: file names cannot tell “${again.name}” from the other.`,
      'Write to a database, such as sqlite:tables.sqlite, or rename one of them.',
    )
  }
  await mkdir(target, { recursive: true })
  return files
}

/** The file of a table in a folder. A table's name may hold anything; a file's must not leave the folder. */
export function tableFileName(name: string, format: TableFormat): string {
  return `${name.replace(/[\\/:*?"<>|\p{Cc}]/gu, '_').replace(/^\.+/, '_') || 'table'}.${format}`
}

function unwritable(target: string, error: unknown): CultivarError {
  const message = error instanceof Error ? error.message : String(error)
  const full = /ENOSPC|no space left|disk is full/i.test(message)
  const nowhere = error instanceof Error && 'code' in error && error.code === 'ENOENT'
  return new CultivarError(
    full ? 'storage-full' : 'bad-input',
    `${target} cannot be written: ${nowhere ? 'there is no such folder' : message}.`,
    full
      ? 'Free some space, then write again.'
      : nowhere
        ? 'Make the folder, or choose another place.'
        : 'Choose another place.',
    { target },
  )
}
