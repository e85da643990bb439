/** A thread that looks at a user's file. */
import { fileURLToPath } from 'node:url'
import { isMainThread, parentPort, workerData } from 'node:worker_threads'
import { type DescribedSimulation, describedSimulation } from './described-simulation.ts'
import { findSimulation } from './find-simulation.ts'
import type { HashedModel } from './model-hash.ts'
import { serveRuns } from './run-thread.ts'

export interface Look {
  /** A name, or the path of a file. */
  simulation: string
  hashed: HashedModel | undefined
  /** Else it is only loaded. */
  describe: boolean
}

export const lookWorker = fileURLToPath(import.meta.url)
export const lookWord = 'look-at-simulation'

if (!isMainThread && workerData?.startWord === lookWord) {
  serveRuns(parentPort!, async ({ simulation, hashed, describe }: Look): Promise<DescribedSimulation | undefined> => {
    const found = await findSimulation(simulation, hashed)
    return describe ? describedSimulation(found) : undefined
  })
}
