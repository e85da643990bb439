/** Random words in blocks, for those who draw millions: a stream's own generator, advanced in local variables. */
import type { RandomStream } from './random-stream.ts'

const blockWords = 1024
const wordRange = 4294967296

/**
 * Draws from a state that four words of a random stream give (sfc32, PractRand; 128 bits of state), so that the same stream gives
 * the same numbers on any machine, however they are asked for. Loops that must be quick read `words` from `at` on themselves and call
 * `refill` at the end of the block.
 */
export class BulkRandom {
  readonly words: Int32Array
  /** Place of the next word; at the end of `words` when the block is used up. */
  at: number
  readonly #state: Int32Array

  /** `expectedWords`: how many will be drawn, so that a few draws do not pay for a whole block. */
  constructor(random: RandomStream, expectedWords = blockWords) {
    this.words = new Int32Array(Math.max(4, Math.min(blockWords, expectedWords)))
    this.#state = Int32Array.from({ length: 4 }, () => random.uint32())
    // Close states drift apart before the first number is given.
    this.#generate(new Int32Array(12))
    this.at = this.words.length
  }

  /** Fills `words` anew, and starts at the first of them. */
  refill(): void {
    this.#generate(this.words)
    this.at = 0
  }

  #generate(words: Int32Array): void {
    const state = this.#state
    const length = words.length
    let a = state[0]!
    let b = state[1]!
    let c = state[2]!
    let counter = state[3]!
    for (let i = 0; i < length; i++) {
      const word = (a + b + counter) | 0
      counter = (counter + 1) | 0
      a = b ^ (b >>> 9)
      b = (c + (c << 3)) | 0
      c = (((c << 21) | (c >>> 11)) + word) | 0
      words[i] = word
    }
    state[0] = a
    state[1] = b
    state[2] = c
    state[3] = counter
  }

  /** 32 random bits, as a signed integer. */
  word(): number {
    if (this.at === this.words.length) this.refill()
    return this.words[this.at++]!
  }

  /** Uniform in [0, 1) with 53 bits. */
  float(): number {
    const high = this.word() >>> 5
    return (high * 67108864 + (this.word() >>> 6)) / 9007199254740992
  }

  /** Uniform in (0, 1), never an end: what logarithms and quantiles take. */
  openFloat(): number {
    const high = this.word() >>> 6
    return (high * 67108864 + (this.word() >>> 6) + 0.5) / 4503599627370496
  }

  /** Uniform whole number in [0, n), every one exactly as likely; n from 1 to 2⁵³. */
  below(n: number): number {
    if (n <= wordRange) {
      // The share of words beyond the last whole multiple of n is drawn again.
      const limit = wordRange - (wordRange % n)
      for (;;) {
        const word = this.word() >>> 0
        if (word < limit) return word % n
      }
    }
    const range = 9007199254740992
    const limit = range - (range % n)
    for (;;) {
      const high = this.word() >>> 11
      const whole = high * wordRange + (this.word() >>> 0)
      if (whole < limit) return whole % n
    }
  }
}
