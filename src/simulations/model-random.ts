/** The one random stream of a model: quick draws for loops that make millions of them a second. */
import { BulkRandom } from '../stats/bulk-random.ts'
import { exp, log, power } from '../stats/portable-math.ts'
import { type RandomStream, randomStream } from '../stats/random-stream.ts'

const wordRange = 4294967296

/** The same seed gives the same numbers on any machine, in Node and in a browser. */
export class ModelRandom {
  readonly #stream: RandomStream
  #words: BulkRandom

  constructor(seed: string | number | RandomStream) {
    this.#stream = typeof seed === 'object' ? seed : randomStream(seed)
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
    const threshold = probability * wordRange
    if (Number.isNaN(threshold)) throw new RangeError(`${probability} is no probability: it is a number from 0 to 1.`)
    return this.#words.word() >>> 0 < threshold
  }

  /**
   * Uniform whole number in [0, n), n from 1 to 2³² (Lemire 2019). Every one is exactly as likely to 2²¹, above but for a millionth of the
   * draws.
   */
  int(n: number): number {
    if (n >>> 0 !== n || n === 0) this.#check(n)
    const words = this.#words
    for (;;) {
      const product = (words.word() >>> 0) * n
      const drawn = (product / wordRange) >>> 0
      // Below n, the low half may belong to the few words that would make some numbers likelier than others.
      const low = product - drawn * wordRange
      if (low >= n || low >= wordRange % n) return drawn
    }
  }

  #check(n: number): void {
    if (n === wordRange) return
    throw new RangeError(`A whole number below ${n} cannot be drawn: give one from 1 to ${wordRange}.`)
  }

  /** One element, each equally likely. @throws RangeError where there is none */
  pick<T>(items: readonly T[]): T {
    if (items.length === 0) throw new RangeError('Nothing can be picked from an empty list: look at its length first.')
    return items[this.int(items.length)] as T
  }

  /** One element, as likely as its weight says. @throws RangeError where no weight is over 0, or one is under it */
  pickWeighted<T>(items: readonly T[], weightOf: (item: T) => number): T {
    const weights = items.map(weightOf)
    const total = weights.reduce((sum, weight) => sum + weight, 0)
    if (!(total > 0 && total < Number.POSITIVE_INFINITY) || weights.some(weight => weight < 0))
      throw new RangeError(`Weights are numbers from 0 on, and one is more: these were ${weights.join(', ')}.`)
    let left = this.float() * total
    let chosen = 0
    for (const [at, weight] of weights.entries()) {
      if (weight === 0) continue
      chosen = at
      left -= weight
      if (left < 0) break
    }
    return items[chosen] as T
  }

  /** So many different elements in random order; all, where there are no more. */
  sample<T>(items: readonly T[], count: number): T[] {
    const copy = [...items]
    const most = Math.min(count, copy.length)
    for (let at = 0; at < most; at++) {
      const other = at + this.int(copy.length - at)
      const held = copy[at] as T
      copy[at] = copy[other] as T
      copy[other] = held
    }
    return copy.slice(0, most)
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

  /** A number over 0 whose logarithm is normal, with this mean and standard deviation of its own. */
  logNormal(mean: number, sd: number): number {
    const variance = log(1 + (sd / mean) ** 2)
    return exp(this.normal(log(mean) - variance / 2, Math.sqrt(variance)))
  }

  /** Triangular: between two numbers, likeliest at the mode. */
  triangular(low: number, mode: number, high: number): number {
    const share = this.float()
    return share * (high - low) < mode - low
      ? low + Math.sqrt(share * (high - low) * (mode - low))
      : high - Math.sqrt((1 - share) * (high - low) * (high - mode))
  }

  /** How many of the events that come at random come in a time in which there are so many on average (Poisson). It takes as long as they are many. */
  poisson(mean: number): number {
    let count = 0
    for (let time = this.exponential(1); time < mean; time += this.exponential(1)) count++
    return count
  }

  /** Exponential with this mean: the time until the next of events that come at random. */
  exponential(mean: number): number {
    return -mean * log(this.#words.openFloat())
  }

  /** Weibull: times to failure that grow likelier (shape over 1) or rarer (under 1) with age. */
  weibull(shape: number, scale: number): number {
    return scale * power(-log(this.#words.openFloat()), 1 / shape)
  }

  /** An independent stream for what must not change with the model’s other draws: a random network, the arrivals of customers. */
  fork(name: string | number): ModelRandom {
    return new ModelRandom(this.#stream.fork(name))
  }

  /** Does something whose draws leave this stream as it is. */
  aside<T>(work: () => T): T {
    const words = this.#words
    this.#words = new BulkRandom(this.#stream.fork('aside'))
    try {
      return work()
    } finally {
      this.#words = words
    }
  }
}
