/** Crews that repair and maintain: as many jobs at once as there are crews, the most urgent first; none begins between their shifts. */
import type { Model } from '../../model.ts'
import type { Calendar } from './calendar.ts'

export interface Job {
  /** Of those that wait, the highest is next; of equals, who asked first. */
  priority: number
  /** A crew is there, and on shift: it stays until `release`. */
  begin(): void
}

export class Crews {
  /** When they are on shift. */
  readonly calendar: Calendar
  busy = 0
  readonly #count: number
  readonly #clock: Pick<Model, 'time' | 'at'>
  readonly #waiting: Job[] = []
  #shiftIsAwaited = false

  constructor(count: number, calendar: Calendar, clock: Pick<Model, 'time' | 'at'>) {
    this.#count = count
    this.calendar = calendar
    this.#clock = clock
  }

  get areOnShift(): boolean {
    return this.calendar.isWorking(this.#clock.time)
  }

  request(job: Job): void {
    const at = this.#waiting.findIndex(other => other.priority < job.priority)
    this.#waiting.splice(at < 0 ? this.#waiting.length : at, 0, job)
    this.#send()
  }

  /** A job that has not begun is not wanted any more. */
  withdraw(job: Job): void {
    const at = this.#waiting.indexOf(job)
    if (at >= 0) this.#waiting.splice(at, 1)
  }

  /** The crew has done its job, and takes the next. */
  release(): void {
    this.busy--
    this.#send()
  }

  #send(): void {
    if (this.#waiting.length === 0) return
    if (!this.areOnShift) {
      this.#awaitShift()
      return
    }
    while (this.busy < this.#count) {
      const job = this.#waiting.shift()
      if (!job) return
      this.busy++
      job.begin()
    }
  }

  #awaitShift(): void {
    if (this.#shiftIsAwaited) return
    this.#shiftIsAwaited = true
    this.#clock.at(this.calendar.next(this.#clock.time), () => {
      this.#shiftIsAwaited = false
      this.#send()
    })
  }
}
