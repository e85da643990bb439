/** Reads a real and a synthetic source, compares them, and writes the page: what `tables compare` does. */
import type { ReadTableOptions } from '../../table-files/read-options.ts'
import { compareTables, type TableComparison } from '../../tables/compare/compare-tables.ts'
import type { Table } from '../../tables/table.ts'
import type { TableKeys } from '../../tables/table-keys.ts'
import { writeTextFile } from '../write-text-file.ts'
import { comparisonHtml } from './compare-html.ts'
import { readAll } from './fit-tables.ts'
import type { StageProgress } from './stage-progress.ts'

export interface CompareChoice {
  seed: number
  /** Real rows that were not learned from. */
  holdout?: string
  target?: string
  tables?: string[]
  keys?: TableKeys[]
  time?: string
  entity?: string
  read?: ReadTableOptions
  /** Where the page goes. */
  out?: string
  signal?: AbortSignal
  observe?: (progress: StageProgress) => void
}

export interface ComparedSources {
  comparison: TableComparison
  file?: string
  /** What reading had to say. */
  notes: string[]
}

/** @throws CultivarError what reading throws; `bad-input` where the two cannot be compared. */
export async function compareSources(real: string, synthetic: string, choice: CompareChoice): Promise<ComparedSources> {
  const { seed, holdout, target, time, entity, out, signal, observe, read = {}, tables, keys } = choice
  const watching = { ...(signal && { signal }), ...(observe && { observe }) }
  const reading = { ...watching, ...(tables && { tables }), ...(keys && { keys }) }
  const original = await readAll([real], { ...reading, read })
  // Read as the original was: a column that is a number in one is no date in the other.
  const alike = { ...read, columns: { ...typesOf(original.tables), ...read.columns } }
  const drawn = await readAll([synthetic], { ...reading, read: { ...alike, ...withoutLayout } })
  const kept = holdout === undefined ? undefined : await readAll([holdout], { ...reading, read: alike })
  const comparison = compareTables(original.tables, drawn.tables, {
    seed,
    ...(kept && { holdout: kept.tables }),
    ...(target !== undefined && { target }),
    ...(original.keys.some(({ primaryKey, foreignKeys }) => primaryKey.length + foreignKeys.length > 0) && {
      keys: original.keys,
    }),
    ...(time !== undefined && { series: { time, ...(entity !== undefined && { entity }) } }),
    ...(signal && { signal }),
    ...(observe && { observe: (share: number) => observe({ stage: 'comparing', share }) }),
  })
  const file = out === undefined ? undefined : await writeTextFile(out, comparisonHtml(comparison))
  const notes = [...original.notes, ...drawn.notes.map(note => `synthetic: ${note}`)]
  return { comparison, notes, ...(file !== undefined && { file }) }
}

/** How the real file is laid out says nothing of the synthetic one. */
const withoutLayout = {
  header: undefined,
  names: undefined,
  delimiter: undefined,
  decimal: undefined,
  unitRow: undefined,
  skipLines: undefined,
}

function typesOf(tables: Table[]): NonNullable<ReadTableOptions['columns']> {
  return Object.fromEntries(tables.flatMap(({ columns }) => columns.map(({ name, type }) => [name, type])))
}
