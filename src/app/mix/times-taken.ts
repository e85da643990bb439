/** Which rows of a dataset a sample takes, told row by row, so that nothing is held but numbers. */
import type { RandomStream } from '../../stats/random-stream.ts'

/**
 * How often each of `total` rows is taken, in their order. Without `repeat`, `wanted` may be at most `total`, each row is taken once or
 * not at all and nothing is held (Knuth's algorithm S); with it, rows are drawn independently, and four bytes a draw are held.
 */
export function* timesTaken(
  total: number,
  wanted: number,
  repeat: boolean,
  random: RandomStream,
): Generator<number, void> {
  if (total === 0) return
  if (!repeat) {
    let open = wanted
    for (let left = total; left > 0; left--) {
      const taken = random.int(left) < open ? 1 : 0
      open -= taken
      yield taken
    }
    return
  }
  const drawn = Uint32Array.from({ length: wanted }, () => random.int(total)).sort()
  let next = 0
  for (let row = 0; row < total; row++) {
    const first = next
    while (drawn[next] === row) next++
    yield next - first
  }
}
