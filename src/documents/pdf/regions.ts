/** Parts a page into regions in reading order: text, and tables, columns one after the other. */
import {
  columnGutter,
  narrow,
  pitchOf,
  type Stack,
  sharedByChance,
  sideRows,
  sidesOf,
  stackFrom,
  wide,
} from './gutters.ts'
import type { TextRun } from './page-text.ts'
import { blanks, median, partsOf, type Row, rowsOf, type Stretch } from './rows.ts'

export interface Region {
  kind: 'text' | 'table'
  rows: Row[]
  /** Between the columns of a table. */
  gutters: Stretch[]
}

/** Rows before a narrow gutter is believed to part cells. */
const rowsToBelieve = 5
const deepest = 12
/** No page set for readers has more; where one has, looking for columns would take long. */
const mostRows = 1_000

/**
 * Recursive cuts, as in the XY-cut of Nagy and Seth (1984), but along gutters: blanks that consecutive rows share.
 * What stands on both sides of one is columns if the sides have lines of their own, a table if they share them.
 */
export function regionsOf(runs: readonly TextRun[], depth = 0): Region[] {
  const rows = rowsOf(runs)
  if (rows.length === 0) return []
  if (rows.length > mostRows) return [{ kind: 'text', rows, gutters: [] }]
  const page = { from: Math.min(...rows.map(row => row.left)), to: Math.max(...rows.map(row => row.right)) }
  const regions: Region[] = []
  let text: Region | undefined
  for (let at = 0; at < rows.length; ) {
    const stack = stackFrom(rows, at, page)
    const parted = stack && part(stack, depth)
    if (parted && parted.start === at) {
      regions.push(...parted.regions)
      text = undefined
      at = parted.end
    } else {
      const end = parted ? parted.start : at + 1
      if (text) text.rows.push(...rows.slice(at, end))
      else {
        text = { kind: 'text', rows: rows.slice(at, end), gutters: [] }
        regions.push(text)
      }
      at = end
    }
  }
  return regions
}

interface Parted {
  regions: Region[]
  start: number
  end: number
}

function part(stack: Stack, depth: number): Parted | undefined {
  const column = depth < deepest ? columnGutter(stack) : undefined
  return column ? columns(stack, column, depth) : table(stack)
}

function columns({ rows, start }: Stack, gutter: Stretch, depth: number): Parted | undefined {
  const end = reachOfColumns(rows, gutter)
  const first = rows.length - reachOfColumns(rows.toReversed(), gutter)
  const [left = [], right = []] = sideRows(rows.slice(first, end), gutter)
  if (left.length === 0 || right.length === 0) return
  // A picture's caption left of the text, which began above it.
  const isAside = left.length < right.length / 3 && left[0]!.y - right[0]!.y > pitchOf(right) * 4
  const sides = (isAside ? [right, left] : [left, right]).map(side => side.flatMap(row => row.runs))
  return {
    regions: sides.flatMap(side => regionsOf(side, depth + 1)),
    start: start + first,
    end: start + end,
  }
}

/** How many rows belong to columns. Where one has ended, the other goes on as long as its lines keep their distance. */
function reachOfColumns(rows: Row[], gutter: Stretch): number {
  const middle = (gutter.from + gutter.to) / 2
  const lastLeft = rows.findLastIndex(row => row.left < middle)
  const lastRight = rows.findLastIndex(row => row.right > middle)
  const ended = Math.min(lastLeft, lastRight)
  const longer = rows
    .map((row, at) => ({ row, at }))
    .filter(({ row }) => (lastLeft > lastRight ? row.left < middle : row.right > middle))
  const pitch = pitchOf(longer.map(({ row }) => row))
  let reach = ended + 1
  let before = longer.findLast(({ at }) => at <= ended)?.row
  for (const { row, at } of longer) {
    if (at <= ended) continue
    if (before && Math.abs(row.y - before.y) > pitch * 1.7) break
    before = row
    reach = at + 1
  }
  return reach
}

/** In em and in usual distances of rows: what ends a table. */
const mostPitch = 2.2
const headingSize = 1.15

/** The rows from the first to the last that stand on both sides of a gutter, with the lines their cells go on in. */
function table({ rows, start, gutters }: Stack): Parted | undefined {
  const size = median(rows.map(row => row.size))
  const isTwoSided = (row: Row) => partsOf(row, gutters).filter(part => part.length > 0).length > 1
  // A number and its heading have two parts as well.
  const isHead = (row: Row) =>
    row.size < size * headingSize || blanks(row, { from: row.left, to: row.right }, size * narrow).length > 1
  const first = rows.findIndex(row => isTwoSided(row) && isHead(row))
  const own = first < 0 ? [] : untilParted(rows.slice(first), size)
  const twoSided = own.filter(isTwoSided)
  const least = size * (twoSided.length >= rowsToBelieve ? narrow : wide)
  const believed = gutters.filter(gutter => {
    const { few, both } = sidesOf(own, gutter)
    return gutter.to - gutter.from >= least && both >= 2 && both >= few * sharedByChance
  })
  if (twoSided.length < 2 || believed.length === 0 || isNumbered(twoSided, believed)) return
  let length = own.findLastIndex(isTwoSided) + 1
  if (own.slice(0, length).filter(row => isOfOneCell(row, believed)).length > length / 2) return
  const pitch = pitchOf(twoSided)
  for (; length < own.length; length++) {
    const { y, size } = own[length]!
    if (y - own[length - 1]!.y > Math.max(Math.min(pitch * 1.1, size * 2.5), size * 1.4)) break
  }
  return {
    regions: [{ kind: 'table', rows: own.slice(0, length), gutters: believed }],
    start: start + first,
    end: start + first + length,
  }
}

/** Up to a heading or a wide blank, but for what parts its head from it. */
function untilParted(rows: Row[], size: number): Row[] {
  const pitch = Math.max(pitchOf(rows), size * 1.2)
  const end = rows.findIndex(({ y, size: own }, i) => {
    if (i === 0) return false
    return own > size * headingSize || (i > 2 && y - rows[i - 1]!.y > pitch * mostPitch)
  })
  return end < 0 ? rows : rows.slice(0, end)
}

/** Only in the first column: it is no table if most rows are. */
function isOfOneCell(row: Row, gutters: Stretch[]): boolean {
  return partsOf(row, gutters).every((part, at) => (at === 0 ? part.length > 0 : part.length === 0))
}

/** Formulas with their numbers. */
function isNumbered(rows: Row[], gutters: Stretch[]): boolean {
  return rows.every(row => {
    const last = partsOf(row, gutters).findLast(part => part.length > 0)
    return last !== undefined && /^\(\w{1,3}[-.–]?\w{0,3}\)$/.test(last.map(run => run.text).join(''))
  })
}
