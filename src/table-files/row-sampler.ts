/** Draws rows at random from however many come: a reservoir (Vitter's algorithm R). */
import type { RandomStream } from '../stats/random-stream.ts'

/** Rows that were kept: the number of each, and the place it takes among those kept; a later one takes an earlier one's. */
export interface KeptRows {
  rows: number[]
  places: number[]
}

export class RowSampler {
  readonly most: number
  /** How many rows came. */
  seen = 0
  readonly #random: RandomStream
  #kept: KeptRows = { rows: [], places: [] }

  constructor(most: number, random: RandomStream) {
    this.most = most
    this.#random = random
  }

  /** To be asked for each row in turn. */
  keep(): boolean {
    const row = this.seen++
    const place = row < this.most ? row : Math.floor(this.#random.float() * (row + 1))
    if (place >= this.most) return false
    this.#kept.rows.push(row)
    this.#kept.places.push(place)
    return true
  }

  /** The first so many of those kept since they were last taken. */
  take(count: number): KeptRows {
    return { rows: this.#kept.rows.splice(0, count), places: this.#kept.places.splice(0, count) }
  }
}
