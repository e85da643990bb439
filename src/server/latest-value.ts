/** A value that is watched: each watcher gets it as it is and then as it becomes, and never falls behind. */

export interface LatestValue<T> {
  readonly value: T
  set(value: T): void
  /** No more will come; watchers get the last value and end. */
  close(): void
  /** The value now, then each later one; those that come faster than they are taken are left out, but for the last. */
  watch(signal: AbortSignal): AsyncIterable<T>
}

export function latestValue<T>(first: T): LatestValue<T> {
  let value = first
  let version = 0
  let closed = false
  // Not one promise that all wait for: whoever leaves would stay in its list of reactions until the next change.
  const watchers = new Set<() => void>()
  const wake = () => {
    for (const watcher of watchers) watcher()
  }
  return {
    get value() {
      return value
    },
    set(next) {
      if (closed) return
      value = next
      version++
      wake()
    },
    close() {
      closed = true
      wake()
    },
    async *watch(signal) {
      let goOn: (() => void) | undefined
      const watcher = () => goOn?.()
      watchers.add(watcher)
      signal.addEventListener('abort', watcher)
      try {
        for (let seen = -1; !signal.aborted; ) {
          if (seen !== version) {
            seen = version
            yield value
          } else if (closed) return
          else await new Promise<void>(resolve => (goOn = resolve))
        }
      } finally {
        watchers.delete(watcher)
        signal.removeEventListener('abort', watcher)
      }
    },
  }
}
