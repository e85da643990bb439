/** How a run ends early: the first reason counts, then nothing new is sent, then what is in flight is not waited for. */
import type { RunEnd } from '../model/run.ts'
import { RunStop } from './run-stop.ts'

export class StopControl {
  readonly #stopping = new AbortController()
  readonly #aborting = new AbortController()
  readonly #impatient = new AbortController()
  #end: RunEnd | undefined
  #failure: { error: unknown } | undefined

  /** Aborted once the run stops: nothing new is planned, started or sent. */
  get stopping(): AbortSignal {
    return this.#stopping.signal
  }

  /** Aborted once calls in flight are given up. */
  get aborting(): AbortSignal {
    return this.#aborting.signal
  }

  /** Aborted once nobody waits any more for a store that has no room or does not answer. */
  get impatient(): AbortSignal {
    return this.#impatient.signal
  }

  get end(): RunEnd | undefined {
    return this.#end
  }

  /** What must be thrown to the caller, since no end of a run describes it. */
  get failure(): { error: unknown } | undefined {
    return this.#failure
  }

  stop(end: RunEnd): void {
    if (this.#end) return
    this.#end = end
    this.#stopping.abort(new RunStop(end))
  }

  /** Ends the run for an error: as the end it carries, or as a failure to be thrown. */
  fail(error: unknown): void {
    if (error instanceof RunStop) {
      this.stop(error.end)
      return
    }
    this.#failure ??= { error }
    this.stop({ state: 'failed', reason: error instanceof Error ? error.message : String(error), hint: '' })
    this.stopNow()
  }

  /** Calls in flight are not waited for any more. */
  abort(): void {
    this.#aborting.abort(this.#stopping.signal.reason)
  }

  stopNow(): void {
    this.abort()
    this.#impatient.abort()
  }

  /** For an end that turned out better than it looked: the target was reached while calls in flight came in. */
  replaceEnd(end: RunEnd): void {
    this.#end = end
  }
}
