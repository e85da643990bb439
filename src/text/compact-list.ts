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

const chunkBits = 20
const chunkSize = 2 ** chunkBits

/**
 * Unsigned 32-bit integers in chunks of 4 MB that stay where they are: a long list grows without being copied and leaves little
 * unused, at the price of a look-up more. For lists of which two copies would be too large.
 */
export class Uint32Chunks {
  readonly #chunks: Uint32Array<ArrayBuffer>[] = []
  #length = 0

  get length(): number {
    return this.#length
  }

  get(index: number): number {
    return this.#chunks[index >>> chunkBits]![index & (chunkSize - 1)]!
  }

  set(index: number, word: number): void {
    this.#chunks[index >>> chunkBits]![index & (chunkSize - 1)] = word
  }

  push(word: number): void {
    this.#reserve(1)
    this.set(this.#length++, word)
  }

  /** Adds words that stay together, at most a chunk of them, and tells where they begin: not always where the list ended. */
  append(words: Uint32Array): number {
    this.#reserve(words.length)
    const start = this.#length
    this.#chunks.at(-1)!.set(words, start & (chunkSize - 1))
    this.#length += words.length
    return start
  }

  /** Makes room for words that stay together. The first chunk grows, so that a short list is small. */
  #reserve(words: number): void {
    const last = this.#chunks.length - 1
    const needed = this.#length - last * chunkSize + words
    if (last < 0) this.#chunks.push(new Uint32Array(Math.max(64, words)))
    else if (needed > chunkSize) {
      this.#length = this.#chunks.length * chunkSize
      this.#chunks.push(new Uint32Array(chunkSize))
    } else if (needed > this.#chunks[last]!.length) {
      const length = Math.min(chunkSize, Math.max(2 * this.#chunks[last]!.length, needed))
      this.#chunks[last] = new Uint32Array(this.#chunks[last]!.buffer.transfer(4 * length))
    }
  }

  /** A view of words that were added together. */
  view(start: number, length: number): Uint32Array {
    const first = start & (chunkSize - 1)
    return this.#chunks[start >>> chunkBits]!.subarray(first, first + length)
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
