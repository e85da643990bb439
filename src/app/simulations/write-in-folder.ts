/** The tables of a run in its folder: a file each, or one database. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { type MixedTables, type WriteTablesOptions, writeMixedTables } from '../../table-files/index.ts'
import type { WrittenFile } from './simulation-lineage.ts'

export type RunFormat = 'csv' | 'parquet' | 'jsonl' | 'sqlite'

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
  const paths = isDatabase ? [join(folder, 'tables.sqlite')] : results.map(({ at }) => at)
  // A database that is there would only take further tables.
  if (isDatabase) await rename(passing, paths[0]!)
  const files: WrittenFile[] = []
  for (const path of paths) files.push({ file: basename(path), sha256: await fileHash(path) })
  return { files, rows: Object.fromEntries(results.map(({ name, rows }) => [name, rows])) }
}

export async function fileHash(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}
