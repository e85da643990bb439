/** Draws several tables that hang together: parents first, each family with its own size, every key valid. */
import { CultivarError } from '../../model/error.ts'
import { type RandomStream, randomStream } from '../../stats/random-stream.ts'
import { nearestName } from '../../text/nearest-name.ts'
import type { OpenedSources } from '../open-sources.ts'
import { drawRows } from '../synthesize/sample-table.ts'
import { type BlockSource, blockRows, type Column, type ColumnHeader, type Table } from '../table.ts'
import { takeTableRows, takeValues } from '../take-rows.ts'
import { assignReferences, columnOf, countsOf } from './assign-references.ts'
import { countsInAll, dealtCounts, repeated } from './child-counts.ts'
import { distinctKeys } from './distinct-keys.ts'
import { makeDistinct } from './distinct-pairs.ts'
import type { FittedMember, FittedRelated, Reference } from './fitted-related.ts'
import { numberRows } from './numbered-keys.ts'

export interface RelatedSampleOptions {
  seed: number
  /** Rows by table; children of a table that is not named follow from their parents. */
  sizes?: Record<string, number>
  /** How many times the rows that were learned from; default 1. Lists that others only look up stay as long as they are. */
  scale?: number
}

/** A table as drawn, with what only its children need, and whom its rows refer to. */
interface Made {
  drawn: Table
  /** By the columns of the foreign key. */
  keys: Map<string, Column>
  links: Map<string, Int32Array>
}

/**
 * All tables are made at once and held in memory: which rows exist decides what can be referred to.
 *
 * @throws CultivarError `bad-input` where sizes name no table.
 */
export function openRelatedSampler(related: FittedRelated, options: RelatedSampleOptions): OpenedSources {
  const { tables } = related
  checkSizes(tables, options.sizes ?? {})
  const random = randomStream(options.seed)
  const notes: string[] = []
  const made = new Map<string, Made>()
  for (const member of tables) made.set(member.name, makeTable(member, made, tables, options, random, notes))
  for (const member of tables) {
    for (const reference of member.references.filter(({ isLate }) => isLate)) {
      refer(made.get(member.name)!, member, reference, made.get(reference.key.table)!, random)
    }
  }
  return { sources: tables.map(member => sourceOf(member, made.get(member.name)!)), notes }
}

function checkSizes(tables: FittedMember[], sizes: Record<string, number>): void {
  const names = tables.map(({ name }) => name)
  const unknown = Object.keys(sizes).find(name => !names.includes(name))
  if (unknown === undefined) return
  const near = nearestName(unknown, names)
  throw new CultivarError(
    'bad-input',
    `The model has no table “${unknown}”${near ? ` (did you mean “${near}”?)` : ''}.`,
    `It has: ${names.join(', ')}.`,
  )
}

function makeTable(
  member: FittedMember,
  made: Map<string, Made>,
  tables: FittedMember[],
  options: RelatedSampleOptions,
  seeded: RandomStream,
  notes: string[],
): Made {
  const random = seeded.fork(member.name)
  const { main, name, given } = member
  const parent = main && made.get(main.key.table)!
  const learned = tables.find(other => other.name === main?.key.table)?.rows ?? 0
  const parents = main && parent ? familyLinks(member, parent, learned, options, random) : undefined
  const rows = parents ? parents.length : rootRows(member, tables, options)
  const conditions: Table | undefined = parents && {
    name,
    rows,
    columns: given.map(({ name, from }) => ({ ...takeValues(columnOf(parent!.drawn, from), parents), name })),
  }
  const drawn = member.fitted
    ? drawRows(member.fitted, rows, random.fork('rows'), conditions)
    : { name, rows, columns: [] }
  const table: Made = { drawn, keys: new Map(), links: new Map() }
  if (main && parents) link(table, main.key.columns, main.key.references, parent!, parents)
  for (const reference of member.references.filter(({ isLate }) => !isLate)) {
    refer(table, member, reference, made.get(reference.key.table)!, seeded)
  }
  const foreign = [...(main ? [main.key] : []), ...member.references.map(({ key }) => key)]
  for (const { column, from, by } of member.copied) {
    const key = foreign.find(({ columns }) => columns.join() === by.join())!
    const { drawn, keys } = made.get(key.table)!
    const copied = keys.get(from) ?? columnOf(drawn, from)
    table.keys.set(column, { ...takeValues(copied, table.links.get(by.join())!), name: column })
  }
  const kept = distinctRows(member, table, made, random)
  if (kept.drawn.rows < rows) {
    notes.push(`${rows - kept.drawn.rows} rows of ${name} were left out: all that their key could refer to was taken.`)
  }
  for (const key of member.numbered) {
    kept.keys.set(key.column, numberRows(key, kept.drawn.rows, main && kept.links.get(main.key.columns.join())))
  }
  return withDistinctKeys(member, kept, notes)
}

/** Keys with columns that are drawn like others may come twice. */
function withDistinctKeys({ name, primaryKey, numbered }: FittedMember, table: Made, notes: string[]): Made {
  const columns = primaryKey.flatMap(column => table.keys.get(column) ?? columnOf(table.drawn, column) ?? [])
  const own = new Set(primaryKey.filter(column => !table.keys.has(column)))
  if (numbered.length > 0 || own.size === 0 || columns.length < primaryKey.length) return table
  const { changed, dropped } = distinctKeys(columns, own, table.drawn.rows)
  if (changed) table.keys.set(changed.name, changed)
  if (dropped.size === 0) return table
  notes.push(`${dropped.size} rows of ${name} were left out: their key was that of another row.`)
  return withoutRows(table, dropped)
}

