/** The features that training texts have, with their weights: turns any text into a sparse vector of them. */
import { type TextFeatures, textFeatures } from './text-features.ts'

/** Parallel arrays: numbers of features, each once, and their values. */
export interface SparseVector {
  ids: Uint32Array
  values: Float32Array
}

/** Shares of a vector's square length; the pieces have more, as they are what is left of misspelt words. */
const shares: Record<keyof TextFeatures, number> = { words: 0.36, pieces: 0.64 }

export class FeatureSpace {
  /** Of each feature, in rising order. */
  readonly hashes: Uint32Array
  /** Inverse document frequency of each. */
  readonly rarities: Float32Array
  readonly #ids: Map<number, number>

  constructor(hashes: Uint32Array, rarities: Float32Array) {
    this.hashes = hashes
    this.rarities = rarities
    // Signed, since those are small integers to the engine, and found several times faster.
    this.#ids = new Map(Array.from(hashes, (hash, id) => [hash | 0, id]))
  }

  /** The space of some texts. Where they have more than `most` features, those found in most texts are kept. */
  static of(texts: readonly TextFeatures[], most: number): FeatureSpace {
    const counts = new Map<number, number>()
    for (const { words, pieces } of texts) {
      for (const hash of new Set([...words, ...pieces])) counts.set(hash, (counts.get(hash) ?? 0) + 1)
    }
    let found = [...counts]
    if (found.length > most) found = found.sort(([a, m], [b, n]) => n - m || a - b).slice(0, most)
    const hashes = Uint32Array.from(found, ([hash]) => hash).sort()
    const rarities = Float32Array.from(hashes, hash => {
      return 1 + Math.log((1 + texts.length) / (1 + (counts.get(hash | 0) ?? 0)))
    })
    return new FeatureSpace(hashes, rarities)
  }

  vectorOf(text: string): SparseVector {
    return this.vector(textFeatures(text))
  }

  /** Values are (1 + ln tf) · idf; words and pieces are scaled to their shares apart. What the space lacks is left out. */
  vector(features: TextFeatures): SparseVector {
    const ids: number[] = []
    const values: number[] = []
    for (const kind of ['words', 'pieces'] as const) {
      const first = ids.length
      let squares = 0
      const found = features[kind].slice().sort()
      for (let at = 0, next = 0; at < found.length; at = next) {
        while (next < found.length && found[next] === found[at]) next++
        const id = this.#ids.get(found[at]!)
        if (id === undefined) continue
        const value = (1 + Math.log(next - at)) * this.rarities[id]!
        ids.push(id)
        values.push(value)
        squares += value * value
      }
      const scale = Math.sqrt(shares[kind] / squares)
      for (let at = first; at < values.length; at++) values[at]! *= scale
    }
    return { ids: Uint32Array.from(ids), values: Float32Array.from(values) }
  }
}
