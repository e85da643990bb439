/** Writes tables to a file, a folder or a database: all of them, or nothing. */
import { randomBytes } from 'node:crypto'
import { mkdir, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, extname, join, resolve } from 'node:path'
import { CultivarError } from '../model/error.ts'
import { parseAddress } from './address.ts'
import { shownUrl } from './open-postgres.ts'
import type { TableFormat } from './read-options.ts'
import { renamed, type TableSource } from './table-blocks.ts'
import type { DatabaseWriter, WriteTablesOptions } from './table-writer.ts'
import { writeParquet } from './write-parquet.ts'
import { writePostgres } from './write-postgres.ts'
import { writeSqlite } from './write-sqlite.ts'
import { writeTextFile } from './write-text-file.ts'

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
  let written = 0
  const observe = (rows: number) => {
    written += rows
    options.observe?.(written)
  }
  const database = databaseOf(target, sources, options.format)
  if (database) return inDatabase(database, { ...options, observe })
  const files = await filesFor(target, sources, options.format)
  const finished: { unfinished: string; table: WrittenTable }[] = []
  try {
    for (const { source, path, format } of files) {
      const unfinished = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}.part`)
      const table = { name: source.name, rows: 0, at: path }
      finished.push({ unfinished, table })
      table.rows = await (format === 'parquet' ? writeParquet : writeTextFile)(unfinished, source, {
        ...options,
        format,
        observe,
      })
    }
    for (const { unfinished, table } of finished) await rename(unfinished, table.at)
  } catch (error) {
    for (const { unfinished } of finished) await rm(unfinished, { force: true })
    throw error instanceof CultivarError || options.signal?.aborted ? error : unwritable(target, error)
  }
  return finished.map(({ table }) => table)
}

interface TargetDatabase {
  write: DatabaseWriter
  location: string
  shown: string
  sources: TableSource[]
}

/** A table named behind `#` is what the only one will be called. */
function databaseOf(target: string, sources: TableSource[], format?: TableFormat): TargetDatabase | undefined {
  if (
    !/^(sqlite:|postgres(ql)?:)/.test(target) &&
    extname(target.replace(/#[^#/]*$/, '')) === '' &&
    format !== 'sqlite'
  )
    return undefined
  const address = parseAddress(target, format)
  if (address.format !== 'sqlite' && address.format !== 'postgres') return undefined
  const { location, table } = address
  const [only] = sources
  const named = table !== undefined && only && sources.length === 1 ? [renamed(only, table)] : sources
  return address.format === 'sqlite'
    ? { write: writeSqlite, location, shown: location, sources: named }
    : { write: writePostgres, location, shown: shownUrl(location), sources: named }
}

async function inDatabase(
  { write, location, shown, sources }: TargetDatabase,
  options: Parameters<DatabaseWriter>[2],
): Promise<WrittenTable[]> {
  try {
    const rows = await write(location, sources, options)
    return sources.map(({ name }, index) => ({ name, rows: rows[index] as number, at: shown }))
  } catch (error) {
    throw error instanceof CultivarError || options.signal?.aborted ? error : unwritable(shown, error)
  }
}

function checkTables(sources: TableSource[]): void {
  const names = new Set<string>()
  for (const { name, columns } of sources) {
    if (columns.length === 0)
      throw new CultivarError('bad-input', `The table "${name}" has no columns.`, 'Give it some.')
    if (names.has(name.toLowerCase()))
      throw new CultivarError('bad-input', `Two tables are called "${name}".`, 'Give each table a name of its own.')
    names.add(name.toLowerCase())
  }
}

interface TargetFile {
  source: TableSource
  path: string
  format: TableFormat
}

async function filesFor(target: string, sources: TableSource[], format?: TableFormat): Promise<TargetFile[]> {
  const found = await stat(target).catch(() => undefined)
  const isFolder = found?.isDirectory() ?? (extname(target) === '' || /[/\\]$/.test(target))
  if (!isFolder) {
    const [source] = sources
    if (sources.length !== 1 || !source) {
      throw new CultivarError(
        'bad-input',
        `${target} can hold one table, but there are ${sources.length}.`,
        'Name a folder, or a database such as sqlite:tables.sqlite.',
      )
    }
    return [{ source, path: resolve(target), format: parseAddress(target, format).format }]
  }
  const chosen = format ?? 'csv'
  const files = sources.map(source => ({
    source,
    path: resolve(target, `${fileName(source.name)}.${chosen}`),
    format: chosen,
  }))
  const again = files.find(({ path }, at) => files.findIndex(file => file.path === path) < at)
  if (again) {
    throw new CultivarError(
      'bad-input',
      `Two tables would be the file ${basename(again.path)}: file names cannot tell “${again.source.name}” from the other.`,
      'Write to a database, such as sqlite:tables.sqlite, or rename one of them.',
    )
  }
  await mkdir(target, { recursive: true })
  return files
}

/** A table's name may hold anything; a file's must not leave the folder. */
function fileName(name: string): string {
  return name.replace(/[\\/:*?"<>|\p{Cc}]/gu, '_').replace(/^\.+/, '_') || 'table'
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
