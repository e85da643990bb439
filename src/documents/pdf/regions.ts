/** Parts a page into regions in reading order: text, and tables, columns one after the other. */
import type { TextRun } from './page-text.ts'
import { blanks, listBullet, median, partsOf, type Row, rowsOf, type Stretch, sharedBlanks } from './rows.ts'

export interface Region {
  kind: 'text' | 'table'
  rows: Row[]
  /** Between the columns of a table. */
  gutters: Stretch[]
}

/** In em: a blank that may part cells, one that may part columns of text, and rows before a narrow one is believed. */
const narrow = 0.55
const wide = 1
const rowsToBelieve = 5
const deepest = 12
/** Of a column's lines, the most that are level with a line of an unrelated column. */
const sharedByChance = 0.3

/**
 * Recursive cuts, as in the XY-cut of Nagy and Seth (1984), but along gutters: blanks that consecutive rows share.
 * What stands on both sides of one is columns if the sides have lines of their own, a table if they share them.
 */
export function regionsOf(runs: readonly TextRun[], depth = 0): Region[] {
  const rows = rowsOf(runs)
  if (rows.length === 0) return []
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

interface Stack {
  rows: Row[]
  start: number
  gutters: Stretch[]
}

interface Parted {
  regions: Region[]
  start: number
  end: number
}

/** The longest stack of rows from here that shares a blank with something on both sides of it; it ends where columns do. */
function stackFrom(rows: Row[], start: number, page: Stretch): Stack | undefined {
  let gutters: Stretch[] | undefined
  let end = start
  for (; end < rows.length; end++) {
    const row = rows[end]!
    const least = row.size * narrow
    const own = blanks(row, page, least)
    const shared = gutters ? sharedBlanks(gutters, own, least) : own
    const lost = gutters?.filter(({ from, to }) => !shared.some(blank => blank.from < to && blank.to > from)) ?? []
    if (shared.length === 0) break
    if (lost.length > 0) {
      const stack = { rows: rows.slice(start, end), start }
      if (!shared.some(gutter => sidesOf(stack.rows, gutter).few > 0)) {
        if (lost.some(gutter => sidesOf(stack.rows, gutter).both > 1)) break
      }
      const ending = columnGutter({ ...stack, gutters: lost })
      if (ending && ending.strength > (columnGutter({ ...stack, gutters: shared })?.strength ?? 2)) break
    }
    gutters = shared
  }
  const stack = { rows: rows.slice(start, end), start, gutters: gutters ?? [] }
  const sided = stack.gutters.filter(gutter => sidesOf(stack.rows, gutter).few > 0)
  return sided.length > 0 ? { ...stack, gutters: sided } : undefined
}

/** How many rows stand on the emptier and the fuller side of a gutter, and on both with one baseline. */
function sidesOf(rows: Row[], gutter: Stretch): { few: number; many: number; both: number } {
  const middle = (gutter.from + gutter.to) / 2
  let left = 0
  let right = 0
  let both = 0
  for (const row of rows) {
    if (row.left < middle) left++
    if (row.right > middle) right++
    if (row.left > middle || row.right < middle) continue
    const at = row.runs.findIndex(run => run.x > middle)
    if (Math.abs(row.runs[at]!.y - row.runs[at - 1]!.y) < row.size * 0.1) both++
  }
  return { few: Math.min(left, right), many: Math.max(left, right), both }
}

function part(stack: Stack, depth: number): Parted | undefined {
  const column = depth < deepest ? columnGutter(stack) : undefined
  return column ? columns(stack, column, depth) : table(stack)
}

/** The gutter that most clearly parts columns of text, if one does; its strength is the length of the shorter column, in rows. */
function columnGutter({ rows, gutters }: Stack): (Stretch & { strength: number }) | undefined {
  const size = median(rows.map(row => row.size))
  const able = gutters.flatMap(gutter => {
    const { few, many, both } = sidesOf(rows, gutter)
    if (gutter.to - gutter.from < size * wide || many < 3 || few === 0) return []
    const isColumns = both / few < sharedByChance || areColumns(sideRows(rows, gutter), few)
    return isColumns ? [{ ...gutter, strength: few }] : []
  })
  return able.toSorted((a, b) => b.strength - a.strength || b.to - b.from - (a.to - a.from))[0]
}

function sideRows(rows: Row[], gutter: Stretch): Row[][] {
  const sides: TextRun[][] = [[], []]
  for (const row of rows) for (const [i, part] of partsOf(row, [gutter]).entries()) sides[i]!.push(...part)
  return sides.map(rowsOf)
}

/** Prose or lists on both sides, or prose and something in another size, as the caption of a picture. */
function areColumns(sides: Row[][], few: number): boolean {
  const sizes = sides.map(rows => median(rows.map(row => row.size)))
  const ratio = Math.max(...sizes) / Math.min(...sizes)
  if (sides.every(rows => rows.some(row => listBullet.test(row.runs[0]!.text)))) return true
  return (few >= 3 && sides.every(isProse)) || (ratio > 1.1 && sides.some(isProse)) || (ratio > 1.3 && few >= 2)
}

/** Lines of several words, most of which fill their column. */
function isProse(rows: Row[]): boolean {
  const wordsOf = (row: Row) => row.runs.reduce((sum, run) => sum + (run.text.match(/\p{L}{2,}/gu)?.length ?? 0), 0)
  const left = Math.min(...rows.map(row => row.left))
  const right = Math.max(...rows.map(row => row.right))
  const width = median(rows.map(row => row.right - row.left))
  return rows.length >= 3 && median(rows.map(wordsOf)) >= 4 && width > (right - left) * 0.7
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

/** Usual distance of baselines. */
export function pitchOf(rows: readonly Row[]): number {
  return median(rows.slice(1).map((row, i) => Math.abs(row.y - rows[i]!.y))) || (rows[0]?.size ?? 10) * 1.2
}

/** The rows from the first to the last that stand on both sides of a gutter, with the lines their cells go on in. */
function table({ rows, start, gutters }: Stack): Parted | undefined {
  const size = median(rows.map(row => row.size))
  const isTwoSided = (row: Row) => partsOf(row, gutters).filter(part => part.length > 0).length > 1
  const twoSided = rows.filter(isTwoSided)
  const least = size * (twoSided.length >= rowsToBelieve ? narrow : wide)
  const believed = gutters.filter(gutter => {
    const { few, both } = sidesOf(rows, gutter)
    return gutter.to - gutter.from >= least && both >= 2 && both >= few * sharedByChance
  })
  if (twoSided.length < 2 || believed.length === 0) return
  const first = rows.findIndex(isTwoSided)
  const inside = rows.slice(first, rows.findLastIndex(isTwoSided) + 1)
  if (inside.filter(row => isOfOneCell(row, believed)).length > inside.length / 2 || isNumbered(twoSided, believed))
    return
  const pitch = pitchOf(twoSided)
  let end = rows.findLastIndex(isTwoSided) + 1
  for (; end < rows.length; end++) {
    const row = rows[end]!
    if (row.y - rows[end - 1]!.y > Math.max(Math.min(pitch * 1.1, row.size * 2.5), row.size * 1.4)) break
  }
  return {
    regions: [{ kind: 'table', rows: rows.slice(first, end), gutters: believed }],
    start: start + first,
    end: start + end,
  }
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
