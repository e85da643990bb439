/** The tokens of a text, one after the other. */
import type { Scanner } from './scanner.ts'
import type { Token } from './token.ts'

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

  next(): Token {
    const token = this.#scanner.next()
    this.passed.push(token)
    return token
  }
}
