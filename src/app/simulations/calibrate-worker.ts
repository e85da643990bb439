/** A thread that makes runs of a calibration, one after another: of their tables, only the statistics leave it. */
import { fileURLToPath } from 'node:url'
import { isMainThread, parentPort, workerData } from 'node:worker_threads'
import { CultivarError } from '../../model/error.ts'
import type { RunTables } from '../../simulations/calibrate/calibration-order.ts'
import { type CalibrationTarget, statisticsOf } from '../../simulations/calibrate/target.ts'
import type { SimulationOrder } from '../../simulations/run-simulation.ts'
import type { Table } from '../../tables/table.ts'
import { type FoundSimulation, findSimulation } from './find-simulation.ts'
import { GuardedRun } from './guarded-run.ts'
import type { HashedModel } from './model-hash.ts'
import { serveRuns } from './run-thread.ts'
import { type SaidFailure, saidFailure } from './said-failure.ts'

/** What is the same for all runs. */
export interface CalibrationRuns extends Omit<SimulationOrder, 'parameters' | 'seed'> {
  /** A name, or the path of a file. */
  simulation: string
  /** Of its file, as it was found before. */
  hashed: HashedModel | undefined
  targets: readonly CalibrationTarget[]
  stepTimeoutMs: number
}

/** What differs. */
export interface CalibrationRun extends Pick<SimulationOrder, 'parameters' | 'seed'> {
  /** It is set up, and not run. */
  onlyBegin: boolean
}

/** Statistics of a run, by target; tables of one that was only begun. */
export type CalibrationRunMade = { values: number[]; tables: RunTables } | { failure: SaidFailure }

export const calibrateWorker = fileURLToPath(import.meta.url)
export const calibrateWord = 'calibrate-simulation'

function made(
  { simulation }: FoundSimulation,
  { onlyBegin, ...run }: CalibrationRun,
  { targets, stepTimeoutMs, simulation: _, hashed: __, ...order }: CalibrationRuns,
  alive: () => void,
): CalibrationRunMade {
  try {
    const guarded = new GuardedRun(simulation, { ...order, ...run }, stepTimeoutMs)
    if (onlyBegin) return { values: [], tables: guarded.tables }
    return { values: statisticsOf(targets, blocksOf(guarded, alive)), tables: [] }
  } catch (error) {
    if (!(error instanceof CultivarError)) throw error
    return { failure: saidFailure(error) }
  }
}

function* blocksOf(run: GuardedRun, alive: () => void): Generator<Table> {
  while (!run.outcome) {
    for (const { block } of run.goOn()) yield block
    alive()
  }
  if (run.outcome.failure) throw run.outcome.failure
}

if (!isMainThread && workerData?.startWord === calibrateWord) {
  const order: CalibrationRuns = workerData.order
  let found: FoundSimulation | undefined
  serveRuns(parentPort!, async (run: CalibrationRun, alive) => {
    found ??= await findSimulation(order.simulation, order.hashed)
    return made(found, run, order, alive)
  })
}
