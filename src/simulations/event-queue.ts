/** Events at a time: a heap ordered by time, then priority, then who was scheduled first. */

export class ScheduledEvent {
  readonly time: number
  /** Of two at one time, the higher acts first. */
  readonly priority: number
  readonly order: number
  readonly action: () => void
  isCancelled = false

  constructor(time: number, priority: number, order: number, action: () => void) {
    this.time = time
    this.priority = priority
    this.order = order
    this.action = action
  }

  /** It does not act any more; one that has acted stays as it is. */
  cancel(): void {
    this.isCancelled = true
  }
}

const firstSweep = 1024

export class EventQueue {
  #heap: ScheduledEvent[] = []
  #scheduled = 0
  /** At this length those that were cancelled are swept out: a model may cancel what lies far ahead, again and again. */
  #sweepAt = firstSweep

  /** Events that wait, and some that were cancelled. */
  get size(): number {
    return this.#heap.length
  }

  add(time: number, action: () => void, priority: number): ScheduledEvent {
    const event = new ScheduledEvent(time, priority, this.#scheduled++, action)
    if (this.#heap.length === this.#sweepAt) this.#sweep()
    const heap = this.#heap
    let at = heap.length
    heap.push(event)
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (!before(event, heap[parent]!)) break
      heap[at] = heap[parent]!
      at = parent
    }
    heap[at] = event
    return event
  }

  /** The next that is due before this time (or at it, with `atToo`), taken out; cancelled ones are dropped. */
  take(time: number, atToo: boolean): ScheduledEvent | undefined {
    for (;;) {
      const first = this.#heap[0]
      if (first === undefined || first.time > time || (first.time === time && !atToo)) return undefined
      this.#removeFirst()
      if (!first.isCancelled) return first
    }
  }

  #sweep(): void {
    // In order, they are a heap.
    this.#heap = this.#heap.filter(event => !event.isCancelled).sort((one, other) => (before(one, other) ? -1 : 1))
    this.#sweepAt = Math.max(firstSweep, 2 * this.#heap.length)
  }

  #removeFirst(): void {
    const heap = this.#heap
    const last = heap.pop()!
    const { length } = heap
    if (length === 0) return
    let at = 0
    for (;;) {
      let child = 2 * at + 1
      if (child >= length) break
      if (child + 1 < length && before(heap[child + 1]!, heap[child]!)) child++
      if (!before(heap[child]!, last)) break
      heap[at] = heap[child]!
      at = child
    }
    heap[at] = last
  }
}

function before(one: ScheduledEvent, other: ScheduledEvent): boolean {
  if (one.time !== other.time) return one.time < other.time
  if (one.priority !== other.priority) return one.priority > other.priority
  return one.order < other.order
}
