/** A text read character by character, knowing the line and column it has come to. */

/** A place in a text. Lines and columns count from 0, columns in code points; `offset` is in UTF-16 code units. */
export interface Mark {
  offset: number
  line: number
  column: number
}

const byteOrderMark = 0xfeff

/** Line feeds and what YAML 1.1 calls a line break besides them; carriage returns are none, since reading replaced them. */
export const isBreak = (code: number) => code === 10 || code === 0x85 || code === 0x2028 || code === 0x2029
export const isBreakOrEnd = (code: number) => code === 0 || isBreak(code)
export const isSpaceOrTab = (code: number) => code === 32 || code === 9
/** A space, a tab, a line break or the end: what must follow an indicator. */
export const isGap = (code: number) => isSpaceOrTab(code) || isBreakOrEnd(code)

export class SourceText {
  readonly text: string
  offset = 0
  line = 0
  column = 0

  constructor(text: string) {
    this.text = text
  }

  /** The code unit that many further on; 0 past the end (a NUL is never in a text that may be read). */
  peek(ahead = 0): number {
    return this.text.charCodeAt(this.offset + ahead) || 0
  }

  startsWith(text: string): boolean {
    return this.text.startsWith(text, this.offset)
  }

  forward(units = 1): void {
    for (let i = 0; i < units; i++) {
      const code = this.text.charCodeAt(this.offset++)
      if (isBreak(code)) {
        this.line++
        this.column = 0
      } else if (code !== byteOrderMark && (code & 0xfc00) !== 0xdc00) this.column++
    }
  }

  /** Goes on by that many code units and returns them. */
  take(units: number): string {
    const taken = this.text.slice(this.offset, this.offset + units)
    this.forward(units)
    return taken
  }

  takeWhile(test: (code: number) => boolean): string {
    let units = 0
    while (this.offset + units < this.text.length && test(this.peek(units))) units++
    return this.take(units)
  }

  skipSpaces(): void {
    while (this.peek() === 32) this.forward()
  }

  skipLine(): void {
    while (!isBreakOrEnd(this.peek())) this.forward()
  }

  /** Passes one line break, if there is one, and returns what it stands for in a value. */
  takeBreak(): string {
    const code = this.peek()
    if (!isBreak(code)) return ''
    this.forward()
    return code === 10 || code === 0x85 ? '\n' : String.fromCharCode(code)
  }

  /** Whether `---` or `...` stands here on its own; where a line begins it separates documents. */
  atSeparator(): boolean {
    return (this.startsWith('---') || this.startsWith('...')) && isGap(this.peek(3))
  }

  mark(): Mark {
    return { offset: this.offset, line: this.line, column: this.column }
  }

  /** The character here, for messages. */
  character(): string {
    const code = this.text.codePointAt(this.offset)
    if (code === undefined) return 'the end of the file'
    if (code === 9) return 'a tab'
    if (isBreak(code)) return 'the end of the line'
    return `“${String.fromCodePoint(code)}”`
  }
}
