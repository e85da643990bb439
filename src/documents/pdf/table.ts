/** Tables: the rows of a region in the cells of a table. */
import { type Line, lineOf } from './lines.ts'
import { rightOf, type TextRun } from './page-text.ts'
import { partedRuns } from './parted-runs.ts'
import { median, partsOf, type Row, row as rowFrom, type Stretch } from './rows.ts'

/** The lines that are in it. */
type Cell = Line[]

export interface TableBlock {
  kind: 'table'
  rows: { page: number; cells: Cell[] }[]
  /** The first row names the columns. */
  hasHead: boolean
  gutters: Stretch[]
}

/** In em: how near the lines of one cell stand. */
const cellPitch = 1.4

/** `before` are the gutters of the last table on the page before, which this one may go on with. */
export function tableBlock(rows: Row[], gutters: Stretch[], page: number, before: readonly Stretch[] = []): TableBlock {
  const own = finerGutters(rows, gutters)
  const all = fits(rows, own, before) ? before.slice() : own
  const parted = rows
    .map(row => (row.runs.length > 1 ? partedRuns(row, all) : row))
    .map(row => ({ row, parts: partsOf(row, all) }))
  const closest = Math.min(...rows.slice(1).map((row, i) => row.y - rows[i]!.y))
  const result: { page: number; cells: Cell[] }[] = []
  for (const [i, { parts }] of parted.entries()) {
    const lines = parts.map(runs => (runs.length > 0 ? [lineOf(rowFrom(runs), page)] : []))
    const last = result.at(-1)
    if (last && goesOn(parted, i, closest)) for (const [at, cell] of last.cells.entries()) cell.push(...lines[at]!)
    else result.push({ page, cells: lines })
  }
  return { kind: 'table', rows: result, hasHead: hasHead(result.map(row => row.cells)), gutters: all }
}

/** Whether a row is more of the cells above it: it stands close and does not begin the first column. */
function goesOn(parted: { row: Row; parts: TextRun[][] }[], at: number, closest: number): boolean {
  const { row, parts } = parted[at]!
  const before = parted[at - 1]!.row
  const gap = row.y - before.y
  if (gap > Math.max(row.size * cellPitch, closest * 1.15)) return false
  const [first = [], ...others] = parts
  if (first.length === 0) return parted.slice(0, at).some(({ parts: [key = []] }) => key.length > 0)
  if (others.some(part => part.length > 0)) return false
  // Only the first column: the rest of its label, if the next row is further off than the last.
  const next = parted[at + 1]?.row
  return gap < row.size * cellPitch && (next === undefined || next.y - row.y > gap * 1.15)
}

/** Whether there are blanks in its runs where the table before had more gutters. */
function fits(rows: Row[], own: Stretch[], before: readonly Stretch[]): boolean {
  if (before.length <= own.length || !own.every(gutter => before.some(other => overlap(gutter, other)))) return false
  const parted = rows.filter(row => row.runs.length > 1).map(row => partsOf(partedRuns(row, before), before))
  return before.every((_, at) => parted.filter(parts => parts[at]!.length > 0 && parts[at + 1]!.length > 0).length >= 2)
}

function overlap(a: Stretch, b: Stretch): boolean {
  return a.from < b.to + 3 && b.from < a.to + 3
}

/** In em, and of the rows: blanks narrower than a gutter part columns too, where hardly a row crosses them. */
const finest = 0.18
const rowsForFiner = 5
const mostCrossing = 0.12
/** In points; no page is wider. */
const widest = 20_000

/** Gutters that single rows cross, or that are hardly wider than between words, are only seen with all rows at once. */
function finerGutters(rows: Row[], gutters: Stretch[]): Stretch[] {
  if (rows.length < rowsForFiner) return gutters
  const left = Math.floor(Math.min(...rows.map(row => row.left)))
  const right = Math.ceil(Math.max(...rows.map(row => row.right)))
  if (right - left > widest) return gutters
  const inked = new Uint16Array((right - left) * 2 + 1)
  for (const { runs } of rows) {
    for (const run of runs) {
      const end = Math.floor((rightOf(run) - left) * 2)
      for (let at = Math.ceil((run.x - left) * 2); at < end; at++) inked[at]!++
    }
  }
  const least = median(rows.map(row => row.size)) * finest
  const most = rows.length * mostCrossing
  const found = stretchesWhere(inked, ink => ink <= most).flatMap(crossed => {
    // What is wholly blank within is nearer to where the columns part.
    const blank = stretchesWhere(inked.subarray(crossed.from, crossed.to), ink => ink === 0)
    const widest = blank.toSorted((a, b) => b.to - b.from - (a.to - a.from))[0] ?? { from: 0, to: 0 }
    const isWide = widest.to - widest.from >= least * 2
    const from = left + (crossed.from + (isWide ? widest.from : 0)) / 2
    const gutter = { from, to: isWide ? from + (widest.to - widest.from) / 2 : left + crossed.to / 2 }
    return gutter.to - gutter.from >= least && isBetween(rows, gutter) ? [gutter] : []
  })
  return found.length >= gutters.length ? found : gutters
}

function stretchesWhere(inked: Uint16Array, isBlank: (ink: number) => boolean): Stretch[] {
  const found: Stretch[] = []
  let from: number | undefined
  for (let at = 0; at <= inked.length; at++) {
    if (at < inked.length && isBlank(inked[at]!)) from ??= at
    else if (from !== undefined) {
      found.push({ from, to: at })
      from = undefined
    }
  }
  return found
}

/** Whether most rows have something on both sides. */
function isBetween(rows: Row[], gutter: Stretch): boolean {
  const both = rows.filter(row => partsOf(row, [gutter]).every(part => part.length > 0))
  return both.length >= 3
}

/** A first row in bold, or words above numbers, or simply full where there are several columns. */
function hasHead(rows: Cell[][]): boolean {
  const [head = [], ...body] = rows
  const texts = head.map(textOf)
  if (body.length === 0 || texts.some((text, at) => text === '' && at > 0)) return false
  const isBold = (cells: Cell[]) => cells.flat().every(line => line.bold)
  if (isBold(head)) return !body.every(isBold)
  if (texts.some(text => /^[\d.,\s%+−-]+$/.test(text))) return false
  const isNumeric = (at: number) =>
    body.filter(cells => /^[\d.,\s%+−–-]+$/.test(textOf(cells[at]!))).length > body.length / 2
  return texts.some((_, at) => isNumeric(at)) || texts.length > 2
}

function textOf(cell: Cell): string {
  return cell.map(line => line.text).join(' ')
}

/** Whether one goes on with the other, on the next page or after a row across it. */
export function isSameTable(a: TableBlock, b: TableBlock): boolean {
  return a.gutters.length === b.gutters.length && a.gutters.every((gutter, i) => overlap(gutter, b.gutters[i]!))
}
