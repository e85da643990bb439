/** Models of tables as files. */
import { basename, extname, resolve } from 'node:path'
import { parseTableModel, type TableModel } from '../../tables/table-model.ts'
import { readTextFile } from '../read-text-file.ts'
import { writeTextFile } from '../write-text-file.ts'

/** Written all at once. Returns the path. */
export async function writeTableModel(model: TableModel, out?: string): Promise<string> {
  const file = resolve(out ?? usualName(model.source))
  await writeTextFile(file, `${JSON.stringify(model)}\n`)
  return file
}

/** @throws CultivarError `not-found`, `bad-file`. */
export async function readTableModel(path: string): Promise<TableModel> {
  return parseTableModel(await readTextFile(path), path)
}

/** In the folder one is in, since a source may be a database. */
function usualName(source: string): string {
  const last = source.includes(', ') ? 'tables' : basename(source.replace(/^sqlite:|[?#].*$/g, '')) || 'tables'
  return `${last.slice(0, last.length - extname(last).length)}.table.json`
}
