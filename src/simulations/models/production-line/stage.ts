/** A stage of the line: machines side by side, and the buffer before them. */
import type { Machine } from './machine.ts'
import type { Part } from './orders.ts'

export class Stage {
  readonly index: number
  readonly operation: string
  /** Mean minutes of a cycle. */
  readonly cycleMinutes: number
  readonly machines: Machine[] = []
  readonly buffer: Part[] = []
  readonly #capacity: number
  /** Machines of the stage before that hold a finished part which has no place here, in the order in which they finished. */
  readonly #blocked: Machine[] = []
  /** Where parts come from that wait in no buffer: the orders, of the first stage. */
  readonly #source: (() => Part | undefined) | undefined

  constructor(
    index: number,
    operation: string,
    cycleMinutes: number,
    capacity: number,
    source?: () => Part | undefined,
  ) {
    this.index = index
    this.operation = operation
    this.cycleMinutes = cycleMinutes
    this.#capacity = capacity
    this.#source = source
  }

  /** Gives parts to machines that are free, as long as there are any. */
  feed(): void {
    for (;;) {
      const machine = this.#idle()
      if (!machine) return
      const part = this.buffer.shift() ?? this.#source?.() ?? this.#unblock()
      if (!part) return
      machine.start(part)
      while (this.buffer.length < this.#capacity && this.#blocked.length > 0) this.buffer.push(this.#unblock()!)
    }
  }

  /** Takes the part of a machine of the stage before; false where there is no room, and the machine is blocked until there is. */
  take(from: Machine, part: Part): boolean {
    if (this.buffer.length >= this.#capacity && !(this.buffer.length === 0 && this.#idle())) {
      this.#blocked.push(from)
      return false
    }
    this.buffer.push(part)
    return true
  }

  #unblock(): Part | undefined {
    return this.#blocked.shift()?.giveUp()
  }

  /** The one that waits longest. */
  #idle(): Machine | undefined {
    let longest: Machine | undefined
    for (const machine of this.machines)
      if (machine.state === 'idle' && (!longest || machine.stateSince < longest.stateSince)) longest = machine
    return longest
  }
}
