/** A run in a thread of its own: its blocks come as fast as they are taken, and whatever the model does, the rest of the program goes on. */
import { on } from 'node:events'
import { Worker } from 'node:worker_threads'
import { CultivarError } from '../../model/error.ts'
import type { MixedBlock, TableHead } from '../../table-files/index.ts'
import type { Column } from '../../tables/table.ts'
import type { AskedRun, BegunRun } from './begin-run.ts'
import { hashedModel } from './find-simulation.ts'
import type { RunOutcome } from './guarded-run.ts'
import { failureOf } from './said-failure.ts'
import { type Said, simulationWorker, startWord } from './simulation-worker.ts'

export interface ThreadedRun extends BegunRun {
  /** In the order they were made. To be read to its end, or left early; where it is not even begun, the run is given up. */
  blocks: AsyncGenerator<MixedBlock, RunOutcome>
  giveUp(): Promise<void>
}

const tickMs = 1000
/** What cannot be cut off from within is given so many seconds more, and whoever wants to stop need not wait longer. */
const patienceTicks = 10

/**
 * @param signal stops it after the step under way
 * @throws CultivarError what finding and setting it up throw
 */
export async function simulationInThread(
  asked: AskedRun,
  { signal, observe }: { signal?: AbortSignal | undefined; observe?: ((steps: number) => void) | undefined } = {},
): Promise<ThreadedRun> {
  const hashed = await hashedModel(asked.simulation)
  const worker = new Worker(simulationWorker, { workerData: { startWord, asked, hashed } })
  const messages = on(worker, 'message', { close: ['exit'] }) as AsyncIterableIterator<[Said]>
  const watch = new Watch(worker, asked.stepTimeoutMs, signal)
  const giveUp = async () => {
    watch.end()
    await worker.terminate()
  }
  try {
    const first = await nextOf(messages)
    watch.heard(0)
    if (first && 'refused' in first) throw failureOf(first.refused)
    if (!first || !('begun' in first)) throw watch.whyNotBegun(asked.simulation)
    return { ...first.begun, blocks: blocksOf(first.begun, worker, messages, watch, giveUp, observe), giveUp }
  } catch (error) {
    await giveUp()
    throw isOutOfMemory(error) ? outOfMemory(asked.simulation, 0) : error
  }
}

async function* blocksOf(
  { simulation, tables }: BegunRun,
  worker: Worker,
  messages: AsyncIterableIterator<[Said]>,
  watch: Watch,
  giveUp: () => Promise<void>,
  observe?: (steps: number) => void,
): AsyncGenerator<MixedBlock, RunOutcome> {
  let steps = 0
  try {
    for (;;) {
      const said = await nextOf(messages)
      if (!said) return { steps, ...watch.outcome(simulation.name, steps) }
      if ('table' in said) {
        const { table, rows, columns } = said
        const head = tables[table]!
        watch.heard(1)
        yield {
          table,
          block: { name: head.name, rows, columns: columns.map((column, at) => withDictionary(column, head, at)) },
        }
        watch.heard(-1)
        worker.postMessage('taken')
      } else if ('steps' in said) {
        steps = said.steps
        watch.heard(0)
        observe?.(steps)
      } else if ('ended' in said) {
        const { failure, ...ended } = said.ended
        observe?.(ended.steps)
        return { ...ended, ...(failure && { failure: failureOf(failure) }) }
      }
    }
  } catch (error) {
    if (!isOutOfMemory(error)) throw error
    return { steps, why: 'failed', failure: outOfMemory(simulation.name, steps) }
  } finally {
    await giveUp()
  }
}

async function nextOf(messages: AsyncIterableIterator<[Said]>): Promise<Said | undefined> {
  const next = await messages.next()
  return next.done ? undefined : next.value[0]
}

/** Ends a thread that is not heard of any more. It counts turns of this thread, which may itself be busy writing. */
class Watch {
  readonly #worker: Worker
  readonly #mostTicks: number
  readonly #signal: AbortSignal | undefined
  readonly #timer: NodeJS.Timeout
  readonly #stop: () => void
  #silentTicks = 0
  /** Blocks that are being written: then the thread may be waiting. */
  #writing = 0

  constructor(worker: Worker, stepTimeoutMs: number, signal: AbortSignal | undefined) {
    this.#worker = worker
    this.#signal = signal
    this.#mostTicks = Math.ceil(stepTimeoutMs / tickMs) + patienceTicks
    this.#timer = setInterval(() => this.#tick(), tickMs)
    this.#stop = () => {
      this.#silentTicks = 0
      worker.postMessage('stop')
    }
    if (signal?.aborted) this.#stop()
    signal?.addEventListener('abort', this.#stop, { once: true })
  }

  heard(writing: number): void {
    this.#silentTicks = 0
    this.#writing += writing
  }

  end(): void {
    clearInterval(this.#timer)
    this.#signal?.removeEventListener('abort', this.#stop)
  }

  outcome(name: string, steps: number): Pick<RunOutcome, 'why' | 'failure'> {
    if (this.#signal?.aborted) return { why: 'stopped' }
    const failure = new CultivarError(
      'too-slow',
      `“${name}” did not come back after step ${steps}, and could not be interrupted.`,
      'What it collected since its last full block is lost.',
    )
    return { why: 'failed', failure }
  }

  whyNotBegun(name: string): CultivarError {
    if (this.#signal?.aborted)
      return new CultivarError('interrupted', `“${name}” was stopped before it began.`, 'Nothing was written.')
    return neverBegan(name)
  }

  #tick(): void {
    if (this.#writing > 0) return
    this.#silentTicks++
    const most = this.#signal?.aborted ? patienceTicks : this.#mostTicks
    if (this.#silentTicks > most) void this.#worker.terminate()
  }
}

export function neverBegan(name: string): CultivarError {
  return new CultivarError(
    'too-slow',
    `“${name}” was not loaded and set up in time, and could not be interrupted.`,
    'Look for a loop that never ends outside of the model’s classes; nothing was written.',
  )
}

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
}

function outOfMemory(name: string, steps: number): CultivarError {
  return new CultivarError(
    'too-large',
    `“${name}” ran out of memory after step ${steps}.`,
    'Let it keep less: a smaller space, fewer agents, no lists that grow with every step. What it collected since its last full block is lost.',
  )
}

/** Dictionaries are the same here and there: they are not sent with each block. */
function withDictionary(column: Column, head: TableHead, at: number): Column {
  const header = head.columns[at]!
  return column.storage === 'codes' && header.storage === 'codes'
    ? { ...column, dictionary: header.dictionary }
    : column
}
