/** A random order of the whole numbers below n, worked out number by number. */
import type { RandomStream } from './random-stream.ts'

/**
 * A bijection of 0 … size − 1 (size up to 2⁵²): a Feistel network of six rounds over the next power of four, walked on until it is
 * back in range (Black & Rogaway, Ciphers with Arbitrary Finite Domains, 2002).
 */
export function permutation(size: number, random: RandomStream): (index: number) => number {
  if (size <= 1) return index => index
  let bits = 1
  while (4 ** bits < size) bits++
  const half = 2 ** bits
  const keys = Array.from({ length: 6 }, () => random.uint32())
  const encrypt = (index: number): number => {
    let left = Math.floor(index / half)
    let right = index % half
    for (const key of keys) {
      const mixed = mix(right ^ key)
      const next = (left ^ ((mixed >>> 0) & (half - 1))) >>> 0
      left = right
      right = next
    }
    return left * half + right
  }
  return index => {
    let place = encrypt(index)
    while (place >= size) place = encrypt(place)
    return place
  }
}

/** MurmurHash3’s finalizer. */
function mix(word: number): number {
  let h = word | 0
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return h ^ (h >>> 16)
}
