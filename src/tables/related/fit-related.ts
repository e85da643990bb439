/** Learns several tables by their keys: families of rows keep their sizes and what they have in common. */
import { CultivarError } from '../../model/error.ts'
import { type FitTableOptions, fitTable } from '../synthesize/fit-table.ts'
import type { Column, ColumnHeader, Table } from '../table.ts'
import type { ForeignKey, TableKeys } from '../table-keys.ts'
import { takeValues } from '../take-rows.ts'
import { type CoarseCodes, coarseCodes, dependence } from './coarse-codes.ts'
import { copiedColumns } from './copied-columns.ts'
import { alikeColumns, countColumn, familyColumn } from './family-columns.ts'
import type { CopiedColumn, FittedMember, FittedRelated, GivenColumn, Reference } from './fitted-related.ts'
import { countChildren, linkRows, repeatedKeys } from './link-rows.ts'
import { numberedKeys } from './numbered-keys.ts'
import { type OrderedTable, orderTables } from './order-tables.ts'

export type FitRelatedOptions = Pick<FitTableOptions, 'synthesizer' | 'seed' | 'privacy' | 'signal' | 'observe'>

/** Tables so small that each row is a kind of its own, as a list of genres is. */
const mostPlaces = 64
/** Columns of a parent, and of its own parents, that condition its children. */
const mostGiven = 12
/** A column tells so much of another at least, to be worth conditioning on. */
const leastDependence = 0.002

/** A table on its way: what it will be learned from grows as its children are looked at. */
interface Growing extends OrderedTable {
  table: string
  source: Table
  /** Its own columns that are no keys and repeat nothing. */
  own: Column[]
  copied: CopiedColumn[]
  /** What is known of its children. */
  hidden: Column[]
  links: Map<ForeignKey, Int32Array>
  coded: Map<string, CoarseCodes>
}

/**
 * @param tables at least two; each entry of `keys` names one of them
 * @throws CultivarError `bad-input` where keys name what is not there, or rows of a parent have equal keys.
 */
export function fitRelated(
  tables: Table[],
  keys: TableKeys[],
  options: FitRelatedOptions,
): { related: FittedRelated; notes: string[] } {
  checkKeys(tables, keys)
  const byName = new Map(tables.map(table => [table.name, table]))
  const notes: string[] = []
  const links = new Map<ForeignKey, Int32Array>()
  for (const { table, foreignKeys } of keys) {
    for (const key of foreignKeys) links.set(key, linked(byName.get(table)!, byName.get(key.table)!, key, notes))
  }
  const perParent = (key: ForeignKey, table: string) =>
    byName.get(table)!.rows / Math.max(1, byName.get(key.table)!.rows)
  const { order, notes: circles } = orderTables(keys, perParent)
  notes.push(...circles)
  const growing = new Map<string, Growing>()
  for (const entry of order) growing.set(entry.table, begun(entry, byName.get(entry.table)!, links, growing))
  const drafts = order.map(entry => {
    const member = growing.get(entry.table)!
    const draft = withParents(member, growing, options)
    for (const line of draft.notes) notes.push(line)
    return { member, draft }
  })
  let done = 0
  const fitted = drafts.map(({ member, draft }): FittedMember => {
    const { source, own, hidden, primaryKey } = member
    const modelled = [...draft.given.map(({ column }) => column), ...own, ...draft.wanted, ...hidden]
    const isEmpty = source.rows === 0 || modelled.length === draft.given.length
    const part = isEmpty
      ? undefined
      : fitTable(
          { name: source.name, rows: source.rows, columns: modelled },
          {
            ...options,
            given: draft.given.map(({ name }) => name),
            ...(options.observe && { observe: share => options.observe!((done + share) / drafts.length) }),
          },
        )
    done++
    notes.push(...(part?.notes ?? []).map(note => `${source.name}: ${note}`))
    return {
      name: source.name,
      rows: source.rows,
      columns: source.columns.map(headerOf),
      numbered: numberedKeys(source, primaryKey, member.main, allForeign(member)),
      primaryKey,
      copied: member.copied,
      ...(draft.main && { main: draft.main }),
      references: draft.references,
      ...(part && { fitted: part }),
      given: part ? draft.given.map(({ name, from }) => ({ name, from })) : [],
    }
  })
  return { related: { tables: fitted }, notes }
}

