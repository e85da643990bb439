/** Where keys may have begun. Whether one did turns out when its colon comes, or does not. */
import { tooLittleIndented } from './misplaced-token.ts'
import type { Mark, SourceText } from './source-text.ts'
import { YamlFault } from './yaml-fault.ts'

/** A key without a question mark is in one line and has at most that many characters. */
const longestKey = 1024

interface PossibleKey {
  /** Number of the token it begins with, counted from the start of the text. */
  token: number
  /** Nothing but a key may stand there. */
  required: boolean
  mark: Mark
}

export class PossibleKeys {
  #source: SourceText
  /** At most one for each depth of brackets. */
  #byDepth = new Map<number, PossibleKey>()

  constructor(source: SourceText) {
    this.#source = source
  }

  /** A key may begin here, with the token of that number. */
  remember(depth: number, token: number, required: boolean): void {
    this.forget(depth)
    this.#byDepth.set(depth, { token, required, mark: this.#source.mark() })
  }

  /** Returns the key that a colon ends. */
  take(depth: number): PossibleKey | undefined {
    const key = this.#byDepth.get(depth)
    this.#byDepth.delete(depth)
    return key
  }

  /** No colon can come any more. @throws YamlFault if one had to. */
  forget(depth: number): void {
    const key = this.#byDepth.get(depth)
    if (key?.required) throw this.#noColon(key)
    this.#byDepth.delete(depth)
  }

  /** Forgets those too far back. @throws YamlFault if one had to be a key. */
  dropStale(): void {
    const { line, column } = this.#source
    for (const [depth, { mark }] of this.#byDepth) {
      if (mark.line !== line || column - mark.column > longestKey) this.forget(depth)
    }
  }

  mayBeginWith(token: number): boolean {
    for (const key of this.#byDepth.values()) if (key.token === token) return true
    return false
  }

  #noColon({ mark }: PossibleKey): YamlFault {
    const above = this.#source.text.slice(0, mark.offset).trimEnd()
    const bar = /: +([|>])[-+0-9]*$/.exec(above.slice(above.lastIndexOf('\n') + 1))?.[1]
    if (bar !== undefined) return tooLittleIndented(mark, bar)
    return new YamlFault(
      mark,
      'A key is expected here, and no colon ends it.',
      'If this line goes on with the text above it, indent it further; if it is a key, put a colon and a space after it.',
    )
  }
}
