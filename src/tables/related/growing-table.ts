/** What a table says of itself to its parents, and is told by them: how rows of several tables depend on each other. */
import type { Column, Table } from '../table.ts'
import type { ForeignKey } from '../table-keys.ts'
import { takeValues } from '../take-rows.ts'
import { type CoarseCodes, dependence } from './coarse-codes.ts'
import { alikeColumns, countColumn, familyColumn } from './family-columns.ts'
import type { CopiedColumn, FittedMember, GivenColumn, Reference } from './fitted-related.ts'
import { countChildren } from './link-rows.ts'
import type { OrderedTable } from './order-tables.ts'

/** Tables so small that each row is a kind of its own, as a list of genres is. */
const mostPlaces = 64
/** Columns of a parent, and of its own parents, that condition its children. */
const mostGiven = 12
/** Each costs its share of ε, so that few are taken. */
const mostGivenPrivately = 3
/** A column tells so much of another at least, to be worth conditioning on. */
const leastDependence = 0.002

/** A table on its way: what it will be learned from grows as its children are looked at. */
export interface GrowingTable extends OrderedTable {
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

export interface Draft {
  given: (GivenColumn & { column: Column })[]
  main?: FittedMember['main']
  references: Reference[]
  /** What kind of row each reference wants, as columns of this table. */
  wanted: Column[]
  notes: string[]
}

/**
 * Looks at a table’s parents, and leaves with each what it must know of these children.
 *
 * @param isPrivate under differential privacy, nothing is chosen by what the rows say, and nothing that was counted leaves as it is
 */
export function withParents(member: GrowingTable, growing: Map<string, GrowingTable>, isPrivate: boolean): Draft {
  const { source, main, others, links } = member
  const draft: Draft = { given: [], references: [], wanted: [], notes: [] }
  if (main) {
    const parent = growing.get(main.table)!
    const rows = links.get(main)!
    const told = leaveWithParent(member, parent, main, rows, isPrivate)
    draft.main = {
      key: main,
      count: told.count,
      orphans: shareOf(rows, row => row < 0),
      ...familySizes(rows, parent.source.rows, isPrivate),
    }
    draft.given = chooseGiven(member, parent, rows, told.all, isPrivate)
  }
  for (const { key, isLate } of others) {
    const parent = growing.get(key.table)!
    draft.references.push(referenceTo(parent, member, key, isLate, draft, isPrivate))
  }
  if (source.rows === 0) draft.notes.push(`${source.name} has no rows, and stays empty.`)
  return draft
}

/** The parent learns how many of these children each of its rows has, and in what siblings are alike. */
function leaveWithParent(
  { source, coded, own }: GrowingTable,
  parent: GrowingTable,
  key: ForeignKey,
  rows: Int32Array,
  isPrivate: boolean,
): { count: string; all: string[] } {
  const name = `${source.name}.${key.columns.join('+')}`
  const count = `number of ${name}`
  const parents = parent.source.rows
  const alike = (isPrivate ? [] : alikeColumns(coded, rows, parents)).map(column => ({
    title: `${column} of ${name}`,
    column: own.find(one => one.name === column)!,
  }))
  parent.hidden.push(
    countColumn(count, countChildren(rows, parents)),
    ...alike.map(({ title, column }) => familyColumn(title, column, rows, parents)),
  )
  return { count, all: [count, ...alike.map(({ title }) => title)] }
}

/** What the parent says of these children first, then those of its columns that tell most of them; its first ones where that is not to be looked at. */
function chooseGiven(
  member: GrowingTable,
  parent: GrowingTable,
  rows: Int32Array,
  told: string[],
  isPrivate: boolean,
): Draft['given'] {
  const pairs = { of: rows, to: Int32Array.from(rows, (_, row) => row) }
  const ranked = [...parent.coded]
    .map(([name, coded]) => ({
      name,
      tells: [...member.coded.values()].reduce((most, own) => Math.max(most, dependence(coded, own, pairs)), 0),
    }))
    .filter(({ tells }) => tells > leastDependence)
    .toSorted((a, b) => b.tells - a.tells)
  const telling = isPrivate
    ? [...parent.coded.keys()].slice(0, mostGivenPrivately)
    : ranked.map(({ name }) => name).slice(0, Math.max(0, mostGiven - told.length))
  const known = new Map([...parent.own, ...parent.hidden].map(column => [column.name, column]))
  return [...told, ...telling].map(from => {
    const name = `${parent.table}: ${from}`
    return { name, from, column: { ...takeValues(known.get(from)!, rows), name } }
  })
}

/** How many parents have how many children, fewest first. */
function familySizes(rows: Int32Array, parents: number, isPrivate: boolean): { sizes?: [number, number][] } {
  if (isPrivate) return {}
  const parentsBySize = new Map<number, number>()
  for (const size of countChildren(rows, parents)) parentsBySize.set(size, (parentsBySize.get(size) ?? 0) + 1)
  return { sizes: [...parentsBySize].sort(([a], [b]) => a - b) }
}

function referenceTo(
  parent: GrowingTable,
  member: GrowingTable,
  key: ForeignKey,
  isLate: boolean,
  draft: Draft,
  isPrivate: boolean,
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
    const counts = isPrivate ? undefined : [...countChildren(rows, places)]
    return { ...about, how: { kind: 'place', column: name, places, ...(counts && { counts }) } }
  }
  const count = `number of ${source.name}.${key.columns.join('+')}`
  parent.hidden.push(countColumn(count, countChildren(rows, places)))
  const telling = isLate || isPrivate ? undefined : mostTelling(parent, member, rows)
  const sizes = familySizes(rows, places, isPrivate)
  if (!telling) return { ...about, how: { kind: 'quota', count, ...sizes } }
  const { coder, codes, size } = telling.coded
  const dictionary = Array.from({ length: size }, (_, code) => String(code))
  const wanted = Int32Array.from(rows, row => (row < 0 ? -1 : codes[row]!))
  draft.wanted.push({ storage: 'codes', name, type: 'category', codes: wanted, dictionary })
  return { ...about, how: { kind: 'quota', count, ...sizes, kindOf: { column: name, from: telling.name, coder } } }
}

/** The column of the parent that tells most of the child’s columns; undefined where none tells anything. */
function mostTelling(
  parent: GrowingTable,
  member: GrowingTable,
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

function shareOf(rows: Int32Array, test: (row: number) => boolean): number {
  let count = 0
  for (const row of rows) if (test(row)) count++
  return rows.length === 0 ? 0 : count / rows.length
}
