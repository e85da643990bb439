/** What was decided last, in words, for those who listen: the rest of the page need not be drawn anew for it. */
export class Said {
  #now = { text: '', turn: 0 }
  readonly #listeners = new Set<() => void>()

  /** `turn` grows by one each time, so that the same words are said again. */
  get now(): { text: string; turn: number } {
    return this.#now
  }

  say(text: string): void {
    this.#now = { text, turn: this.#now.turn + 1 }
    for (const listener of this.#listeners) listener()
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
}
