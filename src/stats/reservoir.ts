/** A uniform sample of a stream whose length nobody knows beforehand. */
import type { RandomStream } from './random-stream.ts'

/** Keeps up to `most` items; each one that came has the same chance to be among them (Vitter's algorithm R, 1985). */
export class Reservoir<T> {
  readonly items: T[] = []
  readonly #most: number
  readonly #random: RandomStream
  #seen = 0

  constructor(most: number, random: RandomStream) {
    this.#most = most
    this.#random = random
  }

  add(item: T): void {
    this.#seen++
    if (this.items.length < this.#most) {
      this.items.push(item)
      return
    }
    const at = this.#random.fork(this.#seen).int(this.#seen)
    if (at < this.#most) this.items[at] = item
  }
}
