/** Joins what columns and pages have parted: paragraphs and tables. */
import { goesOnAfter, type TextBlock } from './blocks.ts'
import type { Block } from './layout.ts'
import type { Line } from './lines.ts'
import { isSameTable, type TableBlock } from './table.ts'

/** A sentence goes on in the next column or on the next page, past what stands between on the same page. */
export function withParagraphsJoined(blocks: readonly Block[]): Block[] {
  const joined: Block[] = []
  for (const block of blocks) {
    const at = isText(block) && block.isFirst ? beforeWhich(joined, block) : -1
    const before = joined[at]
    if (before && isText(before) && isText(block)) joined[at] = { ...before, lines: [...before.lines, ...block.lines] }
    else joined.push(block)
  }
  return joined
}

/** Tables, captions and boxes that may stand in the midst of a sentence. */
const mostBetween = 4

/** Where the sentence began that a block goes on with, or -1. */
function beforeWhich(blocks: readonly Block[], block: TextBlock): number {
  const first = block.lines[0]!
  for (let at = blocks.length - 1; at >= Math.max(0, blocks.length - 1 - mostBetween); at--) {
    const before = blocks[at]!
    if (isText(before)) {
      const last = before.lines.at(-1)!
      const isAlike = Math.abs(last.size - first.size) <= 0.6 && last.bold === first.bold
      if (isAlike) return continues(last.text, block) ? at : -1
      if (last.page !== first.page) return -1
    } else if (before.kind === 'code' || before.rows.at(-1)!.page !== first.page) return -1
  }
  return -1
}

function isText(block: Block): block is TextBlock {
  return block.kind === 'paragraph' || block.kind === 'item'
}

function continues(before: string, { kind, lines }: TextBlock): boolean {
  const { text } = lines[0]!
  if (kind === 'item') return false
  return /^[\p{Ll}(]/u.test(text)
    ? /[\p{L}\p{N},;–—‐-]$/u.test(before)
    : /^[\p{L}\p{N}]/u.test(text) && goesOnAfter(before)
}

/** A table goes on on the next page, its last cell perhaps before its next row. */
export function withTablesJoined(blocks: readonly Block[]): Block[] {
  const joined: Block[] = []
  for (const block of blocks) {
    const between = joined.at(-1)
    const isCell = between !== undefined && isText(between) && between.lines[0]!.page !== lastPage(joined.at(-2))
    const before = isCell ? joined.at(-2) : between
    if (before?.kind !== 'table' || block.kind !== 'table' || !isSameTable(before, block)) {
      joined.push(block)
      continue
    }
    const rows = before.rows.slice()
    if (isCell) {
      const column = columnOf(before, between.lines)
      const last = rows.at(-1)!
      if (column === undefined) {
        joined.push(block)
        continue
      }
      rows[rows.length - 1] = {
        ...last,
        cells: last.cells.map((cell, at) => (at === column ? [...cell, ...between.lines] : cell)),
      }
      joined.pop()
    }
    const isRepeated = before.hasHead && block.hasHead && textOf(before.rows[0]!) === textOf(block.rows[0]!)
    joined.splice(-1, 1, { ...before, rows: [...rows, ...block.rows.slice(isRepeated ? 1 : 0)] })
  }
  return joined
}

function lastPage(block: Block | undefined): number | undefined {
  return block?.kind === 'table' ? block.rows.at(-1)?.page : undefined
}

/** The column, other than the first, in which all the lines stand. */
function columnOf({ gutters }: TableBlock, lines: readonly Line[]): number | undefined {
  const column = gutters.findLastIndex(gutter => lines.every(line => line.left > (gutter.from + gutter.to) / 2)) + 1
  const end = gutters[column]?.to ?? Number.POSITIVE_INFINITY
  return column > 0 && lines.every(line => line.right < end) ? column : undefined
}

function textOf({ cells }: TableBlock['rows'][number]): string {
  return cells.map(cell => cell.map(line => line.text).join(' ')).join('|')
}
