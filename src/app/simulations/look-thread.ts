/** Looks at a user's file in a thread of its own: one that never comes to its end is given up, and can be stopped. */
import { CultivarError } from '../../model/error.ts'
import type { DescribedSimulation } from './described-simulation.ts'
import { hashedModel } from './find-simulation.ts'
import { type Look, lookWord, lookWorker } from './look-worker.ts'
import { RunThread, reasonOf } from './run-thread.ts'
import { neverBegan } from './simulation-thread.ts'

/** @throws CultivarError as `findSimulation`; for a model that cannot be made with its defaults; `too-slow` */
export async function describeInThread(simulation: string, limitMs: number): Promise<DescribedSimulation> {
  return (await look({ simulation, describe: true }, limitMs))!
}

/**
 * Whether it can be loaded at all, before this thread does so.
 *
 * @throws CultivarError as `findSimulation`; `too-slow`; `interrupted`
 */
export async function loadInThread(simulation: string, limitMs: number, signal?: AbortSignal): Promise<void> {
  await look({ simulation, describe: false }, limitMs, signal)
}

async function look(
  asked: Omit<Look, 'hashed'>,
  limitMs: number,
  signal?: AbortSignal,
): Promise<DescribedSimulation | undefined> {
  const thread = new RunThread<Look, DescribedSimulation | undefined>(lookWorker, { startWord: lookWord }, limitMs)
  const stop = () => void thread.stop()
  if (signal?.aborted) stop()
  signal?.addEventListener('abort', stop, { once: true })
  try {
    return await thread.make({ ...asked, hashed: await hashedModel(asked.simulation) })
  } catch (error) {
    throw error instanceof CultivarError && error.code === 'too-slow' ? neverBegan(asked.simulation) : reasonOf(error)
  } finally {
    signal?.removeEventListener('abort', stop)
    await thread.stop()
  }
}
