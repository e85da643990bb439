/** Reads a table that fits in memory whole, in any format that can be imported, as rows by column. */
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { findFormat } from '../formats/find-format.ts'
import { CultivarError } from '../model/error.ts'

/** @throws CultivarError `bad-file` with the place of the first row that is damaged, `not-found`. */
export async function readRowsOf(path: string, format?: string): Promise<Record<string, unknown>[]> {
  const found = await stat(path).catch(() => undefined)
  if (!found?.isFile()) throw new CultivarError('not-found', `There is no file “${path}”.`, 'Check the path.')
  const rows: Record<string, unknown>[] = []
  for await (const row of findFormat(path, format).read(createReadStream(path)).rows) {
    if (row.error) {
      const { line, record, message, hint } = row.error
      const place = line === undefined ? `row ${record}` : `line ${line}`
      throw new CultivarError('bad-file', `${path}, ${place}: ${message}`, hint, { path, record, line })
    }
    rows.push(row.values)
  }
  return rows
}
