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
  let changed = Promise.withResolvers<void>()
  const wake = () => {
    changed.resolve()
    changed = Promise.withResolvers<void>()
  }
  return {
    get value() {
      return value
    },
    set(next) {
      value = next
      version++
      wake()
    },
    close() {
      closed = true
      wake()
    },
    async *watch(signal) {
      const aborted = new Promise<void>(resolve => signal.addEventListener('abort', () => resolve(), { once: true }))
      for (let seen = -1; !signal.aborted; ) {
        if (seen !== version) {
          seen = version
          yield value
          continue
        }
        if (closed) return
        await Promise.race([changed.promise, aborted])
      }
    },
  }
}
