/** Whether tables hang together as the real ones do: keys that lead somewhere, children a parent, columns across the key. */
import type { Column, Table } from '../table.ts'
import type { ForeignKey, TableKeys } from '../table-keys.ts'
import { takeTableRows } from '../take-rows.ts'
import { kolmogorovSmirnovDistance } from './column-shapes.ts'
import { meanOf, orNull } from './mean-of.ts'
import type { Measuring } from './measuring.ts'
import { type PairTrend, pairTrends } from './pair-trends.ts'
import { type SharedTable, sharedTables, textsOf } from './shared-tables.ts'

export interface RelationComparison {
  child: string
  columns: string[]
  parent: string
  /** Share of rows whose key is null or names a row of the parent. */
  valid: { real: number | null; synthetic: number | null }
  children: {
    /** KSComplement of the children each parent has, as SDMetrics’ CardinalityShapeSimilarity. */
    score: number | null
    mean: { real: number | null; synthetic: number | null }
    none: { real: number | null; synthetic: number | null }
  }
  /** Pairs of a column of the parent with one of the child, as SDMetrics’ Intertable Trends; `score` counts those that hang together. */
  across: { score: number | null; scoreOfAllPairs: number | null; pairs: PairTrend[] }
}

/** Keys to tables that are not there are left out. */
export function compareRelations(
  real: Table[],
  synthetic: Table[],
  keys: readonly TableKeys[],
  measuring: Measuring,
): RelationComparison[] {
  const named = (tables: Table[], name: string) => tables.find(table => table.name === name)
  return keys.flatMap(({ table, foreignKeys }) =>
    foreignKeys.flatMap(key => {
      measuring.signal?.throwIfAborted()
      const found = [real, synthetic].map(tables => {
        const [child, parent] = [named(tables, table), named(tables, key.table)]
        return child && parent && linked(child, parent, key)
      })
      return found[0] && found[1] ? [relationOf(found[0], found[1], key, keys, measuring)] : []
    }),
  )
}

/** Columns of a table that are part of a key. */
export function keyColumns(table: string, keys: readonly TableKeys[]): string[] {
  return keys
    .filter(each => each.table === table)
    .flatMap(({ primaryKey, foreignKeys }) => [...primaryKey, ...foreignKeys.flatMap(({ columns }) => columns)])
}

interface Linked {
  child: Table
  parent: Table
  /** Of each child row, its parent’s row; −1: no key, −2: a key that leads nowhere. */
  parents: Int32Array
}

function linked(child: Table, parent: Table, { columns, references }: ForeignKey): Linked | undefined {
  const from = keysOf(child, columns)
  const to = keysOf(parent, references)
  if (!from || !to) return undefined
  const rows = new Map<string, number>()
  to.forEach((key, row) => {
    if (key !== null) rows.set(key, row)
  })
  return { child, parent, parents: Int32Array.from(from, key => (key === null ? -1 : (rows.get(key) ?? -2))) }
}

/** A text a row; null where part of the key is. Undefined where a column is not there. */
function keysOf(table: Table, names: string[]): (string | null)[] | undefined {
  const columns = names.map(name => table.columns.find(column => column.name === name))
  if (columns.some(column => column === undefined)) return undefined
  const parts = (columns as Column[]).map(textsOf)
  return Array.from({ length: table.rows }, (_, row) => {
    const key = parts.map(texts => texts[row]!)
    return key.some(part => part === null) ? null : JSON.stringify(key)
  })
}

function relationOf(
  real: Linked,
  synthetic: Linked,
  key: ForeignKey,
  keys: readonly TableKeys[],
  measuring: Measuring,
): RelationComparison {
  const [ofReal, ofSynthetic] = [real, synthetic].map(childCounts) as [Float64Array, Float64Array]
  const [validReal, validSynthetic] = [real, synthetic].map(({ parents }) =>
    orNull(parents.filter(row => row !== -2).length / parents.length),
  )
  const pairs = pairsAcross(real, synthetic, key, keys, measuring)
  return {
    child: real.child.name,
    columns: key.columns,
    parent: real.parent.name,
    valid: { real: validReal!, synthetic: validSynthetic! },
    children: {
      score: orNull(1 - kolmogorovSmirnovDistance(ofReal, ofSynthetic)),
      mean: { real: mean(ofReal), synthetic: mean(ofSynthetic) },
      none: { real: mean(ofReal.map(isNone)), synthetic: mean(ofSynthetic.map(isNone)) },
    },
    across: {
      score: meanOf(pairs.filter(({ counts }) => counts).map(({ score }) => score)),
      scoreOfAllPairs: meanOf(pairs.map(({ score }) => score)),
      pairs,
    },
  }
}

function childCounts({ parent, parents }: Linked): Float64Array {
  const counts = new Float64Array(parent.rows)
  for (const row of parents) if (row >= 0) counts[row]!++
  return counts
}

/** Each child row beside its parent’s. */
function pairsAcross(
  real: Linked,
  synthetic: Linked,
  { columns: own, table }: ForeignKey,
  keys: readonly TableKeys[],
  measuring: Measuring,
): PairTrend[] {
  const children = sharedTables(real.child, [synthetic.child], keyColumns(real.child.name, keys))
  const parents = sharedTables(real.parent, [synthetic.parent], keyColumns(table, keys))
  const [ofReal, ofSynthetic] = [
    joined(children.real, parents.real, real),
    joined(children.others[0]!, parents.others[0]!, synthetic),
  ]
  // A table that refers to itself has each column twice.
  const prefix = real.child.name === table ? own.join(' and ') : table
  for (const each of [ofReal, ofSynthetic]) {
    each.columns = each.columns.map((column, at) => ({
      ...column,
      name: `${at < parents.real.columns.length ? prefix : real.child.name}.${column.name}`,
    }))
  }
  return pairTrends(ofReal, ofSynthetic, { ...measuring, across: parents.real.columns.length })
}

function joined(child: SharedTable, parent: SharedTable, { parents }: Linked): SharedTable {
  const rows = Int32Array.from(parents.keys()).filter(row => parents[row]! >= 0)
  const ofParent = takeTableRows(
    parent,
    rows.map(row => parents[row]!),
  )
  return { name: child.name, rows: rows.length, columns: [...ofParent.columns, ...takeTableRows(child, rows).columns] }
}

function isNone(count: number): number {
  return Number(count === 0)
}

function mean(values: Float64Array): number | null {
  return orNull(values.reduce((sum, value) => sum + value, 0) / values.length)
}
