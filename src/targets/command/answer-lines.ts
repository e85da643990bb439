/** Lines of a program's output as they come, none of them held beyond a bound. */

/** Longest line, in bytes. */
const mostBytes = 64 * 2 ** 20

/** Complete lines and the rest at the end, without line ends; of a line beyond the bound, only its beginning. */
export async function* answerLines(output: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let parts: Buffer[] = []
  let size = 0
  for await (const chunk of output) {
    let from = 0
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, from)) {
      yield Buffer.concat([...parts, chunk.subarray(from, end)])
      parts = []
      size = 0
      from = end + 1
    }
    const rest = chunk.subarray(from)
    if (size < mostBytes) parts.push(rest)
    size += rest.length
  }
  if (size > 0) yield Buffer.concat(parts)
}
