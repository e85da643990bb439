/** Tables: the rows of a region in the cells of a table. */
import { type Line, lineOf } from './lines.ts'
import { rightOf, type TextRun } from './page-text.ts'
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

export function tableBlock(rows: Row[], gutters: Stretch[], page: number): TableBlock {
  const all = finerGutters(rows, gutters)
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
  const size = median(rows.map(row => row.size))
  const found: Stretch[] = []
  let from: number | undefined
  for (let at = 0; at <= inked.length; at++) {
    const isBlank = at < inked.length && inked[at]! <= rows.length * mostCrossing
    if (isBlank) from ??= at
    else if (from !== undefined) {
      const gutter = { from: left + from / 2, to: left + at / 2 }
      if (gutter.to - gutter.from >= size * finest && isBetween(rows, gutter)) found.push(gutter)
      from = undefined
    }
  }
  return found.length >= gutters.length ? found : gutters
}

/** Whether most rows have something on both sides. */
function isBetween(rows: Row[], gutter: Stretch): boolean {
  const both = rows.filter(row => partsOf(row, [gutter]).every(part => part.length > 0))
  return both.length >= 3
}

/** A run that goes on across gutters, parted at its blanks. */
function partedRuns(row: Row, gutters: Stretch[]): Row {
  const runs = row.runs.flatMap(run => {
    const pieces: TextRun[] = []
    let rest = run
    for (const { from, to } of gutters) {
      const at = blankNear(rest, (from + to) / 2)
      // What goes on in a column that has text of its own is not that column's.
      const isTaken = row.runs.some(other => other !== run && other.x >= from && other.x < endOfColumn(gutters, to))
      if (at === undefined || isTaken) continue
      const each = rest.width / rest.text.length
      pieces.push({ ...rest, text: rest.text.slice(0, at), width: each * at })
      rest = { ...rest, text: rest.text.slice(at + 1), x: Math.max(to, rest.x + each * (at + 1)), spaced: true }
      rest.width = run.x + run.width - rest.x
    }
    return [...pieces, rest]
  })
  return runs.length === row.runs.length ? row : rowFrom(runs)
}

function endOfColumn(gutters: Stretch[], start: number): number {
  const next = gutters.find(gutter => gutter.from > start)
  return next ? (next.from + next.to) / 2 : Number.POSITIVE_INFINITY
}

/** Where the text is blank at this place of the page, give or take some letters. */
function blankNear(run: TextRun, x: number): number | undefined {
  if (run.x >= x || rightOf(run) <= x) return
  const expected = ((x - run.x) / run.width) * run.text.length
  const blanks = [...run.text.matchAll(/ /g)].map(match => match.index)
  const nearest = blanks.toSorted((a, b) => Math.abs(a - expected) - Math.abs(b - expected))[0]
  return nearest !== undefined && Math.abs(nearest - expected) <= 4 ? nearest : undefined
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
  return (
    a.gutters.length === b.gutters.length &&
    a.gutters.every((gutter, i) => gutter.from < b.gutters[i]!.to + 3 && b.gutters[i]!.from < gutter.to + 3)
  )
}
