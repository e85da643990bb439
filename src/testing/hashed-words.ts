/** Deterministic embeddings: a bag of words hashed into a unit vector, so that texts sharing words lie near each other. */

const dimensions = 64

/** A vector of length 1 (of length 0 for a text without words); signs come from the hash, so unrelated texts are near-orthogonal. */
export function hashedWords(text: string): number[] {
  const vector = new Array<number>(dimensions).fill(0)
  for (const word of text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []) {
    const hash = fnv1a(word)
    vector[hash % dimensions]! += hash & 0x1000000 ? 1 : -1
  }
  const length = Math.hypot(...vector)
  return length === 0 ? vector : vector.map(x => x / length)
}

/** FNV-1a, 32 bits (Fowler, Noll, Vo). */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash >>> 0
}
