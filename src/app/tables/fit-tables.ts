/** From files or a database to a model of tables: what `tables fit` does. */
import { randomBytes } from 'node:crypto'
import { CultivarError } from '../../model/error.ts'
import { listTables, type ReadTableOptions, readTable, shownAddress } from '../../table-files/index.ts'
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
  /** Under differential privacy: whether the noise comes from the seed, so that the same model comes out again. Then the seed must be kept secret. */
  noiseOfSeed?: boolean
  read?: ReadTableOptions
  /** Rows learned from, at most, drawn at random from a longer table; default 500,000. */
  sampleRows?: number
  /** Told what was noticed on reading, where the model must not keep it. */
  tell?: (note: string) => void
  signal?: AbortSignal
  observe?: (progress: StageProgress) => void
}

/**
 * @param addresses one file or table, several files, or a whole database
 * @throws CultivarError what reading throws; `bad-input` where the choice does not fit what was read.
 */
export async function fitTables(addresses: string[], choice: FitChoice): Promise<TableModel> {
  const { series, seed, synthesizer, constraints, columns, noiseOfSeed = false, signal, observe } = choice
  const privacy = noiseOfSeed ? choice.privacy : withSecret(choice.privacy)
  const isPrivate = privacy?.epsilon !== undefined
  const { tables, keys, notes: read } = await readAll(addresses, { ...choice, isSeries: series !== undefined })
  // They name single values, which no noise hides.
  const notes = isPrivate ? [] : read
  if (isPrivate) for (const note of read) choice.tell?.(note)
  const about = {
    cultivar: 'table model' as const,
    version: 1 as const,
    source: addresses.map(shownAddress).join(', '),
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
    checkSeriesChoice(choice)
    const fitted = fitSeries(only!, { ...options, ...series })
    return { ...about, notes: [...notes, ...fitted.notes], shape: 'series', series: fitted }
  }
  const table = fitTable(only!, { ...options, ...(constraints && { constraints }), ...(columns && { columns }) })
  return { ...about, notes: [...notes, ...table.notes, ...(isPrivate ? [] : seriesHint(only!))], shape: 'table', table }
}

/** A seed that stands in a command line, or is the usual one, keeps no noise secret. */
function withSecret(privacy: FitChoice['privacy']): FitChoice['privacy'] {
  return privacy?.epsilon === undefined ? privacy : { ...privacy, secret: randomBytes(32).toString('hex') }
}

/** What is learned from more rows is hardly other, and a file may be larger than memory. */
const mostRows = 500_000

/** All tables that are meant, with the keys they have. */
export async function readAll(
  addresses: string[],
  choice: Pick<FitChoice, 'tables' | 'keys' | 'read' | 'sampleRows' | 'signal' | 'observe'> & {
    isSeries?: boolean
    seed?: FitChoice['seed']
    /** Types of the columns of a table, where they are known. */
    columnsOf?: (table: string) => ReadTableOptions['columns']
  },
): Promise<{ tables: Table[]; keys: TableKeys[]; notes: string[] }> {
  const {
    tables: wanted,
    keys = [],
    read = {},
    sampleRows = mostRows,
    isSeries,
    seed,
    columnsOf,
    signal,
    observe,
  } = choice
  const listed = (await Promise.all(addresses.map(address => listTables(address)))).flat()
  const known = new Set(listed.map(({ name }) => name))
  const missing = wanted?.find(name => !known.has(name))
  checkKeyTables(keys, known)
  if (missing !== undefined) {
    throw new CultivarError('not-found', `There is no table “${missing}”.`, `There are: ${[...known].join(', ')}.`)
  }
  const stored = listed.filter(({ isView }) => !isView)
  const meant = stored.length > 0 ? stored : listed
  const chosen = wanted ? listed.filter(({ name }) => wanted.includes(name)) : meant
  if (chosen.length === 0) {
    throw new CultivarError('bad-input', 'There is no table to learn from.', 'Name a file, or a database with tables.')
  }
  // Rows that follow each other, or refer to each other, are only whole together.
  const sampled = chosen.length > 1 || isSeries ? {} : { sampleRows }
  const names = new Set(chosen.map(({ name }) => name))
  const tables: Table[] = []
  const left = wanted ? [] : listed.filter(table => !meant.includes(table)).map(({ name }) => name)
  const notes = left.length > 0 ? [`Views were left out, for they repeat rows of tables: ${left.join(', ')}`] : []
  for (const [at, { address, name }] of chosen.entries()) {
    signal?.throwIfAborted()
    observe?.({ stage: 'reading', share: at / chosen.length })
    const columns = columnsOf?.(name) ?? read.columns
    const found = await readTable(address, {
      ...read,
      ...sampled,
      emptyAllowed: chosen.length > 1,
      ...(columns && { columns }),
      ...(signal && { signal }),
      ...(seed !== undefined && { seed }),
    })
    tables.push({ ...found.table, name })
    notes.push(...found.notes.map(note => (chosen.length > 1 ? `${name}: ${note}` : note)))
  }
  const said = new Map(keys.map(entry => [entry.table, entry]))
  for (const entry of keys) {
    const table = tables.find(({ name }) => name === entry.table)
    if (table) checkKeyColumns(table, entry)
  }
  return {
    tables,
    keys: chosen.map(({ name, keys }) => {
      const { primaryKey = [], foreignKeys = [] } = said.get(name) ?? keys ?? {}
      return { table: name, primaryKey, foreignKeys: foreignKeys.filter(({ table }) => names.has(table)) }
    }),
    notes,
  }
}

