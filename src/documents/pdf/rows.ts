/** Rows: what stands on one baseline, from left to right. */
import { rightOf, type TextRun } from './page-text.ts'

export interface Row {
  /** Of the baseline. */
  y: number
  /** Of most of its text. */
  size: number
  left: number
  right: number
  runs: TextRun[]
}

/** What stands alone before a list item. */
const listMark = /^\s*(?:[•◦▪▫■□●○‣⁃∙·–—➢➤✓*-]|\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)])\s*$/u

/** What begins a list item and nothing else. */
export const listBullet = /^\s*[•◦▪▫■□●○‣⁃∙➢➤✓]/u

/** A stretch of the page's width. */
export interface Stretch {
  from: number
  to: number
}

/** From the top. */
export function rowsOf(runs: readonly TextRun[]): Row[] {
  const sorted = runs.toSorted((a, b) => a.y - b.y || a.x - b.x)
  const rows: TextRun[][] = []
  for (const run of sorted) {
    const first = rows.at(-1)?.[0]
    if (first && run.y - first.y <= Math.min(first.size, run.size) * 0.3) rows.at(-1)!.push(run)
    else rows.push([run])
  }
  return rows.map(row)
}

export function row(runs: TextRun[]): Row {
  const sorted = withMarkersAttached(runs.toSorted((a, b) => a.x - b.x))
  const main = mainRun(sorted)
  return {
    y: main.y,
    size: main.size,
    left: sorted[0]!.x,
    right: Math.max(...sorted.map(rightOf)),
    runs: sorted,
  }
}

/** The mark of a list item reaches to its text, so that no blank is between them. */
function withMarkersAttached(sorted: TextRun[]): TextRun[] {
  const runs: TextRun[] = []
  for (const run of sorted) {
    const mark = runs.at(-1)
    const gap = mark ? run.x - rightOf(mark) : 0
    const isMarked = mark && gap > 0 && gap < mark.size * 4 && listMark.test(mark.text)
    if (isMarked) runs.splice(-1, 1, { ...mark, width: run.x - mark.x })
    runs.push(isMarked ? { ...run, spaced: true } : run)
  }
  return runs
}

function mainRun(runs: readonly TextRun[]): TextRun {
  return runs.reduce((longest, run) => (run.text.length > longest.text.length ? run : longest))
}

/** The stretches where nothing stands, between `from` and `to`, at least so wide. */
export function blanks({ runs }: Row, { from, to }: Stretch, atLeast: number): Stretch[] {
  const found: Stretch[] = []
  let reached = from
  for (const run of runs) {
    if (run.x - reached >= atLeast) found.push({ from: reached, to: run.x })
    reached = Math.max(reached, rightOf(run))
  }
  if (to - reached >= atLeast) found.push({ from: reached, to })
  return found
}

/** What is blank in both. */
export function sharedBlanks(a: readonly Stretch[], b: readonly Stretch[], atLeast: number): Stretch[] {
  return a.flatMap(one =>
    b
      .map(other => ({ from: Math.max(one.from, other.from), to: Math.min(one.to, other.to) }))
      .filter(({ from, to }) => to - from >= atLeast),
  )
}

/** The runs of a row, parted where it is blank; some may be empty. A run across gutters is where most of it is. */
export function partsOf({ runs }: Row, gutters: readonly Stretch[]): TextRun[][] {
  const parts: TextRun[][] = Array.from({ length: gutters.length + 1 }, () => [])
  const middles = gutters.map(({ from, to }) => (from + to) / 2)
  for (const run of runs) {
    const first = columnAt(middles, run.x)
    const last = columnAt(middles, rightOf(run))
    parts[runs.length === 1 || first === last ? first : widestPart(run, middles, first, last)]!.push(run)
  }
  return parts
}

function columnAt(middles: readonly number[], x: number): number {
  const at = middles.findIndex(middle => x < middle)
  return at < 0 ? middles.length : at
}

function widestPart(run: TextRun, middles: readonly number[], first: number, last: number): number {
  let widest = first
  let most = 0
  for (let at = first; at <= last; at++) {
    const width = Math.min(rightOf(run), middles[at] ?? Infinity) - Math.max(run.x, middles[at - 1] ?? -Infinity)
    if (width > most) [widest, most] = [at, width]
  }
  return widest
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}
