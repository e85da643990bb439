/** Streams of text, gathered for those who must look ahead or write in larger pieces. */

const chunkLength = 65_536

/** Exactly the first `length` code units (or all, then `ended`), and the whole stream again. */
export async function gather(
  source: AsyncIterable<string>,
  length: number,
): Promise<{ sample: string; ended: boolean; text: AsyncIterable<string> }> {
  const chunks = source[Symbol.asyncIterator]()
  let head = ''
  let ended = false
  while (!ended && head.length <= length) {
    const next = await chunks.next()
    ended = next.done === true
    if (!next.done) head += next.value
  }
  const rest = async function* () {
    try {
      yield head
      head = ''
      yield* { [Symbol.asyncIterator]: () => chunks }
    } finally {
      await chunks.return?.()
    }
  }
  return { sample: head.slice(0, length), ended, text: rest() }
}

/** The same text in pieces of about 64 K code units. */
export async function* inChunks(source: AsyncIterable<string>): AsyncGenerator<string> {
  let held = ''
  for await (const text of source) {
    held += text
    if (held.length < chunkLength) continue
    yield held
    held = ''
  }
  if (held !== '') yield held
}