function rootRows({ name, rows }: FittedMember, tables: FittedMember[], { sizes, scale = 1 }: RelatedSampleOptions) {
  if (rows === 0) return 0
  const referring = tables.flatMap(({ main, references }) => [
    ...(main?.key.table === name ? ['main'] : []),
    ...references.filter(({ key }) => key.table === name).map(({ how }) => how.kind),
  ])
  const isLookedUp = referring.length > 0 && referring.every(kind => kind === 'place')
  return sizes?.[name] ?? (isLookedUp ? rows : Math.round(rows * scale))
}

/**
 * The parent of each row, −1 for those without; families in the order of their parents. Without a size of its own a table grows as its
 * parent did.
 */
function familyLinks(
  { main, name, rows }: FittedMember,
  parent: Made,
  learnedParents: number,
  { sizes }: RelatedSampleOptions,
  random: RandomStream,
): Int32Array {
  const { count, orphans, sizes: families } = main!
  const drawn = dealtCounts(countsOf(columnOf(parent.drawn, count)), families)
  const wanted = sizes?.[name] ?? Math.round((rows * parent.drawn.rows) / Math.max(1, learnedParents))
  const counts = countsInAll(drawn, Math.round(wanted * (1 - orphans)), random.fork('sizes'))
  const links = new Int32Array(wanted).fill(-1)
  links.set(repeated(counts))
  return links
}

function refer(table: Made, member: FittedMember, reference: Reference, parent: Made, seeded: RandomStream): void {
  const { columns, references } = reference.key
  const random = seeded.fork(member.name).fork(columns.join())
  link(table, columns, references, parent, assignReferences(reference, table.drawn, parent.drawn, random))
}

/** Key columns get the values of the rows they refer to. */
function link(table: Made, columns: string[], references: string[], parent: Made, rows: Int32Array): void {
  table.links.set(columns.join(), rows)
  for (const [at, name] of columns.entries()) {
    const referred = parent.keys.get(references[at]!) ?? columnOf(parent.drawn, references[at]!)
    table.keys.set(name, { ...takeValues(referred, rows), name })
  }
}

/** Where the key is made of references alone, no two rows refer to the same. */
function distinctRows(member: FittedMember, table: Made, made: Map<string, Made>, random: RandomStream): Made {
  const { primaryKey, main, references } = member
  const early = references.filter(({ isLate }) => !isLate).map(({ key }) => key)
  const foreign = [...(main ? [main.key] : []), ...early].filter(({ columns }) =>
    columns.every(column => primaryKey.includes(column)),
  )
  const covered = foreign.flatMap(({ columns }) => columns)
  const last = foreign.at(-1)
  if (!last || primaryKey.length === 0 || !primaryKey.every(column => covered.includes(column))) return table
  const parent = made.get(last.table)!
  const dropped = makeDistinct(
    foreign.map(({ columns }) => table.links.get(columns.join())!),
    parent.drawn.rows,
    random.fork('distinct'),
  )
  link(table, last.columns, last.references, parent, table.links.get(last.columns.join())!)
  if (dropped.size === 0) return table
  return withoutRows(table, dropped)
}

function withoutRows(table: Made, dropped: ReadonlySet<number>): Made {
  const rows = Int32Array.from([...Array(table.drawn.rows).keys()].filter(row => !dropped.has(row)))
  return {
    drawn: takeTableRows(table.drawn, rows),
    keys: new Map([...table.keys].map(([name, column]) => [name, takeValues(column, rows)])),
    links: new Map([...table.links].map(([name, links]) => [name, rows.map(row => links[row]!)])),
  }
}

function sourceOf({ name, columns }: FittedMember, { drawn, keys }: Made): BlockSource {
  const all = columns.map(header => keys.get(header.name) ?? columnOf(drawn, header.name) ?? emptyColumn(header))
  return {
    name,
    columns: all.map((column, at) => headerFor(column, columns[at]!)),
    rows: drawn.rows,
    blocks: Math.ceil(drawn.rows / blockRows),
    block(index) {
      const from = index * blockRows
      const to = Math.min(drawn.rows, from + blockRows)
      return { name, rows: to - from, columns: all.map((column, at) => slice(column, columns[at]!.name, from, to)) }
    },
  }
}

/** Of a table that had no rows, of which nothing was learned. */
function emptyColumn(header: ColumnHeader): Column {
  if (header.storage === 'numbers') return { ...header, values: new Float64Array(0) }
  if (header.storage === 'codes') return { ...header, codes: new Int32Array(0) }
  return { ...header, values: [] }
}

function headerFor(column: Column, header: BlockSource['columns'][number]): BlockSource['columns'][number] {
  if (column.storage === 'codes') {
    return { name: header.name, storage: 'codes', type: 'category', dictionary: column.dictionary }
  }
  if (column.storage === 'texts') return { name: header.name, storage: 'texts', type: 'text' }
  const { storage, type, decimals, pattern } = column
  return {
    name: header.name,
    storage,
    type,
    ...(decimals !== undefined && { decimals }),
    ...(pattern !== undefined && { pattern }),
  }
}

function slice(column: Column, name: string, from: number, to: number): Column {
  if (column.storage === 'numbers') return { ...column, name, values: column.values.slice(from, to) }
  if (column.storage === 'codes') return { ...column, name, codes: column.codes.slice(from, to) }
  return { ...column, name, values: column.values.slice(from, to) }
}
