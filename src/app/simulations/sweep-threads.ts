/** The runs of a sweep on several threads. */
import { Worker } from 'node:worker_threads'
import { CultivarError } from '../../model/error.ts'
import type { PlannedRun } from './sweep-plan.ts'
import { type SweepOrder, sweepWord, sweepWorker } from './sweep-worker.ts'
import { failedRun, keepSweptRun } from './swept-run.ts'

/** What cannot be cut off from within the thread is given so much longer. */
const patienceMs = 10_000
/** Of errors on their way from a thread, only the code is left. */
const fullCodes = new Set<string | undefined>(['ENOSPC', 'EDQUOT', 'storage-full'])

/**
 * Makes the runs; each has ended once its outcome is put by. A run whose thread has no memory left, or is not heard of, has failed.
 *
 * @param signal gives up those under way
 * @throws CultivarError `storage-full`, and what else ends a thread; no thread goes on then
 */
export async function makeRuns(
  planned: readonly PlannedRun[],
  order: SweepOrder,
  threads: number,
  { signal, observe }: { signal?: AbortSignal | undefined; observe: () => void },
): Promise<void> {
  const left = planned.values()
  const failing = new AbortController()
  const stopping = AbortSignal.any([failing.signal, ...(signal ? [signal] : [])])
  const work = async () => {
    const maker = new RunMaker(order)
    const stop = () => void maker.stop()
    stopping.addEventListener('abort', stop, { once: true })
    try {
      for (const run of left) {
        if (stopping.aborted) return
        await maker.make(run)
        if (!stopping.aborted) observe()
      }
    } catch (error) {
      failing.abort()
      throw error
    } finally {
      stopping.removeEventListener('abort', stop)
      await maker.stop()
    }
  }
  const ended = await Promise.allSettled(Array.from({ length: Math.min(threads, planned.length) }, work))
  for (const one of ended) if (one.status === 'rejected') throw one.reason
}

/** One thread, and another in its place when it dies. */
class RunMaker {
  readonly #order: SweepOrder
  #worker: Worker | undefined
  #stopped = false

  constructor(order: SweepOrder) {
    this.#order = order
  }

  async make(planned: PlannedRun): Promise<void> {
    this.#worker ??= new Worker(sweepWorker, { workerData: { startWord: sweepWord, order: this.#order } })
    const failure = await this.#done(this.#worker, planned)
    if (!failure || this.#stopped) return
    await this.#worker.terminate()
    this.#worker = undefined
    await keepSweptRun(this.#order.folder, failedRun(planned, failure))
  }

  async stop(): Promise<void> {
    this.#stopped = true
    await this.#worker?.terminate()
  }

  async #done(worker: Worker, planned: PlannedRun): Promise<CultivarError | undefined> {
    const done = Promise.withResolvers<CultivarError | undefined>()
    const limitMs = this.#order.asked.stepTimeoutMs + patienceMs
    const silent = setTimeout(
      () => done.resolve(new CultivarError('too-slow', 'It did not come back, and could not be interrupted.')),
      limitMs,
    )
    const heard = (word: string) => (word === 'done' ? done.resolve(undefined) : silent.refresh())
    const died = (error: NodeJS.ErrnoException) => {
      if (error.code === 'ERR_WORKER_OUT_OF_MEMORY')
        done.resolve(new CultivarError('too-large', 'It ran out of memory.'))
      else done.reject(fullCodes.has(error.code) ? storageFull(this.#order.folder) : error)
    }
    const ended = () =>
      this.#stopped ? done.resolve(undefined) : done.reject(new Error('a thread of a sweep ended early'))
    worker.on('message', heard).on('error', died).on('exit', ended)
    worker.postMessage(planned)
    try {
      return await done.promise
    } finally {
      clearTimeout(silent)
      worker.off('message', heard).off('error', died).off('exit', ended)
    }
  }
}

function storageFull(folder: string): CultivarError {
  return new CultivarError(
    'storage-full',
    `There is no room left for the runs in ${folder}.`,
    'Make room; the same command goes on with the runs that have not ended.',
  )
}
