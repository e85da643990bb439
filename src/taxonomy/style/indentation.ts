/**
 * `indentation`: what stands deeper stands deeper by the same number of spaces everywhere, and lists below a key are either all
 * indented or all not. Both are taken from where they first occur in the file. Lines inside a text are not looked at.
 */
import type { Finding } from '../qna-problem.ts'
import type { Mark } from '../yaml/source-text.ts'
import type { Token } from '../yaml/token.ts'
import type { StyledText } from './styled-text.ts'

export function indentation({ text, tokens }: StyledText): Finding[] {
  const walk = new IndentationWalk(text, tokens)
  walk.document()
  return walk.findings
}

/** What has no text of its own. */
const ends = new Set<Token['kind']>(['block-end', 'flow-mapping-end', 'flow-sequence-end', 'key', 'value'])

class IndentationWalk {
  readonly findings: Finding[] = []
  #text: string
  #tokens: Token[]
  #at = 0
  /** Spaces a level; taken from the first one. */
  #step: number | undefined
  /** Whether lists below a key are indented; taken from the first one. */
  #listsIndented: boolean | undefined
  /** The last line that something was seen in. */
  #line = -1
  /** Where that line begins. */
  #lineColumn = 0

  constructor(text: string, tokens: Token[]) {
    this.#text = text
    this.#tokens = tokens
  }

  document(): void {
    while (this.#at < this.#tokens.length) {
      const before = this.#at
      this.#node(0)
      if (this.#at === before) this.#pass(0)
    }
  }

  get #token(): Token {
    return this.#tokens[this.#at] ?? this.#tokens.at(-1)!
  }

  /** Goes past a token, which if it is the first of its line must be in the expected column. */
  #pass(expected: number): Token {
    const token = this.#token
    this.#at++
    const { start } = token
    if (token.kind === 'stream-end' || token.kind === 'block-end') return token
    if (token.kind === 'scalar' && token.value === '') return token
    if (start.line > this.#line) {
      if (start.column !== expected) this.findings.push(wrong(start, expected))
      this.#lineColumn = start.column
    }
    this.#line = token.kind === 'scalar' ? this.#lastLine(token) : token.end.line
    return token
  }

  /** A block scalar ends where its last line with text does. */
  #lastLine({ start, end }: Token): number {
    let line = end.line
    for (let at = end.offset - 1; at >= start.offset && /\s/.test(this.#text[at]!); at--) {
      if (this.#text[at] === '\n') line--
    }
    return line
  }

  /** One level deeper than a column, going by what begins the level. */
  #deeper(column: number, { start }: Token): number {
    this.#step ??= start.column - column
    return column + this.#step
  }

  #node(expected: number): void {
    while (this.#token.kind === 'anchor' || this.#token.kind === 'tag') this.#pass(expected)
    switch (this.#token.kind) {
      case 'scalar':
      case 'alias':
        this.#pass(expected)
        return
      case 'block-mapping-start':
        this.#pairs(this.#pass(expected).start.column)
        this.#pass(expected)
        return
      case 'block-sequence-start':
        this.#items(this.#pass(expected).start.column, expected)
        this.#pass(expected)
        return
      case 'block-entry':
        this.#items(this.#token.start.column, expected)
        return
      case 'flow-mapping-start':
      case 'flow-sequence-start':
        this.#flow(expected)
    }
  }

  #items(column: number, expectedFirst: number): void {
    let expected = expectedFirst
    while (this.#token.kind === 'block-entry') {
      const entry = this.#pass(expected)
      expected = column
      const next = this.#token
      if (next.kind === 'block-entry' || ends.has(next.kind)) continue
      const inPlace = next.start.line === entry.end.line || next.start.column === column
      this.#node(inPlace ? next.start.column : this.#deeper(column, next))
    }
  }

  /** Keys and values whose keys belong into a column. */
  #pairs(column: number): void {
    while (this.#token.kind === 'key' || this.#token.kind === 'value') this.#pair(column)
  }

  #pair(column: number): void {
    const explicit = this.#token.kind === 'key' && this.#key(column)
    if (this.#token.kind !== 'value') return
    const before = this.#tokens[this.#at - 1]
    this.#pass(column)
    if (!ends.has(this.#token.kind)) this.#node(this.#valueColumn(column, explicit, before ?? this.#token))
  }

  /** Whether it has a question mark. */
  #key(column: number): boolean {
    const { start, end } = this.#pass(column)
    const explicit = end.offset > start.offset
    const next = this.#token
    const below = explicit && next.start.line > end.line && !ends.has(next.kind)
    this.#node(below ? this.#deeper(column, next) : column)
    return explicit
  }

  /** Where a value may begin. `before` is what stands before its colon. */
  #valueColumn(column: number, explicit: boolean, before: Token): number {
    const next = this.#valueStart(before)
    if (explicit) return this.#deeper(column, next)
    if (next.start.line === before.start.line) return next.start.column
    if (next.kind !== 'block-sequence-start' && next.kind !== 'block-entry') return this.#deeper(column, next)
    this.#listsIndented ??= next.start.column !== column
    return this.#listsIndented ? this.#deeper(column, next) : column
  }

  /** `key: &anchor` may have its value on the next line. */
  #valueStart(before: Token): Token {
    const next = this.#token
    const after = this.#tokens[this.#at + 1]
    const isProperty = next.kind === 'anchor' || next.kind === 'tag'
    const apart = next.start.line === before.start.line && after !== undefined && next.start.line < after.start.line
    return isProperty && apart ? after : next
  }

  #flow(expected: number): void {
    const open = this.#pass(expected)
    const lineColumn = this.#lineColumn
    const next = this.#token
    const inPlace = next.start.line === open.start.line
    const column = inPlace ? next.start.column : this.#deeper(lineColumn, next)
    const close = open.kind === 'flow-mapping-start' ? 'flow-mapping-end' : 'flow-sequence-end'
    while (this.#token.kind !== close) {
      if (this.#token.kind === 'flow-entry') this.#pass(column)
      else if (this.#token.kind === 'key' || this.#token.kind === 'value') this.#pair(column)
      else this.#node(column)
    }
    this.#pass(lineColumn)
  }
}

function wrong({ offset, column }: Mark, expected: number): Finding {
  const spaces = (number: number) => `${number} space${number === 1 ? '' : 's'}`
  return {
    ...{ rule: 'indentation', offset },
    message: `The line is indented by ${spaces(column)}; by the rest of the file it would be ${expected}.`,
    repair: `Indent it, and what belongs to it, by ${spaces(Math.max(0, expected))}.`,
  }
}