function checkKeys(tables: Table[], keys: TableKeys[]): void {
  const byName = new Map(tables.map(table => [table.name, table]))
  const check = (table: string, columns: string[]) => {
    const there = byName.get(table)
    const missing = there ? columns.find(name => !there.columns.some(column => column.name === name)) : undefined
    if (there && missing === undefined) return
    throw new CultivarError(
      'bad-input',
      there
        ? `Table ${table} has no column “${missing}”, which a key names.`
        : `A key names the table ${table}, which is not there.`,
      there
        ? `It has: ${there.columns.map(({ name }) => name).join(', ')}.`
        : `There are: ${tables.map(({ name }) => name).join(', ')}.`,
    )
  }
  for (const { table, primaryKey, foreignKeys } of keys) {
    check(table, primaryKey)
    for (const key of foreignKeys) {
      check(table, key.columns)
      check(key.table, key.references)
      const repeated = repeatedKeys(byName.get(key.table)!, key.references)
      if (repeated === 0) continue
      throw new CultivarError(
        'bad-input',
        `${repeated} rows of ${key.table} have the same ${key.references.join(', ')} as another row, so ${table} cannot refer to them by it.`,
        'Name the column that tells rows apart, or remove the repeated rows.',
      )
    }
  }
}

function linked(child: Table, parent: Table, key: ForeignKey, notes: string[]): Int32Array {
  const { rows, broken } = linkRows(child, parent, key)
  if (broken > 0) {
    notes.push(
      `${broken} of ${child.rows} rows of ${child.name} refer by ${key.columns.join(', ')} to a row that ${parent.name} does not have; they count as referring to nothing.`,
    )
  }
  return rows
}

function begun(
  entry: OrderedTable,
  source: Table,
  links: Map<ForeignKey, Int32Array>,
  growing: Map<string, Growing>,
): Growing {
  const foreign = [...(entry.main ? [entry.main] : []), ...entry.others.map(({ key }) => key)]
  const keyColumns = new Set([
    ...foreign.flatMap(({ columns }) => columns),
    ...numberedKeys(source, entry.primaryKey, entry.main, foreign).map(({ column }) => column),
  ])
  const free = source.columns.filter(({ name }) => !keyColumns.has(name))
  const parents = foreign.flatMap(key => {
    const parent = growing.get(key.table)
    return parent ? [{ key, parent: parent.source, rows: links.get(key)!, columns: parent.own }] : []
  })
  const copied = copiedColumns(source, free, parents)
  const own = free.filter(({ name }) => !copied.some(({ column }) => column === name))
  const coded = new Map(
    own.flatMap(column => {
      const codes = coarseCodes(column)
      return codes ? [[column.name, codes] as const] : []
    }),
  )
  return { ...entry, source, own, copied, hidden: [], links, coded }
}

interface Draft {
  given: (GivenColumn & { column: Column })[]
  main?: FittedMember['main']
  references: Reference[]
  /** What kind of row each reference wants, as columns of this table. */
  wanted: Column[]
  notes: string[]
}

/** Looks at a table’s parents, and leaves with each what it must know of these children. */
function withParents(member: Growing, growing: Map<string, Growing>, options: FitRelatedOptions): Draft {
  const { source, main, others, links } = member
  const draft: Draft = { given: [], references: [], wanted: [], notes: [] }
  if (main) {
    const parent = growing.get(main.table)!
    const rows = links.get(main)!
    const told = leaveWithParent(member, parent, main, rows)
    draft.main = {
      key: main,
      count: told.count,
      orphans: shareOf(rows, row => row < 0),
      ...fewCounts(rows, parent.source.rows, options),
    }
    draft.given = chooseGiven(member, parent, rows, told.all)
  }
  for (const { key, isLate } of others) {
    const parent = growing.get(key.table)!
    draft.references.push(referenceTo(parent, member, key, isLate, draft, options))
  }
  if (source.rows === 0) draft.notes.push(`${source.name} has no rows, and stays empty.`)
  else if (source.rows < 500) draft.notes.push(`${source.name} has ${source.rows} rows: too few to learn much from.`)
  return draft
}

/** The parent learns how many of these children each of its rows has, and in what siblings are alike. */
function leaveWithParent(
  { source, coded, own }: Growing,
  parent: Growing,
  key: ForeignKey,
  rows: Int32Array,
): { count: string; all: string[] } {
  const name = `${source.name}.${key.columns.join('+')}`
  const count = `number of ${name}`
  const parents = parent.source.rows
  const alike = alikeColumns(coded, rows, parents).map(column => ({
    title: `${column} of ${name}`,
    column: own.find(one => one.name === column)!,
  }))
  parent.hidden.push(
    countColumn(count, countChildren(rows, parents)),
    ...alike.map(({ title, column }) => familyColumn(title, column, rows, parents)),
  )
  return { count, all: [count, ...alike.map(({ title }) => title)] }
}

