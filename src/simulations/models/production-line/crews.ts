/** Crews that repair and maintain: as many jobs at once as there are crews, the most urgent first. */

export interface Job {
  /** Of those that wait, the highest is next; of equals, who asked first. */
  priority: number
  /** A crew is there: it stays until `release`. */
  begin(): void
}

export class Crews {
  readonly count: number
  busy = 0
  readonly #waiting: Job[] = []

  constructor(count: number) {
    this.count = count
  }

  get waiting(): number {
    return this.#waiting.length
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
    while (this.busy < this.count) {
      const job = this.#waiting.shift()
      if (!job) return
      this.busy++
      job.begin()
    }
  }
}
