/** Mixing of one 32-bit word, the base of the hashes in this folder. */

/** A bijection under which each bit of the result depends on every bit of the word (MurmurHash3's finalizer); signed. */
export function scramble(word: number): number {
  let h = word
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return h ^ (h >>> 16)
}
