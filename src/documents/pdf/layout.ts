/** The layout of a page: its blocks in reading order. */
import { type CodeBlock, type TextBlock, textBlocks } from './blocks.ts'
import { isMono } from './gutters.ts'
import { type DrawnLine, type Line, lineOf } from './lines.ts'
import type { PageText } from './page-text.ts'
import { type Region, regionsOf } from './regions.ts'
import type { Row, Stretch } from './rows.ts'
import { type TableBlock, tableBlock } from './table.ts'

export type Block = TextBlock | CodeBlock | TableBlock

/** `before` are the gutters of a table at the end of the page before; one at the top of this page may go on with it. */
export function pageBlocks(page: number, { runs, across }: PageText, before: readonly Stretch[]): Block[] {
  const blocks: Block[] = []
  for (const [i, { kind, rows, gutters }] of withCodeJoined(regionsOf(runs)).entries()) {
    if (kind === 'table') blocks.push(tableBlock(rows, gutters, page, i < 2 ? before : []))
    else blocks.push(...textBlocks(rows.map(row => drawnLine(row, page))))
  }
  return [...blocks, ...across.map(text => asideBlock(text, page))]
}

/** The columns of a program are blanks of its own. */
function withCodeJoined(regions: Region[]): Region[] {
  const joined: Region[] = []
  for (const region of regions) {
    const last = joined.at(-1)
    const isCode = region.rows.every(isMono)
    const goesOn =
      isCode && last?.kind === 'text' && isMono(last.rows.at(-1)!) && region.rows[0]!.y > last.rows.at(-1)!.y
    if (goesOn) last.rows.push(...region.rows)
    else joined.push(isCode ? { ...region, kind: 'text' } : region)
  }
  return joined
}

function drawnLine(row: Row, page: number): DrawnLine {
  return { ...lineOf(row, page), runs: row.runs }
}

function asideBlock(text: string, page: number): TextBlock {
  const span = { text, bold: false, italic: false, mono: false }
  const place = { left: 0, right: 0, y: 0, size: 0 }
  return {
    kind: 'paragraph',
    isApart: true,
    isFirst: true,
    lines: [{ page, spans: [span], text, ...place, bold: false, mono: false }],
  }
}

/** Code has none: its words are no words. */
export function linesOf(block: Block): Line[] {
  if (block.kind === 'code') return []
  return block.kind === 'table' ? block.rows.flatMap(row => row.cells.flat()) : block.lines
}
