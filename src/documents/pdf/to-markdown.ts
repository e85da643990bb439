/** The blocks of a document as one Markdown text, with the offset of each page. */
import { goesOnAfter, type TextBlock } from './blocks.ts'
import { headingLevels } from './headings.ts'
import { escapedStart, inlineMarkdown } from './inline-markdown.ts'
import { joinLines, joint, type Vocabulary } from './join-lines.ts'
import type { Block } from './layout.ts'
import type { Line } from './lines.ts'
import { isSameTable, type TableBlock } from './table.ts'

export interface MarkdownText {
  markdown: string
  /** Where each page begins; a page without text begins where the next one does. */
  pages: number[]
  title: string
}

export function toMarkdown(blocks: readonly Block[], pageCount: number, vocabulary: Vocabulary): MarkdownText {
  const joined = withTablesJoined(withParagraphsJoined(blocks))
  const levels = headingLevels(joined)
  const writer = new PagedWriter()
  const depths = new ListDepths()
  let title: string | undefined
  let before: Block | undefined
  for (const block of joined) {
    const level = levels.get(block)
    if (level === undefined && block.kind === 'item') {
      writer.separate(before?.kind === 'item' && !levels.has(before) ? '\n' : '\n\n')
      writer.write(block.lines[0]!.page, `${'  '.repeat(depths.of(block))}${markOf(block)}`)
    } else {
      depths.clear()
      writer.separate('\n\n')
    }
    if (block.kind === 'code') writer.write(block.page, fenced(block.text))
    else if (block.kind === 'table') writeTable(writer, block, vocabulary)
    else {
      if (level !== undefined) writer.write(block.lines[0]!.page, `${'#'.repeat(level)} `)
      writeText(writer, block, vocabulary, level !== undefined)
      if (level !== undefined) title ??= block.lines.map(line => line.text).join(' ')
    }
    before = block
  }
  return { ...writer.finish(pageCount), title: title ?? '' }
}

class PagedWriter {
  readonly #parts: string[] = []
  #length = 0
  #separator = ''
  readonly #starts: number[] = []

  separate(separator: string): void {
    if (this.#length > 0) this.#separator = separator
  }

  write(page: number, text: string): void {
    if (text === '') return
    this.#parts.push(this.#separator, text)
    this.#length += this.#separator.length
    this.#separator = ''
    while (this.#starts.length < page) this.#starts.push(this.#length)
    this.#length += text.length
  }

  finish(pageCount: number): { markdown: string; pages: number[] } {
    const pages = Array.from({ length: pageCount }, (_, i) => (i === 0 ? 0 : (this.#starts[i] ?? this.#length)))
    return { markdown: this.#parts.join(''), pages }
  }
}

function writeText(writer: PagedWriter, block: TextBlock, vocabulary: Vocabulary, isHeading: boolean): void {
  const isBold = block.lines.every(line => line.bold)
  const byPage = [...Map.groupBy(block.lines, line => line.page)]
  for (const [i, [page, lines]] of byPage.entries()) {
    const spans = joinLines(i === 0 ? withoutMark(block, lines, isHeading) : lines, vocabulary)
    const next = byPage[i + 1]?.[1][0]?.spans[0]
    const last = spans.at(-1)
    if (last && next) last.text = joint(last.text, next.text, vocabulary)
    const markdown = inlineMarkdown(isHeading || isBold ? spans.map(span => ({ ...span, bold: false })) : spans, {
      emphasis: true,
    })
    const whole = isBold && !isHeading && byPage.length === 1 ? `**${markdown}**` : markdown
    writer.write(page, i === 0 && !isHeading && block.kind === 'paragraph' ? escapedStart(whole) : whole)
  }
}

function withoutMark({ mark, kind }: TextBlock, lines: readonly Line[], isHeading: boolean): readonly Line[] {
  const [first, ...others] = lines
  if (kind !== 'item' || isHeading || !mark || !first) return lines
  let left = first.text.indexOf(mark.text) + mark.text.length
  const spans = first.spans.map(span => {
    const cut = Math.min(left, span.text.length)
    left -= cut
    return { ...span, text: span.text.slice(cut) }
  })
  const rest = spans.filter(span => span.text.trim() !== '')
  if (rest[0]) rest[0].text = rest[0].text.trimStart()
  return [{ ...first, spans: rest }, ...others]
}

/** Numbers stay as they are; letters, which Markdown does not count with, are words after a bullet. */
function markOf({ mark }: TextBlock): string {
  const number = /^\(?(\d+)[.)]$/.exec(mark?.text ?? '')?.[1]
  if (number) return `${number}. `
  return /[\p{L}]/u.test(mark?.text ?? '') ? `- ${mark!.text} ` : '- '
}

/** How deep items are nested, by where their marks stand. */
class ListDepths {
  #lefts: number[] = []

  of({ mark, lines }: TextBlock): number {
    const left = mark?.left ?? 0
    const step = (lines[0]?.size ?? 10) * 0.5
    while (this.#lefts.length > 0 && left < this.#lefts.at(-1)! - step) this.#lefts.pop()
    if (this.#lefts.length === 0 || left > this.#lefts.at(-1)! + step) this.#lefts.push(left)
    return this.#lefts.length - 1
  }

  clear(): void {
    this.#lefts = []
  }
}

function fenced(code: string): string {
  const longest = Math.max(2, ...[...code.matchAll(/^\s*(`{3,})/gm)].map(([, ticks]) => ticks!.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}\n${code}\n${fence}`
}

function writeTable(writer: PagedWriter, table: TableBlock, vocabulary: Vocabulary): void {
  const columns = table.gutters.length + 1
  const rule = `|${' --- |'.repeat(columns)}`
  const rows = table.rows.map(({ page, cells }) => ({
    page,
    text: `|${cells.map(cell => ` ${cellText(cell, vocabulary)} |`).join('')}`,
  }))
  if (!table.hasHead) rows.unshift({ page: rows[0]!.page, text: `|${'  |'.repeat(columns)}` })
  for (const [i, { page, text }] of rows.entries()) {
    if (i > 0) writer.separate('\n')
    writer.write(page, i === 0 ? `${text}\n${rule}` : text)
  }
}

/** The items of a list in a cell are lines of it. */
function cellText(cell: readonly Line[], vocabulary: Vocabulary): string {
  const items: Line[][] = []
  for (const line of cell) {
    const last = items.at(-1)
    if (last && !/^(?:[-–•*▪◦]|\d{1,2}[.)])\s/.test(line.text)) last.push(line)
    else items.push([line])
  }
  const texts = items.map(lines => inlineMarkdown(joinLines(lines, vocabulary), { emphasis: false }).replace(/ …$/, ''))
  return texts.join('<br>').replaceAll('|', '\\|')
}

/** A sentence goes on in the next column or on the next page, past what stands between on the same page. */
function withParagraphsJoined(blocks: readonly Block[]): Block[] {
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
function withTablesJoined(blocks: readonly Block[]): Block[] {
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
