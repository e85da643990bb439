/** The blocks of a document as one Markdown text, with the offset of each page. */
import type { TextBlock } from './blocks.ts'
import { headingLevels } from './headings.ts'
import { escapedStart, inlineMarkdown } from './inline-markdown.ts'
import { withParagraphsJoined, withTablesJoined } from './join-blocks.ts'
import { joinLines, joint, Vocabulary } from './join-lines.ts'
import { type Block, linesOf } from './layout.ts'
import type { Line } from './lines.ts'
import { PagedWriter } from './paged-writer.ts'
import type { TableBlock } from './table.ts'

export interface MarkdownText {
  markdown: string
  /** Where each page begins; a page without text begins where the next one does. */
  pages: number[]
  title: string
}

export function toMarkdown(blocks: readonly Block[], pageCount: number): MarkdownText {
  const vocabulary = new Vocabulary(() => blocks.flatMap(linesOf))
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
