/** The runs of a sweep on several threads. */
import { Worker } from 'node:worker_threads'
import { CultivarError } from '../../model/error.ts'
import type { PlannedRun } from './sweep-plan.ts'
import { type SweepOrder, sweepWord, sweepWorker } from './sweep-worker.ts'
import { failedRun, keepSweptRun } from './swept-run.ts'

/** What cannot be cut off from within the thread is given so much longer. */
const patienceMs = 10_000

/**
 * Makes the runs; each has ended once its outcome is put by. A run whose thread dies has failed.
 *
 * @param signal gives up those under way
 */
export async function makeRuns(
  planned: readonly PlannedRun[],
  order: SweepOrder,
  threads: number,
  { signal, observe }: { signal?: AbortSignal | undefined; observe: () => void },
): Promise<void> {
  const left = planned.values()
  const work = async () => {
    const maker = new RunMaker(order)
    const stop = () => void maker.stop()
    signal?.addEventListener('abort', stop, { once: true })
    try {
      for (const run of left) {
        if (signal?.aborted) return
        await maker.make(run)
        if (!signal?.aborted) observe()
      }
    } finally {
      signal?.removeEventListener('abort', stop)
      await maker.stop()
    }
  }
  await Promise.all(Array.from({ length: Math.min(threads, planned.length) }, work))
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
    const died = (error: Error) =>
      (error as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY'
        ? done.resolve(new CultivarError('too-large', 'It ran out of memory.'))
        : done.reject(error)
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
