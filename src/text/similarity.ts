/** Who is nearest to whom in a set of texts, whatever measures it: dense vectors here, word statistics in `tf-idf.ts`. */

export interface Similarity {
  /** Cosine of one member to each member of the set, by index; itself included. */
  scores(index: number): Float64Array
}

/** Similarity of vectors of one length, as an embedder gives them. A zero vector resembles nothing. */
export function vectorSimilarity(vectors: readonly (readonly number[])[]): Similarity {
  const width = vectors[0]?.length ?? 0
  const rows = new Float32Array(vectors.length * width)
  vectors.forEach((vector, row) => {
    const norm = Math.hypot(...vector) || 1
    rows.set(
      vector.map(value => value / norm),
      row * width,
    )
  })
  return {
    scores(index) {
      const query = rows.subarray(index * width, (index + 1) * width)
      const scores = new Float64Array(vectors.length)
      for (let row = 0, at = 0; row < scores.length; row++) {
        let sum = 0
        for (let column = 0; column < width; column++, at++) sum += query[column]! * rows[at]!
        scores[row] = sum
      }
      return scores
    },
  }
}

/** The `most` best of `among`, best first; equal scores in the order of `among`. */
export function nearest(scores: Float64Array, among: readonly number[], most: number): number[] {
  const best: number[] = []
  for (const index of among) {
    if (best.length === most && !(scores[index]! > scores[best[most - 1]!]!)) continue
    if (best.length === most) best.pop()
    let place = best.length
    while (place > 0 && scores[best[place - 1]!]! < scores[index]!) place--
    best.splice(place, 0, index)
  }
  return best
}
