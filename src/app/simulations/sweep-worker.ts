/** A thread that makes runs of a sweep, one after another, as it is told. */
import { fileURLToPath } from 'node:url'
import { isMainThread, type MessagePort, parentPort, workerData } from 'node:worker_threads'
import type { AskedRun } from './begin-run.ts'
import { findSimulation } from './find-simulation.ts'
import type { PlannedRun } from './sweep-plan.ts'
import { makeSweptRun } from './swept-run.ts'

export interface SweepOrder {
  asked: AskedRun
  /** Where runs are put by. */
  folder: string
}

export const sweepWorker = fileURLToPath(import.meta.url)
export const sweepWord = 'sweep-simulation'
const betweenSignsMs = 500

function serve({ asked, folder }: SweepOrder, port: MessagePort): void {
  const finding = findSimulation(asked.simulation)
  let toldMs = 0
  const alive = () => {
    const nowMs = performance.now()
    if (nowMs - toldMs < betweenSignsMs) return
    toldMs = nowMs
    port.postMessage('alive')
  }
  port.on('message', async (planned: PlannedRun | null) => {
    if (planned === null) return port.close()
    await makeSweptRun(await finding, planned, asked, folder, alive)
    port.postMessage('done')
  })
}

if (!isMainThread && workerData?.startWord === sweepWord) serve(workerData.order, parentPort!)
