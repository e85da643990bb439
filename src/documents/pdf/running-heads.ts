/** Running heads and feet: what stands at the edge of page after page, and page numbers. */
import type { PageText, TextRun } from './page-text.ts'
import { type Row, rowsOf } from './rows.ts'

/** Of the page's height, the part at the top and at the bottom in which they stand. */
const margin = 0.13
/** Rows at each edge that are looked at. */
const depth = 4
const fewestPages = 3

export interface EdgeRow {
  page: number
  text: string
  place: string
}

/** The pages without them. `earlier` are the edges of pages before these, as returned for them. */
export function stripRunningHeads(
  pages: readonly { number: number; text: PageText }[],
  earlier: readonly EdgeRow[],
): { pages: { number: number; text: PageText }[]; edges: EdgeRow[] } {
  const edges = pages.flatMap(({ number, text }) =>
    edgeRows(text).map(row => ({ page: number, text: textOf(row), place: placeOf(row, text) })),
  )
  const found = find([...earlier, ...edges])
  const stripped = pages.map(({ number, text }) => {
    const isRunning = (row: Row) => found.has(keyOf(number, textOf(row), placeOf(row, text)))
    const gone = edgeRows(text).filter(isRunning)
    const places = new Set(gone.flatMap(row => row.runs.map(placeOfRun)))
    return {
      number,
      text: gone.length === 0 ? text : { ...text, runs: text.runs.filter(run => !places.has(placeOfRun(run))) },
    }
  })
  return { pages: stripped, edges }
}

/** Rows hold copies of some runs. */
function placeOfRun({ x, y, text }: TextRun): string {
  return `${x} ${y} ${text}`
}

function keyOf(page: number, text: string, place: string): string {
  return `${page} ${place} ${text}`
}

/** The same words, whatever numbers are in them, or a number that counts the pages, in the same place on several pages. */
function find(rows: EdgeRow[]): Set<string> {
  const found = new Set<string>()
  const byText = Map.groupBy(rows, row => `${row.place} ${row.text.replace(/\d+/g, '#')}`)
  for (const same of byText.values()) {
    if (new Set(same.map(row => row.page)).size < fewestPages) continue
    for (const row of same) found.add(keyOf(row.page, row.text, row.place))
  }
  const byNumber = Map.groupBy(
    rows.flatMap(row => numbersAtEnds(row.text).map(number => ({ row, offset: number - row.page }))),
    ({ row, offset }) => `${row.place} ${offset}`,
  )
  for (const counted of byNumber.values()) {
    if (new Set(counted.map(({ row }) => row.page)).size < fewestPages) continue
    for (const { row } of counted) found.add(keyOf(row.page, row.text, row.place))
  }
  return found
}

/** Rows with blanks across them count apart: a date on the right may change while the left does not. */
function edgeRows(text: PageText): Row[] {
  const { height } = text
  const edge = text.runs.filter(run => run.y < height * margin || run.y > height * (1 - margin))
  const rows = rowsOf(edge)
  const upper = rows.filter(row => row.y < height * margin).slice(0, depth)
  return [...upper, ...rows.filter(row => row.y > height * (1 - margin)).slice(-depth)]
}

function placeOf(row: Row, { height }: PageText): string {
  const fromEdge = row.y < height / 2 ? row.y : row.y - height
  return `${Math.round(fromEdge / 3)} ${Math.round(row.size * 2)}`
}

function textOf(row: Row): string {
  return row.runs.map(run => run.text.trim()).join(' ')
}

function numbersAtEnds(text: string): number[] {
  const roman = /^[ivxl]+$/i.test(text) ? fromRoman(text.toLowerCase()) : undefined
  if (roman !== undefined) return [roman]
  const ends = [/^\D?\s*(\d{1,5})\b/.exec(text)?.[1], /\b(\d{1,5})\s*\D?$/.exec(text)?.[1]]
  return [...new Set(ends.filter(end => end !== undefined).map(Number))]
}

function fromRoman(text: string): number {
  const values: Record<string, number> = { i: 1, v: 5, x: 10, l: 50 }
  return [...text].reduce((sum, letter, at) => {
    const value = values[letter]!
    return sum + (value < (values[text[at + 1] ?? ''] ?? 0) ? -value : value)
  }, 0)
}
