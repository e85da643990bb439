/** Samples of rows for measures that are too slow for all of them. */
import type { RandomStream } from '../../stats/random-stream.ts'

/** `most` of so many rows, each equally likely, in their order (selection sampling: Knuth, The Art of Computer Programming 3.4.2). */
export function spreadRows(rows: number, most: number, random: RandomStream): Int32Array {
  if (rows <= most) return Int32Array.from({ length: rows }, (_, row) => row)
  const taken = new Int32Array(most)
  for (let row = 0, at = 0; at < most; row++) if (random.float() * (rows - row) < most - at) taken[at++] = row
  return taken
}
