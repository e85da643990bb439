/** Self-similarity: how near the members of a set of texts lie to one another. */
import { tfIdfSimilarity } from './tf-idf.ts'

/**
 * For each text its highest cosine similarity (TF-IDF over words and character n-grams) to another text of the set, in
 * [0, 1]; 0 where there is no other. Grows with the number of texts, so compare sets of one size. Time is quadratic.
 * In the manner of Self-BLEU: Y. Zhu et al., Texygen, SIGIR 2018, which takes each text against all others.
 */
export function highestSimilarities(texts: readonly string[]): Float64Array {
  const similarity = tfIdfSimilarity(texts)
  return Float64Array.from(texts, (_, index) => {
    const scores = similarity.scores(index)
    let highest = 0
    for (let other = 0; other < scores.length; other++) {
      if (other !== index && scores[other]! > highest) highest = scores[other]!
    }
    return Math.min(1, highest)
  })
}
