/** Who is near: the answer of a plane to a query, used again by the next query of the same population. */
import type { PointAgent } from '../agent.ts'
import { longer } from '../longer.ts'

const firstLength = 64

/**
 * `for (const other of near)` goes over the agents, also where other queries are made meanwhile. Loops that must be quick count from 0 to
 * `length` − 1 and read `agent(at)`, `dx[at]`, `dy[at]` and `distance[at]`; what lies beyond `length` is of an earlier query.
 */
export class Near<A extends PointAgent = PointAgent> implements Iterable<A> {
  length = 0
  /** From where the query asks to the other, the short way round a torus. */
  dx = new Float64Array(firstLength)
  dy = new Float64Array(firstLength)
  distance = new Float64Array(firstLength)
  slots = new Int32Array(firstLength)
  readonly #bySlot: readonly A[]

  constructor(bySlot: readonly A[]) {
    this.#bySlot = bySlot
  }

  agent(at: number): A {
    return this.#bySlot[this.slots[at]!]!
  }

  *[Symbol.iterator](): Generator<A> {
    for (const slot of this.slots.slice(0, this.length)) yield this.#bySlot[slot]!
  }

  /** Makes room for twice as many. */
  lengthen(): void {
    const length = 2 * this.slots.length
    this.dx = longer(this.dx, length)
    this.dy = longer(this.dy, length)
    this.distance = longer(this.distance, length)
    this.slots = longer(this.slots, length)
  }
}