/** What the parent says of these children first, then those of its columns that tell most of them. */
function chooseGiven(member: Growing, parent: Growing, rows: Int32Array, told: string[]): Draft['given'] {
  const pairs = { of: rows, to: Int32Array.from(rows, (_, row) => row) }
  const telling = [...parent.coded]
    .map(([name, coded]) => ({
      name,
      tells: [...member.coded.values()].reduce((most, own) => Math.max(most, dependence(coded, own, pairs)), 0),
    }))
    .filter(({ tells }) => tells > leastDependence)
    .toSorted((a, b) => b.tells - a.tells)
    .slice(0, Math.max(0, mostGiven - told.length))
  const known = new Map([...parent.own, ...parent.hidden].map(column => [column.name, column]))
  return [...told, ...telling.map(({ name }) => name)].map(from => {
    const name = `${parent.table}: ${from}`
    return { name, from, column: { ...takeValues(known.get(from)!, rows), name } }
  })
}

/** Under differential privacy nothing that was counted leaves as it is. */
function fewCounts(rows: Int32Array, parents: number, { privacy }: FitRelatedOptions): { counts?: number[] } {
  if (parents > mostPlaces || privacy?.epsilon !== undefined) return {}
  return { counts: [...countChildren(rows, parents)].toSorted((a, b) => a - b) }
}

function referenceTo(
  parent: Growing,
  member: Growing,
  key: ForeignKey,
  isLate: boolean,
  draft: Draft,
  options: FitRelatedOptions,
): Reference {
  const { source } = member
  const rows = member.links.get(key)!
  const isSelf = key.table === source.name
  const about = { key, isLate, isSelf, nulls: shareOf(rows, row => row < 0) }
  const places = parent.source.rows
  const name = `kind of ${key.columns.join('+')}`
  if (!isLate && places <= mostPlaces) {
    const dictionary = Array.from({ length: places }, (_, place) => String(place))
    draft.wanted.push({ storage: 'codes', name, type: 'category', codes: rows.slice(), dictionary })
    const counts = options.privacy?.epsilon === undefined ? [...countChildren(rows, places)] : undefined
    return { ...about, how: { kind: 'place', column: name, places, ...(counts && { counts }) } }
  }
  const count = `number of ${source.name}.${key.columns.join('+')}`
  parent.hidden.push(countColumn(count, countChildren(rows, places)))
  const telling = isLate ? undefined : mostTelling(parent, member, rows)
  const few = fewCounts(rows, places, options)
  if (!telling) return { ...about, how: { kind: 'quota', count, ...few } }
  const { coder, codes, size } = telling.coded
  const dictionary = Array.from({ length: size }, (_, code) => String(code))
  const wanted = Int32Array.from(rows, row => (row < 0 ? -1 : codes[row]!))
  draft.wanted.push({ storage: 'codes', name, type: 'category', codes: wanted, dictionary })
  return { ...about, how: { kind: 'quota', count, ...few, kindOf: { column: name, from: telling.name, coder } } }
}

/** The column of the parent that tells most of the child’s columns; undefined where none tells anything. */
function mostTelling(
  parent: Growing,
  member: Growing,
  rows: Int32Array,
): { name: string; coded: CoarseCodes } | undefined {
  const pairs = { of: rows, to: Int32Array.from(rows, (_, row) => row) }
  const ranked = [...parent.coded]
    .map(([name, coded]) => ({
      name,
      coded,
      tells: [...member.coded.values()].reduce((sum, own) => sum + dependence(coded, own, pairs), 0),
    }))
    .toSorted((a, b) => b.tells - a.tells)
  const [best] = ranked
  return best && best.tells > leastDependence ? best : undefined
}

function allForeign({ main, others }: Growing): ForeignKey[] {
  return [...(main ? [main] : []), ...others.map(({ key }) => key)]
}

function shareOf(rows: Int32Array, test: (row: number) => boolean): number {
  let count = 0
  for (const row of rows) if (test(row)) count++
  return rows.length === 0 ? 0 : count / rows.length
}

function headerOf(column: Column): ColumnHeader {
  if (column.storage === 'numbers') {
    const { name, storage, type, decimals, pattern } = column
    return {
      name,
      storage,
      type,
      ...(decimals !== undefined && { decimals }),
      ...(pattern !== undefined && { pattern }),
    }
  }
  if (column.storage === 'codes')
    return { name: column.name, storage: 'codes', type: 'category', dictionary: column.dictionary }
  return { name: column.name, storage: 'texts', type: 'text' }
}
