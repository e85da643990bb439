/** One of the best: what agents do when they look around. */
import { longer } from './longer.ts'
import type { ModelRandom } from './model-random.ts'

/**
 * Places are offered with what they are worth; one of those worth most is drawn, each equally likely. Reused: `model.choice()` empties it.
 * An object instead of a function that scores, for a function that many agents share is called, not inlined, at every place.
 */
export class Choice {
  readonly #random: ModelRandom
  #places = new Int32Array(16)
  #count = 0
  #highest = 0

  constructor(random: ModelRandom) {
    this.#random = random
  }

  start(): this {
    this.#count = 0
    return this
  }

  offer(place: number, worth = 0): void {
    if (this.#count === 0 || worth > this.#highest) {
      if (Number.isNaN(worth)) this.#refuse(place)
      this.#highest = worth
      this.#places[0] = place
      this.#count = 1
    } else if (worth === this.#highest) {
      if (this.#count === this.#places.length) this.#lengthen()
      this.#places[this.#count++] = place
    } else if (Number.isNaN(worth)) this.#refuse(place)
  }

  /** Whether nothing was offered. */
  get isEmpty(): boolean {
    return this.#count === 0
  }

  /** One of those worth most; −1 where nothing was offered. */
  draw(): number {
    if (this.#count === 0) return -1
    return this.#places[this.#count === 1 ? 0 : this.#random.int(this.#count)]!
  }

  #refuse(place: number): never {
    throw new RangeError(`The place ${place} was offered with a worth that is no number.`)
  }

  #lengthen(): void {
    this.#places = longer(this.#places, 2 * this.#places.length)
  }
}
