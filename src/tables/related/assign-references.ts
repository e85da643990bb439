/** Which row each row of a table refers to by a foreign key that did not bring it forth. */
import type { RandomStream } from '../../stats/random-stream.ts'
import type { Column, Table } from '../table.ts'
import { countsInAll, dealtCounts, repeated } from './child-counts.ts'
import { applyCoder } from './coarse-codes.ts'
import type { Reference } from './fitted-related.ts'

/** @returns for each row of `child` the number of a row of `parent`, −1 for none */
export function assignReferences(
  { how, nulls, isSelf }: Reference,
  child: Table,
  parent: Table,
  random: RandomStream,
): Int32Array {
  if (parent.rows === 0) return new Int32Array(child.rows).fill(-1)
  if (how.kind === 'place') return byPlace(numbersOf(columnOf(child, how.column)), how, parent.rows, random)
  const counts = dealtCounts(countsOf(columnOf(parent, how.count)), how.sizes)
  if (isSelf) return amongThemselves(counts, child.rows, nulls, random)
  if (!how.kindOf) return byQuota(counts, keptRows(child.rows, nulls, random), child.rows, random)
  const { column, from, coder } = how.kindOf
  const wanted = numbersOf(columnOf(child, column))
  return byKind(wanted, counts, applyCoder(coder, columnOf(parent, from)), random)
}

export function columnOf(table: Table, name: string): Column {
  return table.columns.find(column => column.name === name)!
}

/** Numbers of children as they were drawn. */
export function countsOf(column: Column): Int32Array {
  return column.storage === 'numbers'
    ? Int32Array.from(column.values, value => (Number.isNaN(value) ? 0 : Math.max(0, Math.round(value))))
    : numbersOf(column).map(number => Math.max(0, number))
}

/** The numbers that the texts of a category column are; −1 for null. */
function numbersOf(column: Column): Int32Array {
  if (column.storage === 'numbers') {
    return Int32Array.from(column.values, value => (Number.isNaN(value) ? -1 : value))
  }
  if (column.storage === 'texts') return Int32Array.from(column.values, value => (value === null ? -1 : Number(value)))
  const numbers = column.dictionary.map(Number)
  return column.codes.map(code => (code < 0 ? -1 : numbers[code]!))
}

function byPlace(
  wanted: Int32Array,
  { places, counts }: { places: number; counts?: number[] },
  parents: number,
  random: RandomStream,
): Int32Array {
  if (counts && parents === places) return evenedOut(wanted, Int32Array.from(counts), random)
  return wanted.map(place => {
    if (place < 0) return -1
    const first = place % Math.min(places, parents)
    const alike = Math.floor((parents - 1 - first) / places) + 1
    return first + places * random.int(alike)
  })
}

/** As wanted, but each place as often as it was: who is one too many somewhere goes where somebody is missing. */
function evenedOut(wanted: Int32Array, counts: Int32Array, random: RandomStream): Int32Array {
  const rows = random.shuffle([...wanted.keys()].filter(row => wanted[row]! >= 0))
  const left = countsInAll(counts, rows.length, random)
  const assigned = new Int32Array(wanted.length).fill(-1)
  const tooMany = rows.filter(row => {
    const place = wanted[row]!
    if (left[place]! <= 0) return true
    left[place]!--
    assigned[row] = place
    return false
  })
  const open = random.shuffle([...repeated(left)])
  for (const [at, row] of tooMany.entries()) assigned[row] = open[at]!
  return assigned
}

function keptRows(rows: number, nulls: number, random: RandomStream): Int32Array {
  const kept: number[] = []
  for (let row = 0; row < rows; row++) if (random.float() >= nulls) kept.push(row)
  return Int32Array.from(kept)
}

function byQuota(counts: Int32Array, rows: Int32Array, all: number, random: RandomStream): Int32Array {
  const slots = random.shuffle([...repeated(countsInAll(counts, rows.length, random))])
  const assigned = new Int32Array(all).fill(-1)
  for (let at = 0; at < rows.length; at++) assigned[rows[at]!] = slots[at]!
  return assigned
}

/** First those that want a kind of parent get one of that kind, by lot; who is left over takes what is left. */
function byKind(wanted: Int32Array, counts: Int32Array, kinds: Uint8Array, random: RandomStream): Int32Array {
  const rows = random.shuffle([...wanted.keys()].filter(row => wanted[row]! >= 0))
  const slots = random.shuffle([...repeated(countsInAll(counts, rows.length, random))])
  const byKind = new Map<number, number[]>()
  for (const parent of slots) {
    const kind = kinds[parent]!
    const open = byKind.get(kind)
    if (open) open.push(parent)
    else byKind.set(kind, [parent])
  }
  const assigned = new Int32Array(wanted.length).fill(-1)
  const leftOver = rows.filter(row => {
    const parent = byKind.get(wanted[row]!)?.pop()
    if (parent === undefined) return true
    assigned[row] = parent
    return false
  })
  const open = [...byKind.values()].flat()
  for (const row of leftOver) assigned[row] = open.pop()!
  return assigned
}

/**
 * Nobody is their own ancestor: whoever has more children comes first, and each refers to one who came before. Those who come first of
 * all refer to nothing, or to themselves where all must refer.
 */
function amongThemselves(counts: Int32Array, rows: number, nulls: number, random: RandomStream): Int32Array {
  const assigned = new Int32Array(rows).fill(-1)
  const roots = Math.min(rows, Math.max(1, Math.round(rows * nulls)))
  const free = countsInAll(counts, rows - roots, random)
  const order = random.shuffle([...free.keys()]).toSorted((a, b) => free[b]! - free[a]!)
  const open: number[] = []
  for (const [rank, row] of order.entries()) {
    if (rank < roots) assigned[row] = nulls === 0 ? row : -1
    else {
      const at = random.int(open.length)
      assigned[row] = open[at]!
      open[at] = open.at(-1)!
      open.pop()
    }
    for (let child = 0; child < free[row]!; child++) open.push(row)
  }
  return assigned
}
