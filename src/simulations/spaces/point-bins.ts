/** Which points of a plane lie in which part of it: squares, each with a linked list of slots. */
import type { Plane } from './plane.ts'

/** Bins for each place in the columns, at most: more would cost memory and find nothing. */
const binsPerSlot = 4

export class PointBins {
  readonly columns: number
  readonly rows: number
  /** Bins in a unit of length, across and down. */
  readonly perX: number
  readonly perY: number
  /** First slot of each bin, −1 for none; the others follow by `next`. */
  readonly first: Int32Array
  readonly next: Int32Array
  readonly #previous: Int32Array
  /** The bin of each slot; −1: in none. */
  readonly #bins: Int32Array

  /** @param radius that of the queries: bins are about as wide */
  constructor({ width, height }: Plane, radius: number, slots: number) {
    const most = binsPerSlot * slots
    const side = Math.max(radius, Math.sqrt((width * height) / most))
    this.columns = Math.max(1, Math.min(Math.floor(width / side), most))
    this.rows = Math.max(1, Math.min(Math.floor(height / side), Math.floor(most / this.columns)))
    this.perX = this.columns / width
    this.perY = this.rows / height
    this.first = new Int32Array(this.columns * this.rows).fill(-1)
    this.next = new Int32Array(slots)
    this.#previous = new Int32Array(slots)
    this.#bins = new Int32Array(slots).fill(-1)
  }

  /** Puts the slot where its point is now. */
  put(slot: number, x: number, y: number): void {
    const { columns, rows } = this
    // The edge itself, and what rounding lifts there, belongs to the last bin.
    const column = Math.min(Math.floor(x * this.perX), columns - 1)
    const row = Math.min(Math.floor(y * this.perY), rows - 1)
    const bin = row * columns + column
    if (this.#bins[slot] === bin) return
    this.take(slot)
    const before = this.first[bin]!
    this.next[slot] = before
    this.#previous[slot] = -1
    if (before >= 0) this.#previous[before] = slot
    this.first[bin] = slot
    this.#bins[slot] = bin
  }

  take(slot: number): void {
    const bin = this.#bins[slot]!
    if (bin < 0) return
    const next = this.next[slot]!
    const previous = this.#previous[slot]!
    if (previous < 0) this.first[bin] = next
    else this.next[previous] = next
    if (next >= 0) this.#previous[next] = previous
    this.#bins[slot] = -1
  }
}
