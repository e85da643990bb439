/** Near-duplicate search among texts: shingles, MinHash signatures and an index of their bands. */
import { Uint32Chunks, Uint32List } from './compact-list.ts'
import { scramble } from './scramble.ts'

/** Hashes kept of a text: up to this many shingles the similarity is exact, above it is an estimate (± 0.01). */
const sketchSize = 1024
/** Hash functions at hand for banding. */
const mostHashes = 128

/**
 * The shingles of a text as distinct 32-bit hashes, ascending.
 * Runs of `size` characters of the text with a space at either end, or runs of `size` words. A text shorter than
 * that is one shingle of its own.
 */
export function shingle(text: string, unit: 'characters' | 'words', size: number): Uint32Array {
  const codes = unit === 'words' ? wordHashes(text) : characters(` ${text} `)
  const runs = Math.max(1, codes.length - size + 1)
  const hashes = new Uint32Array(runs)
  for (let start = 0; start < runs; start++) {
    let hash = 0x811c9dc5
    const end = Math.min(start + size, codes.length)
    for (let i = start; i < end; i++) hash = Math.imul(hash ^ codes[i]!, 0x5bd1e995) ^ (hash >>> 15)
    hashes[start] = scramble(hash)
  }
  hashes.sort()
  let distinct = 0
  for (const hash of hashes) if (distinct === 0 || hash !== hashes[distinct - 1]) hashes[distinct++] = hash
  return hashes.slice(0, distinct)
}

function characters(text: string): Uint32Array {
  const codes = new Uint32Array(text.length)
  for (let i = 0; i < text.length; i++) codes[i] = text.charCodeAt(i)
  return codes
}

function wordHashes(text: string): Uint32Array {
  const words = text.split(/\s+/).filter(word => word !== '')
  return Uint32Array.from(words, word => {
    let hash = 0
    for (let i = 0; i < word.length; i++) hash = Math.imul(hash ^ word.charCodeAt(i), 0x01000193)
    return scramble(hash ^ word.length)
  })
}

/** The smallest hashes, of many (a bottom-k sketch). */
function sketchOf(shingles: Uint32Array): Uint32Array {
  return shingles.subarray(0, sketchSize)
}

/**
 * Jaccard similarity of two sketches: the shared part of their union, or of the union's 1,024 smallest hashes if either
 * text had more. Gives 0 as soon as `atLeast` is out of reach. Source: A. Broder, On the resemblance and containment
 * of documents, 1997.
 */
function similarity(a: Uint32Array, b: Uint32Array, atLeast = 0): number {
  const whole = a.length < sketchSize && b.length < sketchSize
  const most = whole ? a.length + b.length : sketchSize
  // In the whole sets, union = (|a| + |b| + misses) / 2, and misses may be at most (1 - atLeast) of it.
  const missesAllowed = (whole ? (most * (1 - atLeast)) / (1 + atLeast) : most * (1 - atLeast)) + 1e-9
  let shared = 0
  let misses = 0
  let i = 0
  let j = 0
  while (i < a.length && j < b.length && shared + misses < most) {
    const x = a[i]!
    const y = b[j]!
    if (x === y) shared++
    else if (++misses > missesAllowed) return 0
    if (x <= y) i++
    if (y <= x) j++
  }
  misses += Math.min(a.length - i + b.length - j, most - shared - misses)
  return misses > missesAllowed ? 0 : shared / (shared + misses)
}

/**
 * Finds the texts whose similarity to a given one reaches a threshold. MinHash signatures are cut into bands of rows;
 * texts that agree in one whole band are compared by their sketches, so nothing below the threshold is ever found, and
 * at the threshold at least 99 % are (more above it). About 500 bytes a short text, 5,000 at most. Source: A. Broder 1997; P. Indyk
 * and R. Motwani, Approximate nearest neighbors, 1998.
 */
export class NearIndex {
  readonly #threshold: number
  readonly #rows: number
  readonly #bands: number
  readonly #sketches = new Uint32Chunks()
  /** Per item: where its sketch begins, and its length. */
  readonly #starts = new Uint32List()
  readonly #lengths = new Uint32List()
  /** Per item: the last search that looked at it. */
  readonly #seen = new Uint32List()
  /** Per entry (item × bands + band): its band's hash, and the next entry of its chain plus one. */
  readonly #keys = new Uint32Chunks()
  readonly #next = new Uint32Chunks()
  /** Hash → first entry of its chain plus one. */
  #heads = new Uint32Array(1024)
  #search = 0
  /** A text is searched for just before it is added, so the last one's work is kept. */
  #last: { shingles: Uint32Array; keys: Uint32Array } | undefined

