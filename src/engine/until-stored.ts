/** Holds on while the store has no room or does not answer, because what waits to be written may have been paid for. */
import { CultivarError } from '../model/error.ts'
import type { Clock } from './ports.ts'

/** A store that does not answer for this long ends the run; a full disk is waited for as long as the process lives. */
const patienceMs = 120_000

/**
 * Runs an idempotent transaction until it is acknowledged. Anything but “no room” and “no answer” is thrown at once;
 * so is everything once `signal` is aborted, since then a person waits.
 */
export async function untilStored<T>(
  work: () => Promise<T>,
  { clock, signal, onWait }: { clock: Clock; signal: AbortSignal; onWait: (why: string) => void },
): Promise<T> {
  const startedMs = clock.now()
  for (let waitMs = 100; ; waitMs = Math.min(waitMs * 2, 5000)) {
    try {
      return await work()
    } catch (error) {
      const code = error instanceof CultivarError ? error.code : undefined
      const worthWaiting =
        code === 'storage-full' || (code === 'storage-unavailable' && clock.now() - startedMs < patienceMs)
      if (!worthWaiting || signal.aborted) throw error
      onWait((error as CultivarError).message)
      await clock.sleep(waitMs)
    }
  }
}
