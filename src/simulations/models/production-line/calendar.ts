/** Working time: which minutes of the week are worked, and when so much work is done that begins now. */

const dayMinutes = 1440
const weekMinutes = 7 * dayMinutes
const shiftMinutes = 480

/** Minute 0: a Monday, when the first shift begins. */
const lineStart = Date.UTC(2024, 0, 1, 6)

/** @returns milliseconds since 1970, of whole seconds */
export function timestamp(minute: number): number {
  return lineStart + Math.round(minute * 60) * 1000
}

export class Calendar {
  readonly #dayWork: number
  readonly #days: number
  readonly #always: boolean

  /** @param shifts of eight hours, one after another from 6 o’clock on */
  constructor(shifts: number, weekends: boolean) {
    this.#dayWork = shifts * shiftMinutes
    this.#days = weekends ? 7 : 5
    this.#always = this.#dayWork * this.#days === weekMinutes
  }

  isWorking(minute: number): boolean {
    return this.#always || (minute % dayMinutes < this.#dayWork && (minute % weekMinutes) / dayMinutes < this.#days)
  }

  /** Minutes worked since minute 0. */
  worked(minute: number): number {
    if (this.#always) return minute
    const day = Math.floor((minute % weekMinutes) / dayMinutes)
    const today = day < this.#days ? Math.min(minute % dayMinutes, this.#dayWork) : 0
    return (Math.floor(minute / weekMinutes) * this.#days + Math.min(day, this.#days)) * this.#dayWork + today
  }

  /** The first minute from this one on that is worked: this one, or the next shift’s first. */
  next(minute: number): number {
    if (this.isWorking(minute)) return minute
    let day = Math.floor(minute / dayMinutes) + 1
    while (!this.isWorking(day * dayMinutes)) day++
    return day * dayMinutes
  }

  /** When so many minutes of work are done that begin at `minute`, or with the next shift. */
  after(minute: number, work: number): number {
    if (this.#always) return minute + work
    const total = this.worked(minute) + work
    // What ends with a shift ends that day, not when the next one begins.
    const day = Math.max(0, Math.ceil(total / this.#dayWork) - 1)
    const calendarDay = Math.floor(day / this.#days) * 7 + (day % this.#days)
    return Math.max(minute, calendarDay * dayMinutes + total - day * this.#dayWork)
  }
}
