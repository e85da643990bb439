/** The beginning of a stream, and whether there is more of it. */
export async function firstOf<T>(stream: AsyncIterable<T>, limit: number): Promise<{ listed: T[]; more: boolean }> {
  const listed: T[] = []
  for await (const item of stream) {
    if (listed.length >= limit) return { listed, more: true }
    listed.push(item)
  }
  return { listed, more: false }
}
