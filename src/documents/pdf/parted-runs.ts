/** Runs that go on across the gutters of a table, parted there. */
import { rightOf, type TextRun } from './page-text.ts'
import { type Row, row as rowOf, type Stretch } from './rows.ts'

/** A run that goes on across gutters, parted at its blanks. */
export function partedRuns(row: Row, gutters: readonly Stretch[]): Row {
  const runs = row.runs.flatMap(run => {
    const pieces: TextRun[] = []
    let rest = run
    for (const { from, to } of gutters) {
      const at = blankNear(rest, (from + to) / 2)
      // What goes on in a column that has text of its own is not that column's.
      const end = endOfColumn(gutters, to)
      const isTaken = row.runs.some(other => other !== run && centre(other) > from && centre(other) < end)
      if (at === undefined || isTaken) continue
      const each = rest.width / rest.text.length
      pieces.push({ ...rest, text: rest.text.slice(0, at), width: Math.min(each * at, from - rest.x) })
      rest = { ...rest, text: rest.text.slice(at + 1), x: Math.max(to, rest.x + each * (at + 1)), spaced: true }
      rest.width = run.x + run.width - rest.x
    }
    return [...pieces, rest]
  })
  return runs.length === row.runs.length ? row : rowOf(runs)
}

function centre(run: TextRun): number {
  return run.x + run.width / 2
}

function endOfColumn(gutters: readonly Stretch[], start: number): number {
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
