/** Cuts a text into the tokens of YAML 1.1, accepting what PyYAML accepts. */
import { BlockColumns } from './block-columns.ts'
import { PossibleKeys } from './possible-keys.ts'
import { scanBlockScalar } from './scan-block-scalar.ts'
import { scanDirective, scanName, scanTag } from './scan-names.ts'
import { scanPlain } from './scan-plain.ts'
import { scanQuoted } from './scan-quoted.ts'
import { isBreakOrEnd, isGap, SourceText } from './source-text.ts'
import type { Comment, MarkToken, Token } from './token.ts'
import { YamlFault } from './yaml-fault.ts'

const byteOrderMark = 0xfeff
const hash = 0x23
const inLine = (code: number) => !isBreakOrEnd(code)
const quoteOrBar = 'Put the whole text in quotes, or start it on the next line after a |, indented.'

export class Scanner {
  readonly text: string
  readonly comments: Comment[] = []
  #source: SourceText
  #queue: Token[] = []
  #taken = 0
  #ended = false
  #flowDepth = 0
  #blocks = new BlockColumns()
  #keyAllowed = true
  #keys: PossibleKeys

  constructor(text: string) {
    this.text = text
    this.#source = new SourceText(text)
    this.#keys = new PossibleKeys(this.#source)
    if (this.#source.peek() === byteOrderMark) this.#source.forward()
  }

  /** @throws YamlFault where the text is no YAML. */
  peek(): Token {
    while (!this.#ended && (this.#queue.length === 0 || this.#mayPrecedeFirst())) this.#scanNext()
    return this.#queue[0]!
  }

  /** The last one, `stream-end`, is returned again and again. */
  next(): Token {
    const token = this.peek()
    if (token.kind === 'stream-end') return token
    this.#queue.shift()
    this.#taken++
    return token
  }

  /** Whether the first token in the queue may still turn out to begin a key, and so get others put before it. */
  #mayPrecedeFirst(): boolean {
    this.#keys.dropStale()
    return this.#keys.mayBeginWith(this.#taken)
  }

  #scanNext(): void {
    const passedLine = this.#skipGap()
    if (passedLine && this.#flowDepth === 0) this.#keyAllowed = true
    this.#keys.dropStale()
    this.#closeBlocks(this.#source.column)
    const character = String.fromCharCode(this.#source.peek())
    if (this.#source.column === 0 && this.#scanAtLineStart(character)) return
    const scan = this.#scanners[character]
    if (scan?.()) return
    if (/[\0\t#@`%|>]/.test(character)) throw this.#noStart(character)
    this.#startsKey(() => {
      const { token, endsLine } = scanPlain(this.#source, this.#blocks.innermost + 1, this.#flowDepth !== 0)
      this.#keyAllowed = endsLine
      return token
    })
  }

  #scanAtLineStart(character: string): boolean {
    if (character === '%') return this.#atTop(() => scanDirective(this.#source))
    if (!this.#source.atSeparator()) return false
    return this.#atTop(() => this.#mark(character === '-' ? 'document-start' : 'document-end', 3))
  }

  /** By first character; they return false if another scanner has to see. */
  #scanners: Record<string, () => boolean> = {
    '\0': () => this.#end(),
    '[': () => this.#openFlow('flow-sequence-start'),
    '{': () => this.#openFlow('flow-mapping-start'),
    ']': () => this.#closeFlow('flow-sequence-end'),
    '}': () => this.#closeFlow('flow-mapping-end'),
    ',': () => this.#indicator('flow-entry', true),
    '-': () => isGap(this.#source.peek(1)) && this.#blockEntry(),
    '?': () => this.#isIndicator() && this.#explicitKey(),
    ':': () => this.#isIndicator() && this.#value(),
    '*': () => this.#startsKey(() => scanName(this.#source, 'alias')),
    '&': () => this.#startsKey(() => scanName(this.#source, 'anchor')),
    '!': () => this.#startsKey(() => scanTag(this.#source)),
    "'": () => this.#startsKey(() => scanQuoted(this.#source)),
    '"': () => this.#startsKey(() => scanQuoted(this.#source)),
    '|': () => this.#flowDepth === 0 && this.#blockScalar(),
    '>': () => this.#flowDepth === 0 && this.#blockScalar(),
  }

  #isIndicator(): boolean {
    return this.#flowDepth !== 0 || isGap(this.#source.peek(1))
  }

  /** Spaces, comments and line breaks; whether there was one of these. */
  #skipGap(): boolean {
    const source = this.#source
    let passedLine = false
    for (;;) {
      source.skipSpaces()
      if (source.peek() === hash) this.comments.push({ start: source.mark(), text: source.takeWhile(inLine) })
      if (source.takeBreak() === '') return passedLine
      passedLine = true
    }
  }

  #mark(kind: MarkToken['kind'], units: number): MarkToken {
    const start = this.#source.mark()
    this.#source.forward(units)
    return { kind, start, end: this.#source.mark() }
  }

  #indicator(kind: MarkToken['kind'], keyMayFollow: boolean): true {
    this.#keys.forget(this.#flowDepth)
    this.#keyAllowed = keyMayFollow
    this.#queue.push(this.#mark(kind, 1))
    return true
  }

  #atTop(scan: () => Token): true {
    this.#closeBlocks(-1)
    this.#keys.forget(this.#flowDepth)
    this.#keyAllowed = false
    this.#queue.push(scan())
    return true
  }