  /** @param threshold Least similarity, above 0 up to 1. */
  constructor(threshold: number) {
    this.#threshold = threshold
    this.#rows = bandRows(threshold)
    this.#bands = Math.floor(mostHashes / this.#rows)
  }

  /** Adds a text by its shingles; items are numbered 0, 1, 2 … */
  add(shingles: Uint32Array): void {
    const sketch = sketchOf(shingles)
    this.#starts.push(this.#sketches.append(sketch))
    this.#lengths.push(sketch.length)
    this.#seen.push(0)
    for (const key of this.#bandKeys(shingles)) {
      this.#keys.push(key)
      this.#next.push(0)
      this.#chain(this.#keys.length - 1)
    }
    if (this.#keys.length > this.#heads.length) this.#grow()
  }

  /** The item most similar to a text among those allowed, the first of equals. */
  nearest(shingles: Uint32Array, allowed: (item: number) => boolean): { item: number; similarity: number } | undefined {
    let best: { item: number; similarity: number } | undefined
    const sketch = sketchOf(shingles)
    this.#search++
    for (const key of this.#bandKeys(shingles)) {
      for (let link = this.#heads[this.#place(key)]!; link !== 0; link = this.#next.get(link - 1)) {
        if (this.#keys.get(link - 1) !== key) continue
        const item = Math.floor((link - 1) / this.#bands)
        if (this.#seen.words[item] === this.#search || !allowed(item)) continue
        this.#seen.words[item] = this.#search
        const found = similarity(sketch, this.#sketchOf(item), best?.similarity ?? this.#threshold)
        if (found < this.#threshold) continue
        if (!best || found > best.similarity || (found === best.similarity && item < best.item)) {
          best = { item, similarity: found }
        }
      }
    }
    return best
  }

  #sketchOf(item: number): Uint32Array {
    return this.#sketches.view(this.#starts.words[item]!, this.#lengths.words[item]!)
  }

  /** One hash per band of the MinHash signature; of all shingles, since sketches of texts of unequal size resemble each other less. */
  #bandKeys(shingles: Uint32Array): Uint32Array {
    if (this.#last?.shingles === shingles) return this.#last.keys
    const keys = new Uint32Array(this.#bands)
    for (let band = 0; band < this.#bands; band++) {
      let key = scramble(band + 1)
      for (let row = 0; row < this.#rows; row++) {
        key = scramble(Math.imul(key, 31) ^ smallestHash(shingles, band * this.#rows + row))
      }
      keys[band] = key
    }
    this.#last = { shingles, keys }
    return keys
  }

  #place(key: number): number {
    return key & (this.#heads.length - 1)
  }

  #chain(entry: number): void {
    const place = this.#place(this.#keys.get(entry))
    this.#next.set(entry, this.#heads[place]!)
    this.#heads[place] = entry + 1
  }

  #grow(): void {
    this.#heads = new Uint32Array(2 * this.#heads.length)
    for (let entry = 0; entry < this.#keys.length; entry++) this.#chain(entry)
  }
}

/** The most rows a band may have so that one of the bands agrees with a probability of 0.99 at the threshold. */
function bandRows(threshold: number): number {
  let rows = 1
  for (let more = 2; more <= mostHashes; more++) {
    if ((1 - threshold ** more) ** Math.floor(mostHashes / more) <= 0.01) rows = more
  }
  return rows
}

// Multiply-shift functions x → ax + b modulo 2³²; the hashes they are given are well mixed already.
const factors = Int32Array.from({ length: mostHashes }, (_, i) => scramble(2 * i + 1) | 1)
const summands = Int32Array.from({ length: mostHashes }, (_, i) => scramble(0x10000 + i))

/** One word of the MinHash signature: the least value of one hash function over the shingles. */
function smallestHash(shingles: Uint32Array, which: number): number {
  const factor = factors[which]!
  const summand = summands[which]!
  let least = 0x7fffffff
  for (let i = 0; i < shingles.length; i++) {
    const hash = (Math.imul(factor, shingles[i]!) + summand) | 0
    if (hash < least) least = hash
  }
  return least
}
