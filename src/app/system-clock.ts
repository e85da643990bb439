/** The clock of real life: the machine's time and timers. */
import type { Clock } from '../engine/ports.ts'

/** Timers hold the process alive: a run that waits is a run, not an idle process. */
export const systemClock: Clock = {
  now: () => Date.now(),

  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason)
      const wake = () => {
        signal?.removeEventListener('abort', give)
        resolve()
      }
      // A longer timer would overflow and fire at once.
      const timer = setTimeout(wake, Math.min(ms, 2 ** 31 - 1))
      const give = () => {
        clearTimeout(timer)
        reject(signal?.reason)
      }
      signal?.addEventListener('abort', give, { once: true })
    }),

  turn: () => new Promise(resolve => setImmediate(resolve)),
}