  #end(): true {
    this.#ended = true
    return this.#atTop(() => this.#mark('stream-end', 0))
  }

  #startsKey(scan: () => Token): true {
    this.#rememberKey()
    this.#keyAllowed = false
    this.#queue.push(scan())
    return true
  }

  #rememberKey(): void {
    if (!this.#keyAllowed) return
    const required = this.#flowDepth === 0 && this.#blocks.innermost === this.#source.column
    this.#keys.remember(this.#flowDepth, this.#taken + this.#queue.length, required)
  }

  #blockScalar(): true {
    this.#keys.forget(this.#flowDepth)
    this.#keyAllowed = true
    this.#queue.push(scanBlockScalar(this.#source, this.#blocks.innermost))
    return true
  }

  #openFlow(kind: 'flow-sequence-start' | 'flow-mapping-start'): true {
    this.#rememberKey()
    this.#flowDepth++
    this.#keyAllowed = true
    this.#queue.push(this.#mark(kind, 1))
    return true
  }

  #closeFlow(kind: 'flow-sequence-end' | 'flow-mapping-end'): true {
    this.#keys.forget(this.#flowDepth)
    this.#flowDepth--
    this.#keyAllowed = false
    this.#queue.push(this.#mark(kind, 1))
    return true
  }

  #blockEntry(): true {
    if (this.#flowDepth === 0)
      this.#beginBlock('block-sequence-start', 'A list item (“- ”) cannot begin inside a line.')
    return this.#indicator('block-entry', true)
  }

  #explicitKey(): true {
    if (this.#flowDepth === 0) this.#beginBlock('block-mapping-start', 'A key (“? ”) cannot begin inside a line.')
    return this.#indicator('key', this.#flowDepth === 0)
  }

  #value(): true {
    const key = this.#keys.take(this.#flowDepth)
    if (!key) {
      const colon = 'A colon and a space make a key of what is before them, and no key can be here.'
      if (this.#flowDepth === 0) this.#beginBlock('block-mapping-start', colon)
      return this.#indicator('value', this.#flowDepth === 0)
    }
    const { token, mark } = key
    const before: MarkToken[] = [{ kind: 'key', start: mark, end: mark }]
    if (this.#flowDepth === 0 && this.#blocks.open(mark.column)) {
      before.unshift({ kind: 'block-mapping-start', start: mark, end: mark })
    }
    this.#queue.splice(token - this.#taken, 0, ...before)
    return this.#indicator('value', false)
  }

  #beginBlock(kind: 'block-sequence-start' | 'block-mapping-start', misplaced: string): void {
    if (!this.#keyAllowed) throw new YamlFault(this.#source.mark(), misplaced, quoteOrBar)
    if (this.#blocks.open(this.#source.column)) this.#queue.push(this.#mark(kind, 0))
  }

  #closeBlocks(column: number): void {
    if (this.#flowDepth !== 0) return
    for (let left = this.#blocks.close(column); left > 0; left--) this.#queue.push(this.#mark('block-end', 0))
  }

  #noStart(character: string): YamlFault {
    const mark = this.#source.mark()
    return character === '\t'
      ? new YamlFault(mark, 'There is a tab where YAML takes spaces only.', 'Replace the tab by spaces.')
      : new YamlFault(mark, `A text without quotes cannot begin with ${character}`, quoteOrBar)
  }
}
