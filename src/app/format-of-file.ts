/** Which format a file to import has. */
import { createReadStream } from 'node:fs'
import type { MappingChoice } from '../formats/column-mapping.ts'
import { findFormat } from '../formats/find-format.ts'
import type { Format, ReadOptions } from '../formats/format.ts'
import { tellFormat } from '../formats/tell-format.ts'
import type { Workspace } from './workspace.ts'

/** The format somebody named, or the one the name of the file tells; a JSON file may hold another one that its members tell. */
export async function formatOfFile(
  workspace: Workspace,
  options: ReadOptions & { file: string; format?: string; mapping?: MappingChoice },
): Promise<{ format: Format; notes: string[] }> {
  const { file, mapping = {} } = options
  const { formats } = workspace.plugins
  const format = findFormat(file, options.format, formats)
  const { offsets: _, ...columns } = mapping
  const mayBeOther = ['json', 'jsonl'].includes(format.kind) && options.format === undefined
  // Whoever says what the columns are means the columns that the file itself has.
  if (!mayBeOther || Object.keys(columns).length > 0) return { format, notes: [] }
  // What is wrong with the file is said when it is read for good.
  const told = await tellFormat(createReadStream(file), options).catch(() => undefined)
  const other = told && formats.find(({ kind }) => kind === told.kind)
  if (!told || !other) return { format, notes: [] }
  const note = `format: ${told.kind}, because the file has ${told.because} (--format ${format.kind} reads it as plain rows)`
  return { format: other, notes: [note] }
}
