/** Texts as sparse vectors of hashed words and character n-grams: comparable one by one, with no vocabulary and no model. */
import { foldText } from './normalize.ts'
import { scramble } from './scramble.ts'
import { wordsOf } from './words.ts'

/** Parallel arrays, each term once; of length 1, or empty if the text has no terms. */
export interface HashedVector {
  terms: Uint32Array
  weights: Float32Array
}

/** Length of the character n-grams, which are cut from each word with a blank at either end. */
const gramLength = 3
/** Terms kept of each of the two kinds: those with the smallest hashes, so that two long texts keep the same ones. */
const mostTerms = 128
const wordSeed = 0x9e3779b9
const gramSeed = 0x85ebca6b

/**
 * The vector of a text, folded; where words are not parted by blanks, each character counts as one. A term's weight is 1 + ln tf; words and character n-grams are normalised apart, so that each gives
 * half of a cosine: words tell the topic, n-grams forgive spelling and inflection.
 */
export function hashedVector(text: string): HashedVector {
  const words = Uint32Array.from(wordsOf(text), word => hashOf(word, 0, word.length, wordSeed))
  const both = [weigh(words), weigh(gramsOf(` ${foldText(text)} `))]
  const vector = { terms: new Uint32Array(sizeOf(both)), weights: new Float32Array(sizeOf(both)) }
  let at = 0
  for (const { terms, weights } of both) {
    vector.terms.set(terms, at)
    vector.weights.set(weights, at)
    at += terms.length
  }
  // Without words or without n-grams the other half is all there is.
  const norm = Math.hypot(...vector.weights) || 1
  return { ...vector, weights: vector.weights.map(weight => weight / norm) }
}

/** Of a text with single blanks between words and at either end. */
function gramsOf(padded: string): Uint32Array {
  const grams = new Uint32Array(padded.length)
  let count = 0
  for (let start = 0, end = 0; ; start = end) {
    end = padded.indexOf(' ', start + 1)
    if (end < 0) return grams.subarray(0, count)
    for (let at = start; at + gramLength <= end + 1; at++) {
      grams[count++] = hashOf(padded, at, at + gramLength, gramSeed)
    }
  }
}

function sizeOf(vectors: readonly HashedVector[]): number {
  return vectors.reduce((sum, { terms }) => sum + terms.length, 0)
}

function hashOf(text: string, start: number, end: number, seed: number): number {
  let hash = seed
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return scramble(hash ^ (end - start)) >>> 0
}

/** The distinct terms with their weights, of length √½ together. Sorts `found`. */
function weigh(found: Uint32Array): HashedVector {
  found.sort()
  const terms = new Uint32Array(Math.min(found.length, mostTerms))
  const weights = new Float32Array(terms.length)
  let distinct = 0
  let squares = 0
  for (let at = 0; at < found.length && distinct < mostTerms; distinct++) {
    const first = at
    while (found[at] === found[first]) at++
    terms[distinct] = found[first]!
    weights[distinct] = 1 + Math.log(at - first)
    squares += weights[distinct]! ** 2
  }
  const norm = Math.sqrt(2 * squares)
  return { terms: terms.subarray(0, distinct), weights: weights.subarray(0, distinct).map(weight => weight / norm) }
}