/** What would be asked for and not done: worst of all a promise of privacy. */
function checkSeriesChoice({ privacy = {}, synthesizer, constraints = [], columns = {} }: FitChoice): void {
  const asked = [
    ...(privacy.epsilon === undefined ? [] : ['differential privacy']),
    ...(privacy.mergeBelow === undefined ? [] : ['merging of rare categories']),
    ...(privacy.neverReemit ? ['never giving out a number of the original'] : []),
    ...(synthesizer === undefined ? [] : ['a choice of synthesizers']),
    ...(constraints.length === 0 ? [] : ['constraints']),
    ...(Object.keys(columns).length === 0 ? [] : ['kinds of columns']),
  ]
  const [first, ...others] = asked
  if (first === undefined) return
  throw new CultivarError(
    'bad-input',
    `A series is learned without ${[first, ...others].join(' and ')}.`,
    'Leave that out, or fit the table without --series: its rows are then taken each for itself.',
  )
}

/** @throws CultivarError `not-found` */
function checkKeyTables(keys: TableKeys[], known: Set<string>): void {
  for (const table of keys.flatMap(({ table, foreignKeys }) => [table, ...foreignKeys.map(foreign => foreign.table)])) {
    if (known.has(table)) continue
    throw new CultivarError(
      'not-found',
      `A key names the table “${table}”, which is not there.`,
      `There ${known.size === 1 ? 'is' : 'are'}: ${[...known].join(', ')}.`,
    )
  }
}

/** Keys of a single table are not needed to learn it; named wrongly they are a slip all the same. */
function checkKeyColumns({ name, columns }: Table, { primaryKey, foreignKeys }: TableKeys): void {
  const missing = [...primaryKey, ...foreignKeys.flatMap(foreign => foreign.columns)].find(
    key => !columns.some(column => column.name === key),
  )
  if (missing === undefined) return
  throw new CultivarError(
    'not-found',
    `Table ${name} has no column “${missing}”, which a key names.`,
    `It has: ${columns.map(column => column.name).join(', ')}.`,
  )
}

function oneAtATime(what: string): CultivarError {
  return new CultivarError(
    'bad-input',
    `${what} can be given for one table alone, and several were named.`,
    'Fit the table by itself, or choose one with --tables NAME.',
  )
}

/** As it stands on a command line. */
function asArgument(name: string): string {
  return /^[\w.-]+$/.test(name) ? name : JSON.stringify(name)
}

function seriesHint(table: Table): string[] {
  const proposed = proposeSeries(table)
  if (!proposed) return []
  const { time, entity } = proposed
  return [
    `“${time}” looks like time${entity === undefined ? '' : ` within each “${entity}”`}, and rows were taken each for itself. To keep their order: --series time=${asArgument(time)}${entity === undefined ? '' : ` entity=${asArgument(entity)}`}`,
  ]
}
