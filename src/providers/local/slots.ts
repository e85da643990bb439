/** A few equal things that are opened when they are needed and used by one at a time. */

export interface Slots<S> {
  /** Waits for a free one; whoever waits longest goes first. */
  use<R>(work: (slot: S) => Promise<R>): Promise<R>
  /** Waits until none is in use, then hands each to `end`. */
  close(end: (slot: S) => Promise<void>): Promise<void>
}

export function openSlots<S>(most: number, open: () => Promise<S>): Slots<S> {
  const free: S[] = []
  const waiting: (() => void)[] = []
  const running = new Set<Promise<unknown>>()
  let permits = most

  async function use<R>(work: (slot: S) => Promise<R>): Promise<R> {
    if (permits > 0) permits--
    else await new Promise<void>(resolve => waiting.push(resolve))
    try {
      const slot = free.pop() ?? (await open())
      try {
        return await work(slot)
      } finally {
        free.push(slot)
      }
    } finally {
      const next = waiting.shift()
      if (next) next()
      else permits++
    }
  }

  return {
    use(work) {
      const result = use(work)
      running.add(result)
      const forget = () => running.delete(result)
      result.then(forget, forget)
      return result
    },
    async close(end) {
      while (running.size > 0) await Promise.allSettled(running)
      for (const slot of free.splice(0)) await end(slot)
    },
  }
}
