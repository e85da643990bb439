/** Limits on one provider key: calls at once, requests and tokens a minute, and pauses that the server asks for. */
import type { Clock, LanguageModel } from './ports.ts'

const minuteMs = 60_000
const longestBackoffMs = 60_000

interface Waiter {
  priority: number
  tokens: number
  start: () => void
}

export interface Slot {
  /** The call ended; `rateLimited` slows the next ones down. */
  release(result: { served: boolean } | { rateLimited: true; retryAfterMs?: number }): void
}

/**
 * Concurrency adapts below the configured limit: one more for each round of successes, half at a rate limit
 * (additive increase, multiplicative decrease; Chiu and Jain 1989). Whoever has the lowest priority number goes first.
 */
export class Limiter {
  readonly #clock: Clock
  readonly #limits: LanguageModel['limits']
  readonly #ended: AbortSignal
  readonly #onPause: (untilMs: number) => void
  #allowed: number
  #inFlight = 0
  #pausedUntilMs = 0
  #decreasedAtMs = -1
  #rateLimitsInARow = 0
  #recent: { atMs: number; tokens: number }[] = []
  #waiters: Waiter[] = []
  #wakeAtMs = Number.POSITIVE_INFINITY

  /** `ended` ends the waiting for better times, so that a pause of minutes never keeps a stopped run alive. */
  constructor(clock: Clock, limits: LanguageModel['limits'], ended: AbortSignal, onPause: (untilMs: number) => void) {
    this.#clock = clock
    this.#ended = ended
    this.#limits = limits
    this.#onPause = onPause
    this.#allowed = limits.concurrency
  }

  get inFlight(): number {
    return this.#inFlight
  }

  /** Resolves when the call may start; rejects with the signal’s reason as soon as it aborts. */
  acquire(priority: number, tokens: number, signal: AbortSignal): Promise<Slot> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason)
      const waiter: Waiter = {
        priority,
        tokens,
        start: () => {
          signal.removeEventListener('abort', onAbort)
          resolve(this.#slot())
        },
      }
      const onAbort = () => {
        this.#waiters = this.#waiters.filter(other => other !== waiter)
        reject(signal.reason)
      }
      signal.addEventListener('abort', onAbort, { once: true })
      const place = this.#waiters.findIndex(other => other.priority > priority)
      this.#waiters.splice(place < 0 ? this.#waiters.length : place, 0, waiter)
      this.#startWaiters()
    })
  }

  #slot(): Slot {
    const startedMs = this.#clock.now()
    return {
      release: result => {
        this.#inFlight--
        if ('rateLimited' in result) this.#slowDown(startedMs, result.retryAfterMs)
        else if (result.served) {
          this.#rateLimitsInARow = 0
          this.#allowed = Math.min(this.#limits.concurrency, this.#allowed + 1 / this.#allowed)
        }
        this.#startWaiters()
      },
    }
  }

  #slowDown(startedMs: number, retryAfterMs: number | undefined): void {
    const now = this.#clock.now()
    // Calls that were under way together are refused together: that is one sign of overload, not many.
    if (startedMs > this.#decreasedAtMs) {
      this.#allowed = Math.max(1, this.#allowed / 2)
      this.#decreasedAtMs = now
      this.#rateLimitsInARow++
    }
    const waitMs = retryAfterMs ?? Math.min(1000 * 2 ** (this.#rateLimitsInARow - 1), longestBackoffMs)
    if (now + waitMs > this.#pausedUntilMs) {
      this.#pausedUntilMs = now + waitMs
      this.#onPause(this.#pausedUntilMs)
    }
  }

  #startWaiters(): void {
    while (this.#waiters.length > 0 && this.#inFlight < Math.floor(this.#allowed)) {
      const now = this.#clock.now()
      const first = this.#waiters[0] as Waiter
      const openMs = Math.max(this.#pausedUntilMs, this.#minuteOpensMs(now, first.tokens))
      if (openMs > now) {
        this.#wake(openMs)
        return
      }
      this.#waiters.shift()
      this.#inFlight++
      if (this.#limits.rpm !== undefined || this.#limits.tpm !== undefined)
        this.#recent.push({ atMs: now, tokens: first.tokens })
      first.start()
    }
  }

  /** When the sliding minute has room for one more request of so many tokens. */
  #minuteOpensMs(now: number, tokens: number): number {
    const { rpm = Number.POSITIVE_INFINITY, tpm = Number.POSITIVE_INFINITY } = this.#limits
    this.#recent = this.#recent.filter(({ atMs }) => atMs > now - minuteMs)
    let requests = this.#recent.length
    let sum = this.#recent.reduce((total, call) => total + call.tokens, 0)
    let openMs = now
    for (const call of this.#recent) {
      if (requests < rpm && sum + tokens <= tpm) break
      requests--
      sum -= call.tokens
      openMs = call.atMs + minuteMs
    }
    return openMs
  }

  #wake(atMs: number): void {
    if (atMs >= this.#wakeAtMs) return
    this.#wakeAtMs = atMs
    const wake = () => {
      if (this.#wakeAtMs === atMs) this.#wakeAtMs = Number.POSITIVE_INFINITY
      if (!this.#ended.aborted) this.#startWaiters()
    }
    void this.#clock.sleep(atMs - this.#clock.now(), this.#ended).then(wake, wake)
  }
}
