/** What is opened once for all in this process who hold it, and closed when the last lets go. */

export interface Held<T> {
  value: T
  /** To be called once. */
  release(): Promise<void>
}

/** Returns a function that holds the resource of an argument, opening it if nobody has. One that failed to open is tried anew. */
export function sharedResource<A, T>(
  keyOf: (argument: A) => string,
  open: (argument: A) => Promise<{ value: T; close(): Promise<void> }>,
): (argument: A) => Promise<Held<T>> {
  const opened = new Map<string, { resource: ReturnType<typeof open>; holders: number }>()
  return async argument => {
    const key = keyOf(argument)
    const entry = opened.get(key) ?? { resource: open(argument), holders: 0 }
    opened.set(key, entry)
    entry.holders++
    const letGo = () => {
      entry.holders--
      if (entry.holders === 0 && opened.get(key) === entry) opened.delete(key)
      return entry.holders === 0
    }
    try {
      const { value, close } = await entry.resource
      return {
        value,
        release: async () => {
          if (letGo()) await close()
        },
      }
    } catch (error) {
      letGo()
      throw error
    }
  }
}
