/** Opens a table wherever it is, recognises its columns by its first rows, and gives it block by block. */
import { CultivarError } from '../model/error.ts'
import { blockRows, type Table, type TableStream } from '../tables/table.ts'
import { nearestName } from '../text/nearest-name.ts'
import { ownValue } from '../text/own-value.ts'
import { checkFile, parseAddress, type TableAddress, unreadable } from './address.ts'
import { type ColumnBuilder, columnBuilder } from './column-builder.ts'
import { columnNotes } from './column-notes.ts'
import { openCsv } from './csv-rows.ts'
import { openJson, openJsonLines } from './json-rows.ts'
import { shownUrl } from './open-postgres.ts'
import { openPostgresTable } from './postgres-tables.ts'
import type { ReadTableOptions } from './read-options.ts'
import { openParquet } from './read-parquet.ts'
import { type ColumnPlan, oddShare, recognizeColumn } from './recognize-column.ts'
import type { RowSampler } from './row-sampler.ts'
import type { RowSource } from './row-source.ts'
import { openSqliteTable } from './sqlite-tables.ts'

export interface OpenTable extends TableStream {
  /** What was guessed and left out; complete when the last block has come. */
  notes: string[]
  /** Columns that turned out to be texts after they were taken for numbers or dates: when the last block has come. */
  misread(): string[]
}

/** By how many rows and cells the columns are recognised. */
const looked = { rows: 16_384, cells: 1_000_000 }

/**
 * @throws CultivarError `not-found`, `bad-file`, `bad-input` with what to do; faults of the file that show later are thrown by the blocks.
 */
export function openTableStream(address: string, options: ReadTableOptions = {}): Promise<OpenTable> {
  return openRecognized(address, options)
}

/** With a sampler, the blocks have only the rows that it keeps. */
export async function openRecognized(
  address: string,
  options: ReadTableOptions,
  sampler?: RowSampler,
): Promise<OpenTable> {
  const place = parseAddress(address, options.format)
  const notes: string[] = []
  if (place.format !== 'postgres') await checkFile(place.location)
  try {
    if (place.format === 'parquet')
      return await openParquet(place.location, options.name ?? place.name, options, notes, sampler)
    return await recognized(await openRows(place, options, notes), options, notes, sampler)
  } catch (error) {
    const shown = place.format === 'postgres' ? shownUrl(place.location) : place.location
    throw error instanceof CultivarError || options.signal?.aborted ? error : unreadable(shown, error)
  }
}

async function openRows(place: TableAddress, options: ReadTableOptions, notes: string[]): Promise<RowSource> {
  const name = options.name ?? place.name
  switch (place.format) {
    case 'sqlite':
      return openSqliteTable(place.location, place.table, name)
    case 'postgres':
      return openPostgresTable(place.location, place.table, name)
    case 'json':
      return openJson(place.location, name, options, notes)
    case 'jsonl':
      return openJsonLines(place.location, name, options, notes)
    case 'tsv':
      return openCsv(place.location, name, { delimiter: '\t', ...options }, notes)
    default:
      return openCsv(place.location, name, options, notes)
  }
}

async function recognized(
  source: RowSource,
  options: ReadTableOptions,
  notes: string[],
  sampler: RowSampler | undefined,
): Promise<OpenTable> {
  const batches = source.batches[Symbol.asyncIterator]()
  const head: string[][] = []
  const wanted = Math.min(looked.rows, Math.ceil(looked.cells / Math.max(1, source.names.length)))
  let ended = false
  while (head.length < wanted) {
    const next = await batches.next()
    if (next.done) {
      ended = true
      break
    }
    for (const row of next.value) head.push(row)
  }
  if (head.length === 0 && !(options.emptyAllowed && source.names.length > 0)) throw noRows(source.name, notes)
  checkAsked(options, source.names)
  const builders = source.names.map((name, column) =>
    columnBuilder(
      planOf(
        source,
        options,
        name,
        head.map(row => row[column] as string),
      ),
    ),
  )
  for (const { plan } of builders) notes.push(...plan.notes)
  const rest = async function* () {
    // In parts that fit the processor's cache.
    while (head.length > 0) yield head.splice(0, 2048)
    if (!ended) yield* { [Symbol.asyncIterator]: () => batches }
  }
  return {
    name: source.name,
    columns: builders.map(builder => builder.header()),
    blocks: blocksOf(source.name, rest(), builders, options, notes, sampler),
    notes,
    misread: () => builders.filter(isMisread).map(({ plan }) => plan.name),
  }
}

function planOf(source: RowSource, options: ReadTableOptions, name: string, values: string[]): ColumnPlan {
  const counts = new Map<string, number>()
  for (const value of values) if (value !== '') counts.set(value, (counts.get(value) ?? 0) + 1)
  const asked = ownValue(options.columns, name) ?? source.declared?.get(name)
  const { dayFirst, nulls = source.knowsNull ? [] : undefined } = options
  return recognizeColumn(name, counts, {
    decimal: source.decimal,
    ...(dayFirst === undefined ? {} : { dayFirst }),
    ...(nulls ? { nulls } : {}),
    ...(asked ? { asked } : {}),
  })
}

async function* blocksOf(
  name: string,
  batches: AsyncIterable<string[][]>,
  builders: ColumnBuilder[],
  { signal, observe }: ReadTableOptions,
  notes: string[],
  sampler: RowSampler | undefined,
): AsyncGenerator<Table> {
  let rows = 0
  let held = 0
  const take = (): Table => {
    const table = { name, rows: held, columns: builders.map(builder => builder.take()) }
    held = 0
    return table
  }
  for await (const arrived of batches) {
    signal?.throwIfAborted()
    const batch = sampler ? arrived.filter(() => sampler.keep()) : arrived
    for (let from = 0; from < batch.length; ) {
      const to = Math.min(batch.length, from + blockRows - held)
      for (const [column, builder] of builders.entries()) {
        for (let row = from; row < to; row++) builder.add((batch[row] as string[])[column] as string)
      }
      held += to - from
      from = to
      if (held === blockRows) yield take()
    }
    rows += arrived.length
    observe?.(rows)
  }
  if (held > 0) yield take()
  notes.push(...builders.flatMap(columnNotes))
}

/** More odd values than may become nulls, or some that only a text keeps whole. */
function isMisread({ plan, tally }: ColumnBuilder): boolean {
  return tally.odd > 0 && !plan.asked && (tally.code || tally.odd > oddShare * (tally.values + tally.odd))
}

/** One choice of types may be meant for several tables: only if none of its columns is there, it is a slip for certain. */
function checkAsked({ columns = {} }: ReadTableOptions, names: string[]): void {
  const asked = Object.keys(columns)
  const [name] = asked
  if (name === undefined || asked.some(column => names.includes(column))) return
  const near = nearestName(name, names)
  throw new CultivarError(
    'not-found',
    `The table has no column "${name}".`,
    near === undefined ? `Its columns are ${names.slice(0, 20).join(', ')}.` : `Did you mean "${near}"?`,
    { name },
  )
}

function noRows(name: string, notes: string[]): CultivarError {
  const left = notes.find(note => note.includes('left out: line'))
  return new CultivarError(
    'bad-file',
    `The table "${name}" has no rows${left ? ` that can be read (${left})` : ''}.`,
    left
      ? 'Say how it is written: --delimiter, --quote, --header.'
      : 'It has a header at most. Choose a table with values.',
    { name },
  )
}
