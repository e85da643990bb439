/** Splits text into rows and fields (RFC 4180), and goes on at the next line after a quote that never closes or a row without end. */

export interface Dialect {
  /** One character; empty if each line is one field. */
  delimiter: string
  /** One character; empty if quotes are ordinary characters. */
  quote: string
}

interface Fault {
  /** 1-based number of the column at fault. */
  column?: number
  message: string
  hint: string
}

/** `line` is the 1-based line the row begins on. Blank lines are not rows. */
export type SplitRow =
  | { line: number; fields: string[]; fault?: undefined }
  | { line: number; fault: Fault; fields?: undefined }

/** `more`: the row goes on past `stop`; `resume` is where reading it on begins, inside a quoted field or not. */
type Scan =
  | { kind: 'row'; fields: string[]; end: number; lineBreaks: number }
  | { kind: 'blank'; end: number }
  | { kind: 'end' }
  | { kind: 'fault'; fault: Fault }
  | { kind: 'more'; quotedColumn: number | undefined; resume: number }

const lineFeed = 10
const carriageReturn = 13

/**
 * Rows of a stream of text, wherever its chunks end. Rows end with CR, LF or CRLF. A row longer than `maxLength` UTF-16 code
 * units is skipped without being held. After a broken quote, reading goes on with the next line, so that the rows after it are
 * not lost (unless their own quotes happen to close it).
 */
export async function* splitRows(
  source: AsyncIterable<string>,
  dialect: Dialect,
  maxLength: number,
): AsyncGenerator<SplitRow> {
  const window = new TextWindow(source)
  let columns = 0
  try {
    for (;;) {
      const { text, at, line } = window
      const stop = Math.min(text.length, at + maxLength)
      const scan = scanRow(text, at, stop, window.ended && stop === text.length, dialect)
      if (scan.kind === 'end') return
      if (scan.kind === 'row') {
        columns ||= scan.fields.length
        window.advance(scan.end, 1 + scan.lineBreaks)
        yield { line, fields: scan.fields }
      } else if (scan.kind === 'blank') {
        window.advance(scan.end)
      } else if (scan.kind === 'fault') {
        await skipLine(window)
        yield { line, fault: scan.fault }
      } else if (stop === text.length && !window.ended) {
        await window.grow()
      } else if (scan.quotedColumn !== undefined && looksLikeRows(text.slice(at, stop), dialect, columns)) {
        await skipLine(window)
        yield { line, fault: unclosed(scan.quotedColumn) }
      } else {
        window.advance(scan.resume)
        await skipRow(window, scan.quotedColumn !== undefined, dialect)
        yield { line, fault: tooLong(maxLength) }
      }
    }
  } finally {
    await window.close()
  }
}

/** The rows of a text that is all there; the last one only if it is complete or `ended` says that nothing follows. */
export function rowsOfSample(text: string, dialect: Dialect, ended: boolean, most: number): string[][] {
  const rows: string[][] = []
  for (let at = 0; rows.length < most; ) {
    const scan = scanRow(text, at, text.length, ended, dialect)
    if (scan.kind === 'end' || scan.kind === 'more') break
    if (scan.kind === 'row') rows.push(scan.fields)
    at = scan.kind === 'fault' ? nextLine(text, at) : scan.end
  }
  return rows
}

function scanRow(text: string, from: number, stop: number, ended: boolean, { delimiter, quote }: Dialect): Scan {
  const fields: string[] = []
  let lineBreaks = 0
  let at = from
  if (at >= stop && ended) return { kind: 'end' }
  for (;;) {
    if (at >= stop && !ended) return { kind: 'more', quotedColumn: undefined, resume: Math.max(from, at - 1) }
    if (at < stop && text[at] === quote) {
      const column = fields.length + 1
      const begin = at + 1
      let close = begin
      for (;;) {
        close = text.indexOf(quote, close)
        if (close === -1 || close >= stop) {
          return ended
            ? { kind: 'fault', fault: unclosed(column) }
            : { kind: 'more', quotedColumn: column, resume: stop }
        }
        if (close + 1 >= stop && !ended) return { kind: 'more', quotedColumn: column, resume: close }
        if (text[close + 1] !== quote || close + 1 >= stop) break
        close += 2
      }
      const value = text.slice(begin, close)
      fields.push(value.includes(quote) ? value.replaceAll(quote + quote, quote) : value)
      lineBreaks += countLineBreaks(value)
      at = close + 1
      const code = text.charCodeAt(at)
      if (at < stop && text[at] !== delimiter && code !== lineFeed && code !== carriageReturn) {
        return { kind: 'fault', fault: afterQuote(column, text[at] as string, countLineBreaks(value) > 0) }
      }
    } else {
      const begin = at
      const stopper = delimiter.charCodeAt(0)
      for (; at < stop; at++) {
        const code = text.charCodeAt(at)
        if (code === stopper || code === lineFeed || code === carriageReturn) break
      }
      fields.push(text.slice(begin, at))
    }
    if (at < stop && text[at] === delimiter) {
      at++
      continue
    }
    const end = lineEnd(text, at, stop, ended)
    if (end === -1) return { kind: 'more', quotedColumn: undefined, resume: at }
    if (at === from) return { kind: 'blank', end }
    return { kind: 'row', fields, end, lineBreaks }
  }
}

