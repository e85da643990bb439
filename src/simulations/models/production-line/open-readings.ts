/** Readings that wait for what comes of their machine: how long it was until it failed is known only then. */

export interface Outcome {
  /** Null where it did not fail within the horizon, or where maintenance or the end of the run came first. */
  minutesToFailure: number | null
  /** Null where that is not known. */
  failsWithinDay: boolean | null
}

interface Open<R> {
  minute: number
  machine: number
  row: R
  outcome: Outcome | undefined
}

const dayMinutes = 1440
/** Who did not fail within so long is not waited for any longer, so that memory stays flat. */
const horizonMinutes = 30 * dayMinutes

export class OpenReadings<R> {
  /** In the order of time, and so they are written. */
  #waiting: Open<R>[] = []
  #first = 0
  /** By machine: those without an outcome, in the order of time. */
  readonly #open = new Map<number, Open<R>[]>()
  readonly #write: (row: R, outcome: Outcome, minute: number) => void

  constructor(write: (row: R, outcome: Outcome, minute: number) => void) {
    this.#write = write
  }

  /** @param isDown it has failed, or is worked on: nothing is foretold of it */
  add(machine: number, minute: number, row: R, isDown: boolean): void {
    const outcome = isDown ? { minutesToFailure: null, failsWithinDay: null } : undefined
    const open: Open<R> = { minute, machine, row, outcome }
    this.#waiting.push(open)
    if (outcome) return
    const ofMachine = this.#open.get(machine)
    if (ofMachine) ofMachine.push(open)
    else this.#open.set(machine, [open])
  }

  failed(machine: number, minute: number): void {
    this.#settle(machine, open => {
      const minutesToFailure = Math.round(minute - open.minute)
      return { minutesToFailure, failsWithinDay: minutesToFailure <= dayMinutes }
    })
  }

  /** Whether it would have failed is not known: it was renewed, or the run has ended (censored). */
  censored(machine: number, minute: number): void {
    this.#settle(machine, open => ({
      minutesToFailure: null,
      failsWithinDay: minute - open.minute > dayMinutes ? false : null,
    }))
  }

  /** Writes what is known, in the order of time. */
  writeKnown(minute: number): void {
    const waiting = this.#waiting
    for (; this.#first < waiting.length; this.#first++) {
      const open = waiting[this.#first]!
      if (!open.outcome) {
        if (minute - open.minute <= horizonMinutes) break
        open.outcome = { minutesToFailure: null, failsWithinDay: false }
        this.#open.get(open.machine)!.shift()
      }
      this.#write(open.row, open.outcome, open.minute)
    }
    if (this.#first > waiting.length / 2) {
      this.#waiting = waiting.slice(this.#first)
      this.#first = 0
    }
  }

  /** Writes all. */
  end(minute: number): void {
    for (const machine of this.#open.keys()) this.censored(machine, minute)
    this.writeKnown(minute)
  }

  #settle(machine: number, outcomeOf: (open: Open<R>) => Outcome): void {
    for (const open of this.#open.get(machine) ?? []) open.outcome = outcomeOf(open)
    this.#open.set(machine, [])
  }
}
