/** Work that goes on side by side and ends together. */

/**
 * The values in order. Throws what the first of them in order threw, once all have ended: which failure is told does not hang on
 * timing, and nothing is under way any more.
 */
export async function settled<T>(work: readonly Promise<T>[]): Promise<T[]> {
  const ends = await Promise.allSettled(work)
  return ends.map(end => {
    if (end.status === 'rejected') throw end.reason
    return end.value
  })
}
