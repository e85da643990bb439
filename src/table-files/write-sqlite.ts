/** Writes tables into a SQLite file, new or not: all of them, or nothing. */
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { CultivarError } from '../model/error.ts'
import type { ColumnType, Table } from '../tables/table.ts'
import { alreadyThere, createTable, keysOfTables, nameList, shownValues, withIsoDates } from './database-columns.ts'
import { quotedName } from './sql-text.ts'
import type { DatabaseWriter, MixedTables, TableHead } from './table-writer.ts'

const types: Record<ColumnType, string> = {
  integer: 'integer',
  decimal: 'real',
  boolean: 'boolean',
  date: 'date',
  datetime: 'datetime',
  time: 'time',
  category: 'text',
  text: 'text',
}
/** SQLite takes at most 32,766 values in a statement (https://sqlite.org/limits.html). */
const mostValues = 1000

/** A new file appears when it is whole; in one that is there, everything is one transaction. */
export const writeSqlite: DatabaseWriter = async (location, tables, options) => {
  const path = resolve(location)
  if (existsSync(path)) return inTransaction(path, path, tables, options)
  const unfinished = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}.part`)
  try {
    const rows = await inTransaction(unfinished, path, tables, options)
    await rename(unfinished, path)
    return rows
  } finally {
    for (const ending of ['', '-journal']) await rm(unfinished + ending, { force: true })
  }
}

async function inTransaction(
  path: string,
  shown: string,
  { tables, blocks, areWhole }: MixedTables,
  { keys, overwrite = false, signal, observe }: Parameters<DatabaseWriter>[2],
): Promise<number[]> {
  const byTable = keysOfTables(tables, keys)
  const database = new DatabaseSync(path, { enableForeignKeyConstraints: false, timeout: 5000 })
  try {
    database.exec('begin immediate')
    const present = database.prepare(
      `select name from sqlite_schema where type in ('table', 'view') and lower(name) = lower(?)`,
    )
    const there = tables.filter(({ name }) => present.get(name) !== undefined).map(({ name }) => name)
    if (there.length > 0 && !overwrite) throw alreadyThere(there, shown)
    for (const name of there) database.exec(`drop table ${quotedName(name)}`)
    for (const { name, columns } of tables) database.exec(createTable(name, columns, byTable.get(name), types, true))
    const inserts = tables.map(table => inserter(database, table))
    const rows = tables.map(() => 0)
    for await (const { table, block } of blocks) {
      signal?.throwIfAborted()
      inserts[table]!(withIsoDates(block))
      rows[table]! += block.rows
      observe(block.rows)
    }
    if (areWhole?.() ?? true) checkForeignKeys(database)
    database.exec('commit')
    return rows
  } finally {
    // What was not committed is rolled back.
    database.close()
  }
}

function inserter(database: DatabaseSync, { name, columns }: TableHead): (block: Table) => void {
  const together = Math.max(1, Math.floor(mostValues / columns.length))
  const names = nameList(columns.map(column => column.name))
  const row = `(${columns.map(() => '?').join(', ')})`
  const into = (count: number) =>
    database.prepare(`insert into ${quotedName(name)} (${names}) values ${Array(count).fill(row).join(', ')}`)
  const many = into(together)
  const one = into(1)
  return block => {
    const values = block.columns.map(shownValues)
    const cells = new Array<number | string | null>(together * columns.length)
    let at = 0
    for (; at + together <= block.rows; at += together) {
      for (let i = 0, cell = 0; i < together; i++) for (const value of values) cells[cell++] = value(at + i)
      many.run(...cells)
    }
    for (; at < block.rows; at++) one.run(...values.map(value => value(at)))
  }
}

function checkForeignKeys(database: DatabaseSync): void {
  const broken = database.prepare('pragma foreign_key_check').get()
  if (broken === undefined) return
  throw new CultivarError(
    'bad-input',
    `A row of "${broken['table']}" names a row of "${broken['parent']}" that is not there.`,
    'Correct the rows or the keys; nothing was written.',
  )
}
