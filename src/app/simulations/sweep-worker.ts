/** A thread that makes runs of a sweep, one after another, as it is told. */
import { fileURLToPath } from 'node:url'
import { isMainThread, parentPort, workerData } from 'node:worker_threads'
import type { AskedRun } from './begin-run.ts'
import { type FoundSimulation, findSimulation } from './find-simulation.ts'
import type { HashedModel } from './model-hash.ts'
import { serveRuns } from './run-thread.ts'
import type { PlannedRun } from './sweep-plan.ts'
import { makeSweptRun } from './swept-run.ts'

export interface SweepOrder {
  asked: AskedRun
  /** Where runs are put by. */
  folder: string
  /** Of the model as it was planned, where it is a file. */
  hashed: HashedModel | undefined
}

export const sweepWorker = fileURLToPath(import.meta.url)
export const sweepWord = 'sweep-simulation'

if (!isMainThread && workerData?.startWord === sweepWord) {
  const { asked, folder, hashed }: SweepOrder = workerData.order
  let found: FoundSimulation | undefined
  serveRuns(parentPort!, async (planned: PlannedRun, alive) => {
    found ??= await findSimulation(asked.simulation, hashed)
    return makeSweptRun(found, planned, asked, folder, alive)
  })
}
