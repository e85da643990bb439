/** Lists taken a part at a time, since a statement takes no more values than so many. */

/** Rows a statement: below both databases’ limits on bound values. */
export const rowsAtOnce = 500

/** What is read for each part, put together. */
export async function inParts<T, R>(items: T[], read: (part: T[]) => Promise<R[]>): Promise<R[]> {
  const found: R[] = []
  for (let i = 0; i < items.length; i += rowsAtOnce) found.push(...(await read(items.slice(i, i + rowsAtOnce))))
  return found
}
