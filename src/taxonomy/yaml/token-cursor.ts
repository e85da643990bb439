/** The tokens of a text, one after the other. */
import type { Scanner } from './scanner.ts'
import type { Token } from './token.ts'

/** Of a line, in characters. */
const mostShown = 1000

export class TokenCursor {
  /** Those passed. */
  readonly passed: Token[] = []
  #scanner: Scanner

  constructor(scanner: Scanner) {
    this.#scanner = scanner
  }

  peek(): Token {
    return this.#scanner.peek()
  }

  is(...kinds: Token['kind'][]): boolean {
    return kinds.includes(this.peek().kind)
  }

  /** What the next token’s line holds from it on, and the line above, for messages. */
  lines(): { line: string; above: string } {
    const { text } = this.#scanner
    const { offset, column } = this.peek().start
    const [line = ''] = text.slice(offset, offset + mostShown).split('\n', 1)
    const before = text.slice(Math.max(0, offset - column - mostShown), offset).split('\n')
    return { line, above: before.at(-2) ?? '' }
  }

  next(): Token {
    const token = this.#scanner.next()
    this.passed.push(token)
    return token
  }
}
