/** Similarity of texts by TF-IDF over words and character n-grams: needs no model, no language and no training. */
import type { Similarity } from './similarity.ts'

/** Parallel arrays: the terms of one text and their weights; the vector has length 1 (or 0 if the text has no terms). */
interface SparseVector {
  terms: number[]
  weights: number[]
}

/** Lengths of the character n-grams, which are cut from each word with a blank at either end. */
const gramLengths = [3, 4]

/**
 * Cosine similarity between texts of one set. Weights are (1 + ln tf) · (ln((1 + n) / (1 + df)) + 1); words and character
 * n-grams are normalised apart, so that each gives half of the score: words tell the topic, n-grams forgive spelling and
 * inflection. Case, punctuation and compatibility forms (NFKC) do not matter. Scores lie in [0, 1].
 */
export function tfIdfSimilarity(texts: readonly string[]): Similarity {
  const { vectors } = tfIdfVectors(texts)
  const postings = postingsOf(vectors)
  return { scores: index => cosines(vectors[index]!, postings, texts.length) }
}

/** Cosine of any text to each text of a set, by index, weighed as in `tfIdfSimilarity`; terms that the set does not have are left out. */
export function tfIdfSearch(texts: readonly string[]): { scores(text: string): Float64Array } {
  const { vectors, vectorOf } = tfIdfVectors(texts)
  const postings = postingsOf(vectors)
  return { scores: text => cosines(vectorOf(text), postings, texts.length) }
}

function cosines({ terms, weights }: SparseVector, postings: Postings, count: number): Float64Array {
  const scores = new Float64Array(count)
  for (let i = 0; i < terms.length; i++) {
    const weight = weights[i]!
    const end = postings.starts[terms[i]! + 1]!
    for (let at = postings.starts[terms[i]!]!; at < end; at++) {
      scores[postings.texts[at]!]! += weight * postings.weights[at]!
    }
  }
  return scores
}

function tfIdfVectors(texts: readonly string[]) {
  const tokens = texts.map(tokensOf)
  const words = weigh(tokens, 0)
  const grams = weigh(tokens.map(gramsOf), words.vocabulary)
  return {
    vectors: words.vectors.map((vector, at) => joined(vector, grams.vectors[at]!)),
    vectorOf: (text: string) => joined(words.vectorOf(tokensOf(text)), grams.vectorOf(gramsOf(tokensOf(text)))),
  }
}

function tokensOf(text: string): string[] {
  return (
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
  )
}

function joined(words: SparseVector, grams: SparseVector): SparseVector {
  return {
    terms: [...words.terms, ...grams.terms],
    weights: [...words.weights, ...grams.weights].map(weight => weight * Math.SQRT1_2),
  }
}

function gramsOf(words: readonly string[]): string[] {
  const grams: string[] = []
  for (const word of words) {
    const letters = [' ', ...word, ' ']
    for (const length of gramLengths) {
      for (let at = 0; at + length <= letters.length; at++) grams.push(letters.slice(at, at + length).join(''))
    }
  }
  return grams
}

/** Weighs the terms of each text against how many texts have them; term numbers begin at `first`. */
function weigh(documents: readonly (readonly string[])[], first: number) {
  const numbers = new Map<string, number>()
  const frequencies: number[] = []
  const counted = documents.map(terms => {
    const counts = new Map<number, number>()
    for (const term of terms) {
      const number = numbers.get(term) ?? numbers.size
      numbers.set(term, number)
      counts.set(number, (counts.get(number) ?? 0) + 1)
    }
    for (const number of counts.keys()) frequencies[number] = (frequencies[number] ?? 0) + 1
    return counts
  })
  const vectorFrom = (counts: Map<number, number>): SparseVector => {
    const terms = [...counts.keys()]
    const weights = terms.map(
      term => (1 + Math.log(counts.get(term)!)) * (Math.log((1 + documents.length) / (1 + frequencies[term]!)) + 1),
    )
    const norm = Math.sqrt(weights.reduce((sum, weight) => sum + weight * weight, 0))
    return { terms: terms.map(term => first + term), weights: weights.map(weight => weight / norm) }
  }
  return {
    vectors: counted.map(vectorFrom),
    vocabulary: numbers.size,
    vectorOf(terms: readonly string[]) {
      const counts = new Map<number, number>()
      for (const number of terms.map(term => numbers.get(term))) {
        if (number !== undefined) counts.set(number, (counts.get(number) ?? 0) + 1)
      }
      return vectorFrom(counts)
    },
  }
}

interface Postings {
  starts: Int32Array
  texts: Int32Array
  weights: Float64Array
}

/** For each term the texts that have it: entries `starts[term]` up to `starts[term + 1]` of the other two arrays. */
function postingsOf(vectors: readonly SparseVector[]): Postings {
  const counts: number[] = []
  for (const { terms } of vectors) for (const term of terms) counts[term] = (counts[term] ?? 0) + 1
  const starts = new Int32Array(counts.length + 1)
  for (let term = 0; term < counts.length; term++) starts[term + 1] = starts[term]! + counts[term]!
  const next = starts.slice()
  const texts = new Int32Array(starts[counts.length]!)
  const weights = new Float64Array(starts[counts.length]!)
  vectors.forEach((vector, text) => {
    vector.terms.forEach((term, i) => {
      const at = next[term]!++
      texts[at] = text
      weights[at] = vector.weights[i]!
    })
  })
  return { starts, texts, weights }
}
