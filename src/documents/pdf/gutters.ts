/** Gutters: blanks that consecutive rows share, and whether they part columns of text. */
import { rightOf, type TextRun } from './page-text.ts'
import { partedRuns } from './parted-runs.ts'
import { blanks, listBullet, median, partsOf, type Row, rowsOf, type Stretch, sharedBlanks } from './rows.ts'

/** Rows below each other with the gutters through all of them. */
export interface Stack {
  rows: Row[]
  /** Of the first row, in the rows it was taken from. */
  start: number
  gutters: Stretch[]
}

/** In em: a blank that may part cells, and one that may part columns of text. */
export const narrow = 0.55
export const wide = 1
/** Of a column's lines, the most that are level with a line of an unrelated column. */
export const sharedByChance = 0.3

/** The longest stack of rows from here that shares a blank with something on both sides of it; it ends where columns do. */
export function stackFrom(rows: Row[], start: number, page: Stretch): Stack | undefined {
  const stack: Row[] = []
  let gutters: Stretch[] = []
  for (let at = start; at < rows.length; at++) {
    const row = rows[at]!
    const least = row.size * narrow
    const own = blanks(row, page, least)
    const shared = at === start ? own : sharedBlanks(gutters, own, least)
    const isEnd = ends({ rows: stack, start, gutters }, shared)
    const parted = isEnd ? partedRow({ rows: stack, start, gutters }, row, rows[at + 1]) : row
    if (!parted) break
    stack.push(parted)
    if (!isEnd) gutters = shared
  }
  const sided = gutters.filter(gutter => sidesOf(stack, gutter).few > 0)
  return sided.length > 0 ? { rows: stack, start, gutters: sided } : undefined
}

/** Whether a stack ends before a row that leaves these of its gutters. */
function ends(stack: Stack, shared: readonly Stretch[]): boolean {
  if (shared.length === 0) return true
  const lost = stack.gutters.filter(({ from, to }) => !shared.some(blank => blank.from < to && blank.to > from))
  if (lost.length === 0) return false
  const isSided = (gutter: Stretch) => sidesOf(stack.rows, gutter).few > 0
  if (!shared.some(isSided) && lost.some(gutter => sidesOf(stack.rows, gutter).both > 1)) return true
  const ending = columnGutter({ ...stack, gutters: lost })
  return ending !== undefined && ending.strength > (columnGutter({ ...stack, gutters: shared.slice() })?.strength ?? 2)
}

/** A row of a table that was drawn as one run across it: it has blanks at all gutters, and the next row is of the table again. */
function partedRow({ rows, gutters }: Stack, row: Row, next: Row | undefined): Row | undefined {
  const own = gutters.filter(gutter => sidesOf(rows, gutter).both > 2)
  const before = rows.at(-1)
  if (
    row.runs.length > 1 ||
    isMono(row) ||
    own.length === 0 ||
    !before ||
    !next ||
    Math.max(row.y - before.y, next.y - row.y) > row.size * 2
  )
    return
  const isFull = (parts: TextRun[][]) => parts.every(part => part.length > 0)
  const [key = [], ...others] = partsOf(next, own)
  const crosses = own.some(({ from, to }) => next.runs.some(run => run.x < from && rightOf(run) > to))
  if (crosses || (key.length > 0 && !isFull(others))) return
  const parted = partedRuns(row, own)
  return isFull(partsOf(parted, own)) ? parted : undefined
}

/** The gutter that most clearly parts columns of text, if one does; its strength is the length of the shorter column, in rows. */
export function columnGutter({ rows, gutters }: Stack): (Stretch & { strength: number }) | undefined {
  const size = median(rows.map(row => row.size))
  // A program's blanks are its own.
  if (rows.filter(isMono).length > rows.length * 0.8) return
  const able = gutters.flatMap(gutter => {
    const { few, many, both } = sidesOf(rows, gutter)
    if (gutter.to - gutter.from < size * wide || many < 3 || few === 0) return []
    const sides = sideRows(rows, gutter)
    const isColumns = both / few < sharedByChance || areColumns(sides, few)
    return isColumns && areLevel(sides, size) ? [{ ...gutter, strength: few }] : []
  })
  return able.toSorted((a, b) => b.strength - a.strength || b.to - b.from - (a.to - a.from))[0]
}

export function sideRows(rows: Row[], gutter: Stretch): Row[][] {
  const sides: TextRun[][] = [[], []]
  for (const row of rows) for (const [i, part] of partsOf(row, [gutter]).entries()) sides[i]!.push(...part)
  return sides.map(rowsOf)
}

export function isMono(row: Row): boolean {
  return row.runs.every(run => run.mono)
}

/** Whether they stand beside each other: not where one goes on between the parts of the other, as a heading above what is indented. */
function areLevel(sides: Row[][], size: number): boolean {
  const [shorter = [], longer = []] = sides.toSorted((a, b) => a.length - b.length)
  const level = shorter.filter(row => longer.some(other => Math.abs(other.y - row.y) < size * 0.8))
  return level.length >= shorter.length / 2
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

/** How many rows stand on the emptier and the fuller side of a gutter, and on both with one baseline. */
export function sidesOf(rows: Row[], gutter: Stretch): { few: number; many: number; both: number } {
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

/** Usual distance of baselines. */
export function pitchOf(rows: readonly Row[]): number {
  return median(rows.slice(1).map((row, i) => Math.abs(row.y - rows[i]!.y))) || (rows[0]?.size ?? 10) * 1.2
}
