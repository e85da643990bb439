/** A random order of very many numbers, of which any place can be asked for by itself. */
import { randomStream } from '../../stats/random-stream.ts'

const rounds = 4

/**
 * A permutation of the whole numbers below `size` (at most 2⁵²), named by `name`: a Feistel network on as many bits as `size` needs,
 * walked on until it is back below `size` (Black & Rogaway, Ciphers with Arbitrary Finite Domains, 2002).
 */
export function scattered(size: number, name: string): (place: number) => number {
  if (size <= 1) return place => place
  const half = Math.ceil(Math.log2(size) / 2)
  const side = 2 ** half
  const random = randomStream(name)
  const keys = Array.from({ length: rounds }, () => random.uint32())
  const once = (place: number): number => {
    let left = Math.floor(place / side)
    let right = place % side
    for (const key of keys) {
      const mixed = (left + mix(right ^ key)) % side
      left = right
      right = mixed
    }
    return left * side + right
  }
  return place => {
    let at = once(place)
    while (at >= size) at = once(at)
    return at
  }
}

/** MurmurHash3’s finalizer. */
function mix(word: number): number {
  let h = word | 0
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}
