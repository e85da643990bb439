/** Brings a database to the newest version by running `migrations/NNN-name.sql` in order, forward only. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { CultivarError } from '../model/error.ts'
import type { Database } from './database.ts'

const folder = join(import.meta.dirname, '..', '..', 'migrations')

/** Each migration and its version number are one transaction, so that a death in between leaves neither. */
export async function migrate(database: Database): Promise<void> {
  const files = readdirSync(folder)
    .filter(name => name.endsWith('.sql'))
    .sort()
  const newest = Number(files.at(-1)?.split('-')[0])
  await database.script('create table if not exists version (number bigint not null primary key)')
  const current = await database.read(async connection => {
    const found = await sql<{ number: number | null }>`select max(number) as number from version`.execute(connection)
    return found.rows[0]?.number ?? 0
  })
  if (current > newest) {
    throw new CultivarError(
      'workspace-newer',
      `This workspace was made by a newer Cultivar (its version is ${current}, this one knows up to ${newest}).`,
      'Update Cultivar, then try again. Nothing was changed.',
    )
  }
  for (const file of files) {
    const number = Number(file.split('-')[0])
    if (number <= current) continue
    const text = readFileSync(join(folder, file), 'utf8')
    await database.script(`${text}\ninsert into version (number) values (${number});`)
  }
}
