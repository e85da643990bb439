/** A thread that makes runs one after another, and another in its place when it dies. */
import { type MessagePort, Worker } from 'node:worker_threads'
import { CultivarError } from '../../model/error.ts'
import { failureOf, type SaidFailure, saidFailure } from './said-failure.ts'

/** What cannot be cut off from within the thread is given so much longer than a step. */
export const patienceMs = 10_000
const betweenSignsMs = 500

/** What a thread says: that it goes on, what came of a run, or why it makes none. */
type Said<Made> = 'alive' | { made: Made } | { refused: SaidFailure }

/** What was thrown in the thread, and is not what came of a run. */
class Refusal extends Error {
  constructor(cause: CultivarError) {
    super(cause.message, { cause })
  }
}

/** What made a thread refuse its runs; any other error as it is. */
export function reasonOf(error: unknown): unknown {
  return error instanceof Refusal ? error.cause : error
}

export class RunThread<Asked, Made> {
  readonly #file: string
  readonly #workerData: unknown
  readonly #limitMs: number
  #worker: Worker | undefined
  /** What ended the thread between two runs. */
  #fault: Error | undefined
  #stopped = false

  /**
   * @param file what the thread does: `serveRuns`; it is begun with the first run
   * @param limitMs after which a thread that is not heard of is given up
   */
  constructor(file: string, workerData: unknown, limitMs: number) {
    this.#file = file
    this.#workerData = workerData
    this.#limitMs = limitMs
  }

  /**
   * One run; the one before has ended.
   *
   * @throws CultivarError for a run that failed with its thread: `too-large` where there was no memory left, `too-slow` where it was not
   * heard of any more; `interrupted` once it was stopped
   * @throws Error what else ended the thread, or what it refuses to run for (`reasonOf`): it would end any other, too
   */
  async make(asked: Asked): Promise<Made> {
    if (this.#stopped) throw stopped()
    if (this.#fault) throw this.#fault
    this.#worker ??= this.#begun()
    const worker = this.#worker
    try {
      return await this.#made(worker, asked)
    } catch (error) {
      this.#worker = undefined
      this.#fault = undefined
      await worker.terminate()
      throw this.#stopped ? stopped() : error
    }
  }

  /** Gives up the run under way, too. */
  async stop(): Promise<void> {
    this.#stopped = true
    await this.#worker?.terminate()
  }

  #begun(): Worker {
    const worker = new Worker(this.#file, { workerData: this.#workerData })
    // A model may leave something behind that goes wrong later.
    const died = (error: Error) => {
      if (this.#worker === worker) this.#fault ??= error
    }
    return worker.on('error', died).on('exit', () => died(endedEarly()))
  }

  async #made(worker: Worker, asked: Asked): Promise<Made> {
    const made = Promise.withResolvers<Made>()
    const silent = setTimeout(
      () => made.reject(new CultivarError('too-slow', 'It did not come back, and could not be interrupted.')),
      this.#limitMs,
    )
    const heard = (said: Said<Made>) => {
      if (said === 'alive') silent.refresh()
      else if ('made' in said) made.resolve(said.made)
      else made.reject(new Refusal(failureOf(said.refused)))
    }
    const died = (error: NodeJS.ErrnoException) => {
      const isFull = error.code === 'ERR_WORKER_OUT_OF_MEMORY'
      made.reject(isFull ? new CultivarError('too-large', 'It ran out of memory.') : error)
    }
    const ended = () => made.reject(endedEarly())
    worker.on('message', heard).on('error', died).on('exit', ended)
    worker.postMessage(asked)
    try {
      return await made.promise
    } finally {
      clearTimeout(silent)
      worker.off('message', heard).off('error', died).off('exit', ended)
    }
  }
}

function endedEarly(): Error {
  return new Error('a thread of a simulation ended early')
}

function stopped(): CultivarError {
  return new CultivarError('interrupted', 'It was stopped.')
}

/** Within the thread. @param make calls `alive` every now and then; what it throws ends the thread */
export function serveRuns<Asked, Made>(
  port: MessagePort,
  make: (asked: Asked, alive: () => void) => Promise<Made>,
): void {
  let toldMs = 0
  const alive = () => {
    const nowMs = performance.now()
    if (nowMs - toldMs < betweenSignsMs) return
    toldMs = nowMs
    port.postMessage('alive')
  }
  port.on('message', async (asked: Asked) => {
    try {
      port.postMessage({ made: await make(asked, alive) })
    } catch (error) {
      if (!(error instanceof CultivarError)) throw error
      port.postMessage({ refused: saidFailure(error) })
    }
  })
}
