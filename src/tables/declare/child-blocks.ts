/** Which rows of a table are the children of which rows of its parent, and how they make blocks. */
import type { RandomStream } from '../../stats/random-stream.ts'
import { blockRows, type NumberColumn, type Table } from '../table.ts'
import type { ParentTable } from './block-maker.ts'
import type { OpenContext } from './column-maker.ts'
import { formulaMakers, parseFormula } from './formula-makers.ts'
import { makersFor, orderMakers } from './order-makers.ts'
import { type Path, recipeFault } from './read-declaration.ts'
import { runMakers } from './run-makers.ts'

interface ChildBlock {
  /** Block of the parent, and rows in it: from the first to before the last. */
  parentBlock: number
  from: number
  to: number
  /** Place of its first row in the whole table. */
  first: number
  rows: number
}

export interface ChildBlocks {
  rows: number
  blocks: ChildBlock[]
  /** For each child of a block the row of its parent, within the parent’s block. */
  parents(block: ChildBlock): Int32Array
}

/**
 * Draws how many children every parent has.
 * @param children a number, or an expression over the parent's columns.
 * @param size `total`, if given: counts are scaled to add up to it; `most`: the first children up to so many, none of the others.
 */
export function openChildren(
  parent: ParentTable,
  children: number | string,
  { total, most }: { total: number | undefined; most: number },
  random: RandomStream,
  context: Omit<OpenContext, 'headers' | 'rows' | 'random'>,
  path: Path,
): ChildBlocks {
  const counts = firstOf(scaled(drawCounts(parent, children, random, context, path), total), most)
  const blocks: ChildBlock[] = []
  let first = 0
  let place = 0
  for (let parentBlock = 0; parentBlock < parent.blocks; parentBlock++) {
    const size = parent.rowsOf(parentBlock)
    let block: ChildBlock = { parentBlock, from: 0, to: 0, first, rows: 0 }
    for (let row = 0; row < size; row++, place++) {
      const count = counts[place]!
      if (block.rows > 0 && block.rows + count > blockRows) {
        blocks.push(block)
        block = { parentBlock, from: row, to: row, first, rows: 0 }
      }
      block.rows += count
      block.to = row + 1
      first += count
    }
    if (block.rows > 0) blocks.push(block)
  }
  return {
    rows: first,
    blocks,
    parents({ parentBlock, from, to, rows }) {
      const out = new Int32Array(rows)
      const before = parent.firstOf(parentBlock)
      let child = 0
      for (let row = from; row < to; row++) {
        const count = counts[before + row]!
        out.fill(row, child, child + count)
        child += count
      }
      return out
    },
  }
}

function drawCounts(
  parent: ParentTable,
  children: number | string,
  random: RandomStream,
  context: Omit<OpenContext, 'headers' | 'rows' | 'random'>,
  path: Path,
): Uint32Array {
  const counts = new Uint32Array(parent.rows)
  if (typeof children === 'number') return counts.fill(children)
  const name = '#children'
  const makers = formulaMakers(name, parseFormula(children, path), path)
  const given = new Set(parent.headers.map(header => header.name))
  const ordered = makersFor(orderMakers(makers, given), [name])
  const headers = [...parent.headers]
  const opened = ordered.map(maker => {
    const one = maker.open({ ...context, headers, rows: parent.rows, random })
    headers.push(...one.headers)
    return one
  })
  const made = headers.at(-1)!
  if (made.storage !== 'numbers')
    throw recipeFault(path, 'a number of children is a number', 'Write a number, poisson(3), or an expression.')
  const needs = ordered.flatMap(maker => maker.needs).filter(need => given.has(need))
  for (let block = 0; block < parent.blocks; block++) {
    const rows = parent.rowsOf(block)
    const table: Table = needs.length > 0 ? parent.columnsOf(block, needs) : { name: parent.name, rows, columns: [] }
    const before = parent.firstOf(block)
    const numbers = Float64Array.from({ length: rows }, (_, row) => before + row)
    const after = runMakers(opened, { table, numbers }, place => random.fork(place).fork(block))
    const { values } = after.columns.at(-1) as NumberColumn
    for (let row = 0; row < rows; row++) {
      const count = Math.round(values[row]!)
      if (count > mostChildren) {
        throw recipeFault(
          path,
          `a row has ${count.toLocaleString('en')} children`,
          `Up to ${mostChildren.toLocaleString('en')} are possible.`,
        )
      }
      counts[before + row] = count > 0 ? count : 0
    }
  }
  return counts
}

/** The children of one row stay in one block, which is in memory. */
const mostChildren = 1_000_000

function firstOf(counts: Uint32Array, most: number): Uint32Array {
  let left = most
  return counts.map(count => {
    const kept = Math.min(count, left)
    left -= kept
    return kept
  })
}

/** Counts in proportion that add up to `total`: largest remainders; alike where there are none. */
function scaled(counts: Uint32Array, total: number | undefined): Uint32Array {
  if (total === undefined) return counts
  const sum = counts.reduce((before, count) => before + count, 0)
  const shares = Float64Array.from(counts, count => (sum > 0 ? (count / sum) * total : total / counts.length))
  const whole = Uint32Array.from(shares, Math.floor)
  let left = total - whole.reduce((before, count) => before + count, 0)
  const byRest = Int32Array.from(shares, (_, place) => place).sort(
    (a, b) => shares[b]! - whole[b]! - (shares[a]! - whole[a]!) || a - b,
  )
  for (let next = 0; left > 0 && byRest.length > 0; next = (next + 1) % byRest.length, left--) whole[byRest[next]!]!++
  return whole
}
