/** The runs of a sweep on several threads. */
import { CultivarError } from '../../model/error.ts'
import { patienceMs, RunThread, reasonOf } from './run-thread.ts'
import type { PlannedRun } from './sweep-plan.ts'
import { type SweepOrder, sweepWord, sweepWorker } from './sweep-worker.ts'
import { failedRun, keepSweptRun } from './swept-run.ts'

/** Of errors on their way from a thread, only the code is left. */
const fullCodes = new Set<string | undefined>(['ENOSPC', 'EDQUOT', 'storage-full'])

/**
 * Makes the runs; each has ended once its outcome is put by. A run whose thread has no memory left, or is not heard of, has failed.
 *
 * @param signal gives up those under way
 * @throws CultivarError `storage-full`, `run-changed` for a model that changed since it was planned, and what else ends a thread; no
 * thread goes on then
 */
export async function makeRuns(
  planned: readonly PlannedRun[],
  order: SweepOrder,
  threads: number,
  { signal, observe }: { signal?: AbortSignal | undefined; observe: () => void },
): Promise<void> {
  const { stepTimeoutMs } = order.asked
  const workerData = { startWord: sweepWord, order }
  const left = planned.values()
  const failing = new AbortController()
  const stopping = AbortSignal.any([failing.signal, ...(signal ? [signal] : [])])
  const work = async () => {
    const thread = new RunThread<PlannedRun, void>(sweepWorker, workerData, stepTimeoutMs + patienceMs)
    const stop = () => void thread.stop()
    stopping.addEventListener('abort', stop, { once: true })
    try {
      for (const run of left) {
        if (stopping.aborted) return
        const failure = await failureOf(thread.make(run), order.folder)
        if (stopping.aborted) return
        if (failure) await keepSweptRun(order.folder, failedRun(run, failure))
        observe()
      }
    } catch (error) {
      failing.abort()
      throw error
    } finally {
      stopping.removeEventListener('abort', stop)
      await thread.stop()
    }
  }
  const ended = await Promise.allSettled(Array.from({ length: Math.min(threads, planned.length) }, work))
  for (const one of ended) if (one.status === 'rejected') throw one.reason
}

/** None where the run came to its end. */
async function failureOf(made: Promise<void>, folder: string): Promise<CultivarError | undefined> {
  try {
    await made
    return undefined
  } catch (error) {
    if (error instanceof CultivarError) return error
    const reason = reasonOf(error)
    throw fullCodes.has((reason as NodeJS.ErrnoException).code) ? storageFull(folder) : reason
  }
}

function storageFull(folder: string): CultivarError {
  return new CultivarError(
    'storage-full',
    `There is no room left for the runs in ${folder}.`,
    'Make room; the same command goes on with the runs that have not ended.',
  )
}
