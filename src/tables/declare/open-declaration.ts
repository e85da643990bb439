/** Opens a declaration: checks all of it, and gives the tables as sources of blocks. */
import { nearestName } from '../../text/nearest-name.ts'
import { openSeries } from '../series/declared/open-series.ts'
import type { BlockSource, CategoryColumn, Column, NumberColumn } from '../table.ts'
import type { ForeignKey, TableKeys } from '../table-keys.ts'
import type { ParentTable } from './block-maker.ts'
import type { Declaration, ReadDeclaration, SeriesTableChoice, TableChoice } from './declaration.ts'
import { openTable } from './declared-table.ts'
import { at, type Path, readDeclaration, recipeFault } from './read-declaration.ts'
import { isParentKey } from './unique-sets.ts'

export interface DeclarationOptions {
  seed: number
  /** Of the only table. */
  rows?: number
  /** By table, where there are several; children are given out in proportion. */
  sizes?: Record<string, number>
  /** Only so many rows of each table are made, and so many entities and readings of a series: to look at, like the first of all but not the same. */
  first?: number
}

export interface OpenedDeclaration {
  sources: BlockSource[]
  keys: TableKeys[]
  /** What to know about the tables, for people. */
  notes: string[]
}

/**
 * The same seed gives the same tables; a block depends on its number alone. Columns of made-up names need `loadLocales`
 * to be awaited before.
 *
 * @throws CultivarError `bad-recipe` with the path of what is wrong, `bad-input` for sizes of tables that are not there.
 */
export function openDeclaration(
  declaration: Declaration,
  { seed, rows, sizes = {}, first = Number.POSITIVE_INFINITY }: DeclarationOptions,
): OpenedDeclaration {
  const read = readDeclaration(declaration)
  const tables = tablesOf(read)
  const notes: string[] = []
  const asked = (name: string) => sizes[name] ?? (tables.length === 1 ? rows : undefined)
  for (const name of Object.keys(sizes)) requireTable(name, tables)
  if (rows !== undefined && tables.length > 1) {
    throw recipeFault([], 'a number of rows was given for several tables', 'Say how many rows each table has.')
  }
  const opened = new Map<string, ParentTable & { source: BlockSource }>()
  const opening: string[] = []
  const tableOf = (name: string, path: Path): ParentTable & { source: BlockSource } => {
    const known = opened.get(name)
    if (known) return known
    const found = tables.find(table => table.name === name)
    if (!found || 'series' in found.choice) {
      const names = tables.flatMap(table => ('series' in table.choice ? [] : [table.name]))
      const near = nearestName(name, names)
      throw recipeFault(
        path,
        `there is no table “${name}”`,
        near ? `Did you mean “${near}”?` : `There are ${names.join(', ')}.`,
      )
    }
    const start = opening.indexOf(name)
    if (start >= 0) {
      const circle = [...opening.slice(start), name].join(' → ')
      throw recipeFault(path, `tables need each other in a circle: ${circle}`, 'Let one of them not refer to the next.')
    }
    opening.push(name)
    const calendars = ('calendars' in read && read.calendars) || {}
    const table = openTable(found.choice, {
      name,
      path: found.path,
      seed,
      asked: asked(name),
      first,
      calendars,
      notes,
      table: tableOf,
    })
    opening.pop()
    opened.set(name, table)
    return table
  }
  const sources = tables.flatMap(({ name, choice, path }): BlockSource[] => {
    if (!('series' in choice)) return [tableOf(name, path).source]
    const keys = choice.of === undefined ? undefined : keysOf(tableOf(choice.of, [...path, 'of']), [...path, 'of'])
    const series = at(path, () => openSeries(choice.series, { seed, name, first, ...(keys && { keys }) }))
    notes.push(...series.notes)
    return series.sources
  })
  return { sources, keys: tables.flatMap(({ name, choice }) => tableKeys(name, choice, opened)), notes }
}

interface NamedTable {
  name: string
  path: Path
  choice: TableChoice | SeriesTableChoice
}

function tablesOf(read: ReadDeclaration): NamedTable[] {
  if ('tables' in read) {
    return Object.entries(read.tables).map(([name, choice]) => ({ name, choice, path: ['tables', name] }))
  }
  return [{ name: read.name ?? 'table', choice: read, path: [] }]
}

function requireTable(name: string, tables: NamedTable[]): void {
  if (tables.some(table => table.name === name)) return
  const names = tables.map(table => table.name)
  throw recipeFault([], `a size was given for “${name}”, but there is no such table`, `There are ${names.join(', ')}.`)
}

/** Keys of a table as texts. */
function keysOf(table: ParentTable, path: Path): string[] {
  if (table.key === undefined)
    throw recipeFault(path, `table “${table.name}” has no key`, 'Name the column that identifies its rows: key: id')
  const column: Column = table.whole(table.key)
  if (column.storage === 'numbers') return Array.from((column as NumberColumn).values, String)
  if (column.storage === 'codes')
    return Array.from(column.codes, code => (column as CategoryColumn).dictionary[code] ?? '')
  return column.values.map(value => value ?? '')
}

function tableKeys(
  name: string,
  choice: TableChoice | SeriesTableChoice,
  tables: ReadonlyMap<string, ParentTable>,
): TableKeys[] {
  if ('series' in choice) return []
  const parent = choice.parent === undefined ? undefined : tables.get(choice.parent)
  const foreignKeys = Object.entries(choice.columns).flatMap(([column, one]): ForeignKey[] => {
    if (parent && isParentKey(one, parent))
      return [{ columns: [column], table: parent.name, references: [parent.key!] }]
    if (typeof one !== 'object' || !('references' in one)) return []
    return [{ columns: [column], table: one.references, references: [tables.get(one.references)!.key!] }]
  })
  return [{ table: name, primaryKey: choice.key === undefined ? [] : [choice.key].flat(), foreignKeys }]
}
