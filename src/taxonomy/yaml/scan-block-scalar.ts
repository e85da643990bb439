/** Scans text after `|` or `>`. */
import { isBreak, isBreakOrEnd, isSpaceOrTab, type Mark, type SourceText } from './source-text.ts'
import type { ScalarToken } from './token.ts'
import { YamlFault } from './yaml-fault.ts'

const hash = 0x23

/** `indent` is that of the block around it; its own lines begin further to the right. */
export function scanBlockScalar(source: SourceText, indent: number): ScalarToken {
  const start = source.mark()
  const style = source.take(1) as '|' | '>'
  const { chomping, increment } = scanHeader(source, style, start)
  const least = Math.max(indent + 1, 1)
  const first = increment ? undefined : scanToFirstLine(source)
  const column = first ? Math.max(least, first.deepest) : least + increment - 1
  let { breaks, end } = first ?? scanBreaks(source, column)
  let value = ''
  let lastBreak = ''
  while (source.column === column && source.peek() !== 0) {
    value += breaks
    const startsWithBlank = isSpaceOrTab(source.peek())
    value += source.takeWhile(code => !isBreakOrEnd(code))
    lastBreak = source.takeBreak()
    const next = scanBreaks(source, column)
    breaks = next.breaks
    end = next.end
    if (source.column !== column || source.peek() === 0) break
    const folds = style === '>' && lastBreak === '\n' && !startsWithBlank && !isSpaceOrTab(source.peek())
    if (!folds) value += lastBreak
    else if (breaks === '') value += ' '
  }
  if (chomping !== '-') value += lastBreak
  if (chomping === '+') value += breaks
  return { kind: 'scalar', value, style, start, end }
}

/** `+` or `-` and a digit, in either order, then at most a comment. */
function scanHeader(source: SourceText, style: string, start: Mark): { chomping: string; increment: number } {
  const header = /[-+]?[0-9]?[-+]?/y
  header.lastIndex = source.offset
  const found = header.exec(source.text)![0]
  // A sign on either side of the digit, not on both.
  const signs = /^[-+]\d[-+]$|^[-+][-+]$/.test(found) ? found.slice(0, -1) : found
  source.forward(signs.length)
  const increment = /\d/.exec(signs)?.[0]
  if (increment === '0')
    throw new YamlFault(start, `“${style}${signs}” asks for an indentation of 0.`, `Write ${style} alone.`)
  const mayComment = source.peek() === 32
  source.skipSpaces()
  if (mayComment && source.peek() === hash) source.skipLine()
  if (!isBreakOrEnd(source.peek())) {
    throw new YamlFault(
      source.mark(),
      `There is text on the same line as “${style}”, which announces text on the lines below.`,
      `Start the text on the next line, indented, or take the ${style} away and put the text in quotes.`,
    )
  }
  source.takeBreak()
  return { chomping: /[-+]/.exec(signs)?.[0] ?? '', increment: Number(increment ?? 0) }
}

/** Empty lines before the text, and the column that the deepest of them and the text begin at. */
function scanToFirstLine(source: SourceText): { breaks: string; deepest: number; end: Mark } {
  let breaks = ''
  let deepest = 0
  let end = source.mark()
  for (;;) {
    source.skipSpaces()
    deepest = Math.max(deepest, source.column)
    if (!isBreak(source.peek())) return { breaks, deepest, end }
    breaks += source.takeBreak()
    end = source.mark()
  }
}

/** Empty lines, and the indentation of what follows up to a column. */
function scanBreaks(source: SourceText, column: number): { breaks: string; end: Mark } {
  let breaks = ''
  let end = source.mark()
  for (;;) {
    while (source.column < column && source.peek() === 32) source.forward()
    if (!isBreak(source.peek())) return { breaks, end }
    breaks += source.takeBreak()
    end = source.mark()
  }
}
