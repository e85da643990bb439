/** What was read last, kept in memory so that it is not read again for every page of it. */

/** Gives what `read` gave for the key before, if it is among the last few. What fails is not kept. */
export function kept<T>(most: number): (key: string, read: () => Promise<T>) => Promise<T> {
  const known = new Map<string, Promise<T>>()
  return (key, read) => {
    const value = known.get(key) ?? read()
    known.delete(key)
    known.set(key, value)
    for (const oldest of [...known.keys()].slice(0, -most)) known.delete(oldest)
    value.catch(() => known.delete(key))
    return value
  }
}
