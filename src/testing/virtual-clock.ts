/** A clock whose time passes only when told: whole runs execute in milliseconds, in the same order every time. */

/** The engine’s Clock port, with `run` to let virtual time pass. Equal times fire in the order they were asked for. */
export class VirtualClock {
  #nowMs: number
  #sequence = 0
  readonly #timers = new Map<number, { atMs: number; fire: () => void }>()

  constructor(startMs = 1_700_000_000_000) {
    this.#nowMs = startMs
  }

  now(): number {
    return this.#nowMs
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason)
      const id = this.#sequence++
      const onAbort = () => {
        this.#timers.delete(id)
        reject(signal?.reason)
      }
      const fire = () => {
        signal?.removeEventListener('abort', onAbort)
        resolve()
      }
      this.#timers.set(id, { atMs: this.#nowMs + Math.max(0, ms), fire })
      signal?.addEventListener('abort', onAbort, { once: true })
    })
  }

  turn(): Promise<void> {
    return this.sleep(0)
  }

  /**
   * Lets time pass, one timer after another, until `isOver` says so. Throws if nothing is left to happen, or if it is
   * not over after `mostTimers` of them.
   */
  async run(isOver: () => boolean, mostTimers = Number.POSITIVE_INFINITY): Promise<void> {
    for (let timers = 0; ; timers++) {
      await settled()
      if (isOver()) return
      if (timers >= mostTimers)
        throw new Error(`It is not over after ${mostTimers} timers: something goes round in circles.`)
      let next: [number, { atMs: number; fire: () => void }] | undefined
      for (const entry of this.#timers) if (!next || entry[1].atMs < next[1].atMs) next = entry
      if (!next) throw new Error('Nothing is left to happen, and it is not over: something waits for ever.')
      this.#timers.delete(next[0])
      this.#nowMs = Math.max(this.#nowMs, next[1].atMs)
      next[1].fire()
    }
  }
}

/** Resolves once all promises that can settle without time passing have done so. */
function settled(): Promise<void> {
  return new Promise(resolve => setImmediate(resolve))
}
