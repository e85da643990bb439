/** Reads a real and a synthetic source, compares them, and writes the page: what `tables compare` does. */
import { CultivarError } from '../../model/error.ts'
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
  const columnsOf = (name: string) => ({ ...typesOf(original.tables, name), ...read.columns })
  const drawn = await readAll([synthetic], { ...reading, read: { ...read, ...withoutLayout }, columnsOf }).catch(
    error => strange('synthetic', synthetic, original.tables, error),
  )
  const kept =
    holdout === undefined
      ? undefined
      : await readAll([holdout], { ...reading, read, columnsOf }).catch(error =>
          strange('held-out', holdout, original.tables, error),
        )
  const empty =
    original.tables.length > 1 ? original.tables.filter(({ rows }) => rows === 0).map(({ name }) => name) : []
  const isFilled = ({ name }: { name: string }) => !empty.includes(name)
  const keysOfFilled = original.keys.flatMap(({ table, primaryKey, foreignKeys }) =>
    empty.includes(table)
      ? []
      : [{ table, primaryKey, foreignKeys: foreignKeys.filter(foreign => !empty.includes(foreign.table)) }],
  )
  const comparison = compareTables(original.tables.filter(isFilled), drawn.tables.filter(isFilled), {
    seed,
    ...(kept && { holdout: kept.tables.filter(isFilled) }),
    ...(target !== undefined && { target }),
    ...(keysOfFilled.some(({ primaryKey, foreignKeys }) => primaryKey.length + foreignKeys.length > 0) && {
      keys: keysOfFilled,
    }),
    ...(time !== undefined && { series: { time, ...(entity !== undefined && { entity }) } }),
    ...(signal && { signal }),
    ...(observe && { observe: (share: number) => observe({ stage: 'comparing', share }) }),
  })
  const file = out === undefined ? undefined : await writeTextFile(out, comparisonHtml(comparison))
  const left = empty.map(name => `${name} has no rows, and is not compared`)
  const notes = [...left, ...original.notes, ...drawn.notes.map(note => `synthetic: ${note}`)]
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

/** A single table may be called otherwise in the copy. */
function typesOf(tables: Table[], name: string): NonNullable<ReadTableOptions['columns']> {
  const table = tables.length === 1 ? tables[0] : tables.find(one => one.name === name)
  return Object.fromEntries(table?.columns.map(column => [column.name, column.type]) ?? [])
}

/** A table without any column of the original says so as what it is, not as a table that was read by wrong names. */
function strange(what: string, address: string, tables: Table[], error: unknown): never {
  const isStrange =
    error instanceof CultivarError &&
    error.code === 'not-found' &&
    tables.some(({ columns }) => columns.some(({ name }) => name === error.details['name']))
  if (!isStrange) throw error
  throw new CultivarError(
    'bad-input',
    `The ${what} table ${address} has no column of the real one.`,
    `The real one has: ${tables[0]!.columns
      .slice(0, 20)
      .map(({ name }) => name)
      .join(', ')}. Is it the right file, and does its first row name the columns?`,
  )
}
