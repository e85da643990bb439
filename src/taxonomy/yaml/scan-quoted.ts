/** Scans text in single or double quotes. */
import { foldedBreaks } from './scan-plain.ts'
import { isBreak, isGap, isSpaceOrTab, type Mark, type SourceText } from './source-text.ts'
import type { ScalarToken } from './token.ts'
import { YamlFault } from './yaml-fault.ts'

const single = 0x27
const double = 0x22
const backslash = 0x5c

/** What stands after a backslash, and what it means. */
const escapes: Record<string, string> = {
  ...{ '0': '\0', a: '\x07', b: '\b', t: '\t', '\t': '\t', n: '\n', v: '\v', f: '\f', r: '\r', e: '\x1b' },
  ...{ ' ': ' ', '"': '"', '\\': '\\', '/': '/', N: '\x85', _: '\xa0', L: '\u2028', P: '\u2029' },
}
const hexDigits: Record<string, number> = { x: 2, u: 4, U: 8 }

export function scanQuoted(source: SourceText): ScalarToken {
  const start = source.mark()
  const quote = source.peek()
  source.forward()
  const parts: string[] = []
  for (;;) {
    parts.push(scanWord(source, quote, start))
    if (source.peek() === quote) break
    parts.push(scanGap(source, start))
  }
  source.forward()
  const style = quote === single ? "'" : '"'
  return { kind: 'scalar', value: parts.join(''), style, start, end: source.mark() }
}

/** Up to a gap or the closing quote. */
function scanWord(source: SourceText, quote: number, start: Mark): string {
  let word = ''
  for (;;) {
    word += source.takeWhile(code => !isGap(code) && code !== quote && !(code === backslash && quote === double))
    if (quote === single && source.startsWith("''")) {
      word += "'"
      source.forward(2)
    } else if (quote === double && source.peek() === backslash) word += scanEscape(source, start)
    else return word
  }
}

function scanEscape(source: SourceText, start: Mark): string {
  const mark = source.mark()
  source.forward()
  const code = source.peek()
  if (isBreak(code)) {
    source.takeBreak()
    return scanBreaks(source, start)
  }
  const letter = String.fromCharCode(code)
  const meaning = escapes[letter]
  if (meaning !== undefined && code !== 0) {
    source.forward()
    return meaning
  }
  const digits = hexDigits[letter]
  if (digits === undefined) {
    throw new YamlFault(
      mark,
      `Between double quotes a backslash begins an escape, and there is none with ${source.character()}.`,
      'Write two backslashes (\\\\) for one, or use single quotes.',
    )
  }
  source.forward()
  const number = source.text.slice(source.offset, source.offset + digits)
  const point = Number.parseInt(number, 16)
  if (!/^[0-9A-Fa-f]+$/.test(number) || number.length < digits || point > 0x10ffff) {
    throw new YamlFault(
      mark,
      `\\${letter} must be followed by the ${digits} hexadecimal digits of a character.`,
      'Write two backslashes (\\\\) for one, or give the digits.',
    )
  }
  source.forward(digits)
  return String.fromCodePoint(point)
}

function scanGap(source: SourceText, start: Mark): string {
  const blanks = source.takeWhile(isSpaceOrTab)
  if (source.peek() === 0) {
    const quote = source.text[start.offset]
    throw new YamlFault(
      start,
      `The quotation mark ${quote} is opened here and never closed.`,
      quote === "'"
        ? "Close it where the text ends. An apostrophe inside single quotes is written twice: ''."
        : 'Close it where the text ends. A quotation mark inside the text is written \\".',
    )
  }
  if (!isBreak(source.peek())) return blanks
  const first = source.takeBreak()
  return foldedBreaks(first, scanBreaks(source, start))
}

function scanBreaks(source: SourceText, start: Mark): string {
  let breaks = ''
  for (;;) {
    if (source.atSeparator()) {
      throw new YamlFault(
        start,
        `The quotation mark opened here is not closed before the “${source.text.slice(source.offset, source.offset + 3)}” in line ${source.line + 1}.`,
        'Close it where the text ends, or indent the dashes or dots.',
      )
    }
    source.takeWhile(isSpaceOrTab)
    if (!isBreak(source.peek())) return breaks
    breaks += source.takeBreak()
  }
}
