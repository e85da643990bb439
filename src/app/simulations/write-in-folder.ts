/** The tables of a run in its folder: a file each, or one database. */
import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import {
  type MixedTables,
  type TableHead,
  tableFileName,
  type WriteTablesOptions,
  writeMixedTables,
} from '../../table-files/index.ts'
import type { WrittenFile } from './simulation-lineage.ts'

export type RunFormat = 'csv' | 'parquet' | 'jsonl' | 'sqlite'

const databaseFile = 'tables.sqlite'

/** Names of the files that tables come to. */
export function tableFiles(tables: readonly TableHead[], format: RunFormat): string[] {
  if (tables.length === 0) return []
  return format === 'sqlite' ? [databaseFile] : tables.map(({ name }) => tableFileName(name, format))
}

/** The same blocks make the same bytes. @throws CultivarError `bad-input`, `storage-full`, and what the blocks throw. */
export async function writeInFolder(
  folder: string,
  mixed: MixedTables,
  options: Pick<WriteTablesOptions, 'keys'> & { format: RunFormat },
): Promise<{ files: WrittenFile[]; rows: Record<string, number> }> {
  if (mixed.tables.length === 0) {
    for await (const _ of mixed.blocks);
    return { files: [], rows: {} }
  }
  const isDatabase = options.format === 'sqlite'
  const passing = join(folder, '.tables.unfinished.sqlite')
  await rm(passing, { force: true })
  const results = await writeMixedTables(isDatabase ? `sqlite:${passing}` : folder, mixed, options)
  const paths = isDatabase ? [join(folder, databaseFile)] : results.map(({ at }) => at)
  // A database that is there would only take further tables.
  if (isDatabase) await rename(passing, paths[0]!)
  const files: WrittenFile[] = []
  for (const path of paths) files.push({ file: basename(path), sha256: await fileHash(path) })
  return { files, rows: Object.fromEntries(results.map(({ name, rows }) => [name, rows])) }
}

/** Whether all files are there as they were written. */
export async function areAsWritten(folder: string, files: readonly WrittenFile[]): Promise<boolean> {
  for (const file of files) if (!(await isAsWritten(folder, file))) return false
  return true
}

/** Removes what was written before and is not there again, unless somebody changed it. */
export async function removeReplaced(
  folder: string,
  before: readonly WrittenFile[],
  now: readonly WrittenFile[],
): Promise<void> {
  const names = new Set(now.map(({ file }) => file))
  for (const written of before)
    if (!names.has(written.file) && (await isAsWritten(folder, written))) await rm(join(folder, basename(written.file)))
}

async function isAsWritten(folder: string, { file, sha256 }: WrittenFile): Promise<boolean> {
  const path = join(folder, basename(file))
  return existsSync(path) && (await fileHash(path)) === sha256
}

export async function fileHash(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}
