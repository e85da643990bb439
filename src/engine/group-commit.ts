/** Gathers what many callers want written into one transaction: a commit costs the same for one row as for a hundred. */
import type { Clock } from './ports.ts'

/**
 * Returns a function that resolves once its item is durable. Items that arrive within one turn, or while a commit is under way,
 * share the next commit, in order of arrival.
 */
export function groupCommit<In, Out>(
  clock: Clock,
  commit: (batch: In[]) => Promise<Out[]>,
  mostAtOnce = 256,
): (item: In) => Promise<Out> {
  let waiting: { item: In; resolve: (out: Out) => void; reject: (error: unknown) => void }[] = []
  let running = false

  async function drain(): Promise<void> {
    running = true
    await clock.turn()
    while (waiting.length > 0) {
      const batch = waiting.slice(0, mostAtOnce)
      waiting = waiting.slice(mostAtOnce)
      try {
        const results = await commit(batch.map(({ item }) => item))
        for (const [i, { resolve }] of batch.entries()) resolve(results[i] as Out)
      } catch (error) {
        for (const { reject } of batch) reject(error)
      }
    }
    running = false
  }

  return item =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject })
      if (!running) void drain()
    })
}
