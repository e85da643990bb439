/** Ways through the warehouse: the cheapest, where cells at which others waited lately cost more (Dijkstra 1959). */
import type { Layout } from './layout.ts'

export class Router {
  /** Seconds that vehicles waited for each cell, halved every minute. */
  readonly waited: Float32Array
  readonly #layout: Layout
  readonly #avoidance: number
  readonly #cost: Float64Array
  readonly #from: Int32Array
  /** Which search a cell was reached in: so that nothing has to be cleared between searches. */
  readonly #search: Int32Array
  #searches = 0
  readonly #heap: number[] = []

  /** @param avoidance how many cells’ way round a minute of waiting is worth; 0: always the shortest way */
  constructor(layout: Layout, avoidance: number) {
    const cells = layout.width * layout.height
    this.#layout = layout
    this.#avoidance = avoidance
    this.waited = new Float32Array(cells)
    this.#cost = new Float64Array(cells)
    this.#from = new Int32Array(cells)
    this.#search = new Int32Array(cells)
  }

  /** The cells to go through, the last first, without the one it begins at. */
  plan(from: number, to: number): number[] {
    const { zone } = this.#layout
    const search = ++this.#searches
    const heap = this.#heap
    heap.length = 0
    this.#search[from] = search
    this.#cost[from] = 0
    this.#push(from)
    while (heap.length > 0) {
      const cell = this.#pop()
      if (cell === to) return this.#way(from, to)
      for (let at = 0; ; at++) {
        const next = this.#layout.exit(cell, at)
        if (next < 0) break
        if (zone[next] !== 0 && zone[next] !== zone[to] && zone[next] !== zone[from]) continue
        const cost = this.#cost[cell]! + 1 + (this.#avoidance * this.waited[next]!) / 60
        if (this.#search[next] === search && this.#cost[next]! <= cost) continue
        this.#search[next] = search
        this.#cost[next] = cost
        this.#from[next] = cell
        this.#push(next)
      }
    }
    throw new RangeError(`No way leads from cell ${from} to cell ${to}.`)
  }

  forget(): void {
    for (let cell = 0; cell < this.waited.length; cell++) this.waited[cell]! *= 0.5
  }

  #way(from: number, to: number): number[] {
    const way: number[] = []
    for (let cell = to; cell !== from; cell = this.#from[cell]!) way.push(cell)
    return way
  }

  /** A cell whose cost fell is entered again; what is left of it in the heap costs as much and finds nothing to do. */
  #push(cell: number): void {
    const heap = this.#heap
    let at = heap.length
    heap.push(cell)
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (this.#cost[heap[parent]!]! <= this.#cost[cell]!) break
      heap[at] = heap[parent]!
      at = parent
    }
    heap[at] = cell
  }

  #pop(): number {
    const heap = this.#heap
    const first = heap[0]!
    const last = heap.pop()!
    const { length } = heap
    if (length === 0) return first
    let at = 0
    for (;;) {
      let child = 2 * at + 1
      if (child >= length) break
      if (child + 1 < length && this.#cost[heap[child + 1]!]! < this.#cost[heap[child]!]!) child++
      if (this.#cost[heap[child]!]! >= this.#cost[last]!) break
      heap[at] = heap[child]!
      at = child
    }
    heap[at] = last
    return first
  }
}