/** Index after the line break at `at`; −1 if more text is needed to know. */
function lineEnd(text: string, at: number, stop: number, ended: boolean): number {
  if (at >= stop) return ended ? stop : -1
  if (text.charCodeAt(at) === lineFeed) return at + 1
  if (at + 1 >= stop) return ended ? stop : -1
  return text.charCodeAt(at + 1) === lineFeed ? at + 2 : at + 1
}

/** Index after the next line break, or the end of the text. */
function nextLine(text: string, from: number): number {
  const found = /\r\n?|\n/g
  found.lastIndex = from
  return found.test(text) ? found.lastIndex : text.length
}

/**
 * Whether a text that is too long for a row and stands in an open quote reads like many rows, so that the quote was a slip: the
 * first line, quotes taken literally, and nine in ten of those behind it have as many columns as the rows before. In a file of
 * one column this says nothing, so that a slip there costs the rows up to the next quote.
 */
function looksLikeRows(text: string, dialect: Dialect, columns: number): boolean {
  const [first, ...others] = text.split(/\r\n?|\n/, 21).slice(0, -1)
  const fits = (line: string, quote: string) =>
    rowsOfSample(line, { ...dialect, quote }, true, 1)[0]?.length === columns
  const fitting = others.filter(line => fits(line, dialect.quote))
  return columns > 1 && first !== undefined && fits(first, '') && fitting.length >= 0.9 * others.length
}

async function skipLine(window: TextWindow): Promise<void> {
  await skipRow(window, false, { delimiter: '', quote: '' })
}

/** Moves past the end of the row, whatever its length, holding one chunk at a time. */
async function skipRow(window: TextWindow, insideQuotes: boolean, { delimiter, quote }: Dialect): Promise<void> {
  const opening = delimiter && quote && `|${codeUnit(delimiter)}${codeUnit(quote)}`
  const notable = new RegExp(`\\r\\n?|\\n${opening}`, 'g')
  for (let quoted = insideQuotes; ; ) {
    const { text, at, ended } = window
    // What begins at the last character may need the next chunk to be understood.
    const last = ended ? text.length : text.length - 1
    if (quoted) {
      const close = text.indexOf(quote, at)
      if (close !== -1 && close < last) {
        quoted = text[close + 1] === quote
        window.advance(close + (quoted ? 2 : 1))
        continue
      }
    } else {
      notable.lastIndex = at
      const found = notable.exec(text)?.[0]
      if (found !== undefined && (found !== '\r' || notable.lastIndex <= last)) {
        window.advance(notable.lastIndex)
        if (/[\r\n]/.test(found)) return
        quoted = true
        continue
      }
    }
    window.advance(Math.max(at, last))
    if (ended) return
    await window.grow()
  }
}

function codeUnit(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}

function countLineBreaks(text: string): number {
  return text.match(/\r\n?|\n/g)?.length ?? 0
}

function unclosed(column: number): Fault {
  return {
    column,
    message: 'a quoted value is never closed',
    hint: 'Put a quote at its end, and double the quotes inside; --quote "" takes quotes literally.',
  }
}

function afterQuote(column: number, character: string, severalLines: boolean): Fault {
  const where = severalLines ? 'a quoted value runs over several lines, and its' : 'a'
  return {
    column,
    message: `${where} closing quote is followed by ${JSON.stringify(character)} instead of a delimiter`,
    hint: 'Close each quoted value and double the quotes inside it; --quote "" takes quotes literally.',
  }
}

function tooLong(maxLength: number): Fault {
  return {
    message: `the row is longer than ${maxLength.toLocaleString('en')} characters`,
    hint: 'Split it into shorter records, or look for a missing line break or quote; --max-row-length raises the limit.',
  }
}

/** The text between what was consumed and what has arrived. */
class TextWindow {
  text = ''
  at = 0
  line = 1
  ended = false
  /** Whether what was consumed ends with CR, so that an LF belongs to it. */
  #afterReturn = false
  readonly #chunks: AsyncIterator<string>

  constructor(source: AsyncIterable<string>) {
    this.#chunks = source[Symbol.asyncIterator]()
  }

  /** Doubles what is at hand, so that a long row is not read again too often. */
  async grow(): Promise<void> {
    const rest = this.text.slice(this.at)
    const parts = [rest]
    for (let length = rest.length; length < Math.max(1, 2 * rest.length); ) {
      const next = await this.#chunks.next()
      if (next.done) {
        this.ended = true
        break
      }
      parts.push(next.value)
      length += next.value.length
    }
    this.text = parts.join('')
    this.at = 0
  }

  /** Consumes the text up to `to`; `lineBreaks` spares counting those in it. */
  advance(to: number, lineBreaks?: number): void {
    if (to === this.at) return
    const restOfBreak = this.#afterReturn && this.text[this.at] === '\n' ? 1 : 0
    this.line += lineBreaks ?? countLineBreaks(this.text.slice(this.at, to)) - restOfBreak
    this.#afterReturn = this.text[to - 1] === '\r'
    this.at = to
  }

  async close(): Promise<void> {
    await this.#chunks.return?.()
  }
}
