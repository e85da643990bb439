/** A thread that looks at a user's file. */
import { fileURLToPath } from 'node:url'
import { isMainThread, parentPort, workerData } from 'node:worker_threads'
import { type DescribedSimulation, describedSimulation } from './described-simulation.ts'
import { findSimulation } from './find-simulation.ts'
import { serveRuns } from './run-thread.ts'

export interface Look {
  /** A name, or the path of a file. */
  simulation: string
  /** Else it is only loaded. */
  describe: boolean
}

export const lookWorker = fileURLToPath(import.meta.url)
export const lookWord = 'look-at-simulation'

if (!isMainThread && workerData?.startWord === lookWord) {
  serveRuns(parentPort!, async ({ simulation, describe }: Look): Promise<DescribedSimulation | undefined> => {
    const found = await findSimulation(simulation)
    return describe ? describedSimulation(found) : undefined
  })
}
