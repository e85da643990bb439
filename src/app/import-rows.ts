/** A file to import, opened: its format, its rows, and what its columns may be taken for. */
import { createReadStream, type ReadStream } from 'node:fs'
import { guessMapping, type Mapping, type MappingChoice } from '../formats/column-mapping.ts'
import type { Format, GoodRow, KnownColumns, ReadOptions, ReadRow } from '../formats/format.ts'
import { peekRows } from '../formats/peek-rows.ts'
import type { Project } from '../model/project.ts'
import { formatOfFile } from './format-of-file.ts'
import type { Workspace } from './workspace.ts'

export interface OpenedRows {
  format: Format
  /** How far `rows` has read is its `bytesRead`. */
  stream: ReadStream
  /** Good rows among the first. */
  sample: GoodRow['values'][]
  /** All rows; they must be read or returned to free the file. */
  rows: AsyncIterable<ReadRow>
  /** Columns of the sample, in order of first appearance. */
  columns: string[]
  known: KnownColumns
  /** Why it was taken for this format. */
  told: string[]
  /** What was found out about the file; complete once all rows are read. */
  notes: string[]
}

/** Rows that a mapping is guessed from. */
const rowsLookedAt = 200

/** Throws CultivarError `bad-file` (missing, empty, binary …) and `bad-input`. */
export async function openRows(
  workspace: Workspace,
  options: ReadOptions & { file: string; format?: string; mapping?: MappingChoice },
): Promise<OpenedRows> {
  const { offsets } = options.mapping ?? {}
  const { format, notes: told } = await formatOfFile(workspace, options)
  const stream = createReadStream(options.file)
  const reading = format.read(stream, { ...options, ...(offsets && { offsets }) })
  const { sample, rows } = await peekRows(reading.rows, rowsLookedAt)
  const columns = [...new Set(sample.flatMap(values => Object.keys(values)))]
  return { format, stream, sample, rows, columns, known: reading.columns ?? {}, told, notes: reading.notes }
}

/** What each column is: as the user says, else as the format says, else guessed. Throws CultivarError `bad-input`. */
export function mappingOfRows(opened: OpenedRows, project: Project, said: MappingChoice): Mapping {
  const { columns, known, sample } = opened
  // What the format knows may first come in a later row.
  const possible = new Set([...columns, ...Object.values(known).flat()].filter(column => typeof column === 'string'))
  return guessMapping([...possible], sample, project, { ...known, ...said })
}
