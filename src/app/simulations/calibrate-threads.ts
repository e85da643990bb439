/** The runs of a calibration on several threads. */
import type { RunTables } from '../../simulations/calibrate/calibration-order.ts'
import type { SimulationOrder } from '../../simulations/run-simulation.ts'
import {
  type CalibrationRun,
  type CalibrationRunMade,
  type CalibrationRuns,
  calibrateWord,
  calibrateWorker,
} from './calibrate-worker.ts'
import { patienceMs, RunThread } from './run-thread.ts'
import { failureOf } from './said-failure.ts'

type Thread = RunThread<CalibrationRun, CalibrationRunMade>

export class CalibrationThreads {
  readonly #threads: Thread[]
  readonly #idle: Thread[]
  /** First come, first served. */
  readonly #waiting: ((thread: Thread) => void)[] = []

  /** As many as are needed at once are begun, at most `threads`. */
  constructor(order: CalibrationRuns, threads: number) {
    const workerData = { startWord: calibrateWord, order }
    this.#threads = Array.from(
      { length: threads },
      (): Thread => new RunThread(calibrateWorker, workerData, order.stepTimeoutMs + patienceMs),
    )
    this.#idle = [...this.#threads]
  }

  /** By target, once a thread was free for the run. @throws CultivarError what the run throws; `interrupted` once it was stopped */
  async statistics(run: SimulationOrder): Promise<number[]> {
    return (await this.#made(run, false)).values
  }

  /** Of a run that is only begun. @throws CultivarError as `statistics` */
  async tables(run: SimulationOrder): Promise<RunTables> {
    return (await this.#made(run, true)).tables
  }

  async #made({ parameters = {}, seed }: SimulationOrder, onlyBegin: boolean) {
    const thread = this.#idle.pop() ?? (await new Promise<Thread>(resolve => this.#waiting.push(resolve)))
    try {
      const made = await thread.make({ parameters, seed, onlyBegin })
      if ('failure' in made) throw failureOf(made.failure)
      return made
    } finally {
      const next = this.#waiting.shift()
      if (next) next(thread)
      else this.#idle.push(thread)
    }
  }

  /** Gives up all runs, and leaves no thread behind. */
  async stop(): Promise<void> {
    await Promise.all(this.#threads.map(thread => thread.stop()))
  }
}
