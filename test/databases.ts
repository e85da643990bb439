/** Each database the store laws run on, fresh and migrated: SQLite in a temporary folder and, where there is one, PostgreSQL. */
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { inject } from 'vitest'
import type { Database } from '../src/stores/database.ts'
import { migrate } from '../src/stores/migrate.ts'
import { openPostgres } from '../src/stores/postgres.ts'
import { openSqlite } from '../src/stores/sqlite.ts'

export interface OpenTestDatabase {
  database: Database
  /** What a second connection opens: a file's path or a connection URL. */
  address: string
  /** Closes the connection and removes everything that was stored. */
  close(): Promise<void>
}

export interface TestDatabase {
  name: 'SQLite' | 'PostgreSQL'
  open(): Promise<OpenTestDatabase>
}

export function testDatabases(): TestDatabase[] {
  const cluster = inject('postgresUrl')
  const sqlite: TestDatabase = { name: 'SQLite', open: openSqliteFile }
  return cluster ? [sqlite, { name: 'PostgreSQL', open: () => openPostgresSchema(cluster) }] : [sqlite]
}

async function openSqliteFile(): Promise<OpenTestDatabase> {
  const folder = mkdtempSync(join(tmpdir(), 'cultivar-store-'))
  const address = join(folder, 'workspace.db')
  const database = openSqlite(address)
  await migrate(database)
  return {
    database,
    address,
    close: async () => {
      await database.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function openPostgresSchema(cluster: string): Promise<OpenTestDatabase> {
  const schema = `test_${randomBytes(8).toString('hex')}`
  await administer(cluster, `create schema ${schema}`)
  const address = `${cluster}?options=-c%20search_path%3D${schema}`
  const database = openPostgres(address)
  await migrate(database)
  return {
    database,
    address,
    close: async () => {
      await database.close()
      await administer(cluster, `drop schema ${schema} cascade`)
    },
  }
}

async function administer(cluster: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: cluster })
  await client.connect()
  await client.query(statement)
  await client.end()
}
