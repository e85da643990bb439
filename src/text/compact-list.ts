/** Append-only lists in typed arrays: a fraction of the memory of ordinary ones, and no work for the garbage collector. */

const encoder = new TextEncoder()
const decoder = new TextDecoder()

/** Unsigned 32-bit integers. */
export class Uint32List {
  /** Only the first `length` words count; replaced when the list grows. */
  words = new Uint32Array(16)
  length = 0

  push(word: number): void {
    this.#reserve(this.length + 1)
    this.words[this.length++] = word
  }

  append(words: Uint32Array): void {
    this.#reserve(this.length + words.length)
    this.words.set(words, this.length)
    this.length += words.length
  }

  #reserve(length: number): void {
    if (length > this.words.length) this.words = new Uint32Array(this.words.buffer.transfer(4 * grown(length)))
  }
}

/** Strings, kept as UTF-8: unpaired surrogates come back as U+FFFD. */
export class StringList {
  #bytes = new Uint8Array(64)
  readonly #ends = new Uint32List()

  push(text: string): void {
    const start = this.#start(this.#ends.length)
    // One UTF-16 unit takes at most three bytes.
    const most = start + 3 * text.length
    if (most > this.#bytes.length) this.#bytes = new Uint8Array(this.#bytes.buffer.transfer(grown(most)))
    this.#ends.push(start + encoder.encodeInto(text, this.#bytes.subarray(start)).written)
  }

  at(index: number): string {
    return decoder.decode(this.#bytes.subarray(this.#start(index), this.#start(index + 1)))
  }

  #start(index: number): number {
    return index === 0 ? 0 : this.#ends.words[index - 1]!
  }
}

/** Half as much again as is needed: at most a third stays unused. */
function grown(length: number): number {
  return Math.ceil(length * 1.5)
}
