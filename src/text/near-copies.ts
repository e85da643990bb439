/** Near-copies: texts that say almost the same, character for character. */
import { NearIndex, shingle } from './minhash.ts'
import { foldText } from './normalize.ts'

export interface NearCopy {
  /** Index of the copy, and of the text it resembles most. */
  text: number
  of: number
  /** Jaccard similarity of their sets of three characters in a row. */
  similarity: number
}

/** The texts that resemble an earlier one of the list at least so much: without them no two would, so this many are too many. */
export function nearCopiesWithin(texts: readonly string[], threshold: number): NearCopy[] {
  const index = new NearIndex(threshold)
  return texts.flatMap((text, at) => {
    const sketch = sketchOf(text)
    const found = index.nearest(sketch, () => true)
    index.add(sketch)
    return found ? [{ text: at, of: found.item, similarity: found.similarity }] : []
  })
}

/** The texts that resemble one of `originals` at least so much. Case, punctuation and spacing make no difference. */
export function nearCopiesOf(texts: readonly string[], originals: readonly string[], threshold: number): NearCopy[] {
  const index = new NearIndex(threshold)
  for (const text of originals) index.add(sketchOf(text))
  return texts.flatMap((text, at) => {
    const found = index.nearest(sketchOf(text), () => true)
    return found ? [{ text: at, of: found.item, similarity: found.similarity }] : []
  })
}

function sketchOf(text: string): Uint32Array {
  return shingle(foldText(text), 'characters', 3)
}
