/** The thread that a simulation runs in: it makes blocks as fast as the other side takes them. */
import { fileURLToPath } from 'node:url'
import { isMainThread, type MessagePort, parentPort, workerData } from 'node:worker_threads'
import { CultivarError } from '../../model/error.ts'
import type { Column } from '../../tables/table.ts'
import { type AskedRun, type BegunRun, beginRun } from './begin-run.ts'
import { findSimulation } from './find-simulation.ts'
import type { GuardedRun, RunOutcome } from './guarded-run.ts'
import type { HashedModel } from './model-hash.ts'
import { type SaidFailure, saidFailure } from './said-failure.ts'

/** What it says, in this order but for the middle. */
export type Said =
  | { begun: BegunRun }
  | { table: number; rows: number; columns: Column[] }
  | { steps: number }
  | { ended: Omit<RunOutcome, 'failure'> & { failure?: SaidFailure } }
  | { refused: SaidFailure }

export const simulationWorker = fileURLToPath(import.meta.url)
export const startWord = 'run-simulation'
/** Blocks on their way at once. */
const mostUnderWay = 6

async function serve(asked: AskedRun, hashed: HashedModel | undefined, port: MessagePort): Promise<void> {
  const say = (said: Said, handedOver: ArrayBuffer[] = []) => port.postMessage(said, handedOver)
  const line = new Line(port)
  try {
    const run = await begin(asked, hashed, say)
    if (run) await runToEnd(run, say, line)
  } finally {
    port.close()
  }
}

async function begin(
  asked: AskedRun,
  hashed: HashedModel | undefined,
  say: (said: Said) => void,
): Promise<GuardedRun | undefined> {
  try {
    const found = await findSimulation(asked.simulation, hashed)
    const { run, begun } = beginRun(found, asked)
    say({ begun })
    return run
  } catch (error) {
    if (!(error instanceof CultivarError)) throw error
    say({ refused: saidFailure(error) })
    return undefined
  }
}

async function runToEnd(run: GuardedRun, say: (said: Said, handedOver?: ArrayBuffer[]) => void, line: Line) {
  while (!run.outcome) {
    for (const { table, block } of line.stopped ? run.stop() : run.goOn()) {
      const columns = block.columns.map(column => (column.storage === 'codes' ? { ...column, dictionary: [] } : column))
      say({ table, rows: block.rows, columns }, columns.flatMap(buffersOf))
      await line.taken(mostUnderWay)
    }
    say({ steps: run.steps })
    await line.turn()
  }
  const { failure, ...ended } = run.outcome
  say({ ended: { ...ended, ...(failure && { failure: saidFailure(failure) }) } })
}

function buffersOf(column: Column): ArrayBuffer[] {
  if (column.storage === 'texts') return []
  return [(column.storage === 'codes' ? column.codes : column.values).buffer as ArrayBuffer]
}

/** What the other side says: that a block was taken, or that it wants no more. */
class Line {
  stopped = false
  #underWay = 0
  #wake: () => void = () => undefined

  constructor(port: MessagePort) {
    port.on('message', word => {
      if (word === 'stop') this.stopped = true
      else this.#underWay--
      this.#wake()
    })
  }

  /** A block was sent; resolves when fewer than `most` are under way. */
  async taken(most: number): Promise<void> {
    this.#underWay++
    while (this.#underWay >= most) await new Promise<void>(resolve => (this.#wake = resolve))
  }

  /** Lets what was said arrive. */
  turn(): Promise<void> {
    return new Promise(resolve => setImmediate(resolve))
  }
}

if (!isMainThread && workerData?.startWord === startWord) void serve(workerData.asked, workerData.hashed, parentPort!)
