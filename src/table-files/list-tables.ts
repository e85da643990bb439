/** Which tables an address holds, and how they hang together. */

import { CultivarError } from '../model/error.ts'
import type { TableKeys } from '../tables/table-keys.ts'
import { checkFile, parseAddress, tableFiles, unreadable } from './address.ts'
import { chosenTable } from './chosen-table.ts'
import { shownUrl } from './open-postgres.ts'
import { postgresTables } from './postgres-tables.ts'
import { sqliteTables } from './sqlite-tables.ts'

export interface ListedTable {
  name: string
  /** What `readTable` takes. */
  address: string
  /** Of tables in databases. */
  keys?: TableKeys
  /** It has no rows of its own. */
  isView?: boolean
}

/** A file is one table, a folder has one in each of its table files; a database has all its own, or the one that is named behind `#`. */
export async function listTables(address: string): Promise<ListedTable[]> {
  const files = await tableFiles(address)
  if (files) return files.map(path => ({ name: parseAddress(path).name, address: path }))
  const { format, location, table, name } = parseAddress(address)
  if (format !== 'postgres') await checkFile(location)
  if (format !== 'postgres' && format !== 'sqlite') return [{ name, address }]
  const found = format === 'postgres' ? await postgresTables(location) : listedSqlite(location)
  const place = format === 'postgres' ? shownUrl(location) : location
  const names = found.map(keys => keys.table)
  const chosen = table === undefined ? names : [chosenTable(place, table, names)]
  const prefix = format === 'postgres' ? location : `sqlite:${location}`
  return found
    .filter(keys => chosen.includes(keys.table))
    .map(({ isView, ...keys }) => ({
      name: keys.table,
      address: `${prefix}#${encodeURIComponent(keys.table)}`,
      keys,
      ...(isView && { isView }),
    }))
}

function listedSqlite(path: string): ReturnType<typeof sqliteTables> {
  try {
    return sqliteTables(path)
  } catch (error) {
    throw error instanceof CultivarError ? error : unreadable(path, error)
  }
}
