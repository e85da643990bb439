/** From files or a database to a model of tables: what `tables fit` does. */

import { CultivarError } from '../../model/error.ts'
import { listTables, type ReadTableOptions, readTable } from '../../table-files/index.ts'
import { fitRelated } from '../../tables/related/fit-related.ts'
import { fitSeries } from '../../tables/series/fitted/fit-series.ts'
import { proposeSeries } from '../../tables/series/fitted/propose-series.ts'
import { type FitTableOptions, fitTable } from '../../tables/synthesize/fit-table.ts'
import type { Table } from '../../tables/table.ts'
import type { TableKeys } from '../../tables/table-keys.ts'
import type { TableModel } from '../../tables/table-model.ts'
import type { StageProgress } from './stage-progress.ts'

export interface FitChoice extends Omit<FitTableOptions, 'given' | 'signal' | 'observe'> {
  /** Of a database with several tables: only these. */
  tables?: string[]
  /** Keys that the files do not say, as CSV files never do. */
  keys?: TableKeys[]
  series?: { time: string; entity?: string }
  read?: ReadTableOptions
  /** Rows learned from, at most, drawn at random from a longer table; default 500,000. */
  sampleRows?: number
  signal?: AbortSignal
  observe?: (progress: StageProgress) => void
}

/**
 * @param addresses one file or table, several files, or a whole database
 * @throws CultivarError what reading throws; `bad-input` where the choice does not fit what was read.
 */
export async function fitTables(addresses: string[], choice: FitChoice): Promise<TableModel> {
  const { series, seed, synthesizer, constraints, columns, privacy, signal, observe } = choice
  const { tables, keys, notes } = await readAll(addresses, { ...choice, isSeries: series !== undefined })
  const about = {
    cultivar: 'table model' as const,
    version: 1 as const,
    source: addresses.join(', '),
    learnedFrom: Object.fromEntries(tables.map(({ name, rows }) => [name, rows])),
  }
  const options = {
    seed,
    ...(synthesizer && { synthesizer }),
    ...(privacy && { privacy }),
    ...(signal && { signal }),
    ...(observe && { observe: (share: number) => observe({ stage: 'learning', share }) }),
  }
  const [only] = tables
  if (tables.length > 1) {
    if (series) throw oneAtATime('A series')
    if (constraints?.length || columns) throw oneAtATime('Constraints and kinds of columns')
    const { related, notes: found } = fitRelated(tables, keys, options)
    return { ...about, notes: [...notes, ...found], shape: 'related', related }
  }
  if (series) {
    const fitted = fitSeries(only!, { ...options, ...series })
    return { ...about, notes: [...notes, ...fitted.notes], shape: 'series', series: fitted }
  }
  const table = fitTable(only!, { ...options, ...(constraints && { constraints }), ...(columns && { columns }) })
  return { ...about, notes: [...notes, ...table.notes, ...seriesHint(only!)], shape: 'table', table }
}

/** What is learned from more rows is hardly other, and a file may be larger than memory. */
const mostRows = 500_000

/** All tables that are meant, with the keys they have. */
export async function readAll(
  addresses: string[],
  choice: Pick<FitChoice, 'tables' | 'keys' | 'read' | 'sampleRows' | 'signal' | 'observe'> & { isSeries?: boolean },
): Promise<{ tables: Table[]; keys: TableKeys[]; notes: string[] }> {
  const { tables: wanted, keys = [], read = {}, sampleRows = mostRows, isSeries, signal, observe } = choice
  const listed = (await Promise.all(addresses.map(address => listTables(address)))).flat()
  const known = new Set(listed.map(({ name }) => name))
  const missing = wanted?.find(name => !known.has(name))
  if (missing !== undefined) {
    throw new CultivarError('not-found', `There is no table “${missing}”.`, `There are: ${[...known].join(', ')}.`)
  }
  const chosen = wanted ? listed.filter(({ name }) => wanted.includes(name)) : listed
  if (chosen.length === 0) {
    throw new CultivarError('bad-input', 'There is no table to learn from.', 'Name a file, or a database with tables.')
  }
  // Rows that follow each other, or refer to each other, are only whole together.
  const sampled = chosen.length > 1 || isSeries ? {} : { sampleRows }
  const names = new Set(chosen.map(({ name }) => name))
  const tables: Table[] = []
  const notes: string[] = []
  for (const [at, { address, name }] of chosen.entries()) {
    signal?.throwIfAborted()
    observe?.({ stage: 'reading', share: at / chosen.length })
    const found = await readTable(address, { ...read, ...sampled, ...(signal && { signal }) })
    tables.push({ ...found.table, name })
    notes.push(...found.notes.map(note => (chosen.length > 1 ? `${name}: ${note}` : note)))
  }
  const said = new Map(keys.map(entry => [entry.table, entry]))
  return {
    tables,
    keys: chosen.map(({ name, keys }) => {
      const { primaryKey = [], foreignKeys = [] } = said.get(name) ?? keys ?? {}
      return { table: name, primaryKey, foreignKeys: foreignKeys.filter(({ table }) => names.has(table)) }
    }),
    notes,
  }
}

function oneAtATime(what: string): CultivarError {
  return new CultivarError(
    'bad-input',
    `${what} can be given for one table alone, and several were named.`,
    'Fit the table by itself, or choose one with --tables NAME.',
  )
}

function seriesHint(table: Table): string[] {
  const proposed = proposeSeries(table)
  if (!proposed) return []
  const { time, entity } = proposed
  return [
    `“${time}” looks like time${entity === undefined ? '' : ` within each “${entity}”`}, and rows were taken each for itself. To keep their order: --series time=${time}${entity === undefined ? '' : ` entity=${entity}`}`,
  ]
}
