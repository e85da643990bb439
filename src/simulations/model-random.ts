/** The one random stream of a model: quick draws for loops that make millions of them a second. */
import { BulkRandom } from '../stats/bulk-random.ts'
import { log, power } from '../stats/portable-math.ts'
import { type RandomStream, randomStream } from '../stats/random-stream.ts'

const wordRange = 4294967296

/** The same seed gives the same numbers on any machine, in Node and in a browser. */
export class ModelRandom {
  readonly #stream: RandomStream
  readonly #words: BulkRandom

  constructor(seed: string | number) {
    this.#stream = randomStream(seed)
    this.#words = new BulkRandom(this.#stream.fork('draws'))
  }

  /** Uniform in [0, 1), 32 bits of it. */
  float(): number {
    return (this.#words.word() >>> 0) / wordRange
  }

  /** Uniform between two numbers. */
  between(low: number, high: number): number {
    return low + (high - low) * this.float()
  }

  /** True with this probability. */
  chance(probability: number): boolean {
    return this.#words.word() >>> 0 < probability * wordRange
  }

  /**
   * Uniform whole number in [0, n), n from 1 to 2³² (Lemire 2019). Every one is exactly as likely to 2²¹, above but for a millionth of the
   * draws.
   */
  int(n: number): number {
    const words = this.#words
    for (;;) {
      const product = (words.word() >>> 0) * n
      const drawn = (product / wordRange) >>> 0
      // Below n, the low half may belong to the few words that would make some numbers likelier than others.
      const low = product - drawn * wordRange
      if (low >= n || this.#isFair(low, n)) return drawn
    }
  }

  /** Apart from `int`, for it is asked for rarely. */
  #isFair(low: number, n: number): boolean {
    if (!(n >= 1 && n <= wordRange))
      throw new RangeError(`A whole number below ${n} cannot be drawn: give one from 1 to ${wordRange}.`)
    return low >= wordRange % n
  }

  /** One element, each equally likely. */
  pick<T>(items: readonly T[]): T {
    return items[this.int(items.length)] as T
  }

  /** Puts the first so many in random order, where they are (Fisher–Yates). */
  shuffleFirst(items: Int32Array, count: number): void {
    for (let left = count; left > 1; left--) {
      const drawn = this.int(left)
      const held = items[left - 1]!
      items[left - 1] = items[drawn]!
      items[drawn] = held
    }
  }

  /** A copy in random order. */
  shuffle<T>(items: readonly T[]): T[] {
    const copy = [...items]
    for (let at = copy.length - 1; at > 0; at--) {
      const other = this.int(at + 1)
      const held = copy[at] as T
      copy[at] = copy[other] as T
      copy[other] = held
    }
    return copy
  }

  /** Normal, by Marsaglia’s polar method. */
  normal(mean = 0, sd = 1): number {
    for (;;) {
      const u = 2 * this.#words.float() - 1
      const v = 2 * this.#words.float() - 1
      const s = u * u + v * v
      if (s > 0 && s < 1) return mean + sd * u * Math.sqrt((-2 * log(s)) / s)
    }
  }

  /** Exponential with this mean: the time until the next of events that come at random. */
  exponential(mean: number): number {
    return -mean * log(this.#words.openFloat())
  }

  /** Weibull: times to failure that grow likelier (shape over 1) or rarer (under 1) with age. */
  weibull(shape: number, scale: number): number {
    return scale * power(-log(this.#words.openFloat()), 1 / shape)
  }

  /** An independent stream for what must not change with the model’s own draws, such as a random network. */
  fork(name: string | number): RandomStream {
    return this.#stream.fork(name)
  }
}
