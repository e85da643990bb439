/** Near-duplicate search against the true Jaccard similarity, computed the slow way. */
import { expect, it } from 'vitest'
import { randomStream } from '../stats/random-stream.ts'
import { NearIndex, shingle } from './minhash.ts'

const random = randomStream('minhash')
const letters = [...'abcdefghijklmnopqrstuvwxyz']

function text(words: number): string {
  const word = () => Array.from({ length: 2 + random.int(7) }, () => random.pick(letters)).join('')
  return Array.from({ length: words }, word).join(' ')
}

/** The text with some letters replaced. */
function altered(original: string, letterCount: number): string {
  const signs = [...original]
  for (let i = 0; i < letterCount; i++) signs[random.int(signs.length)] = random.pick(letters)
  return signs.join('')
}

function trueJaccard(a: string, b: string): number {
  const grams = (text: string) => Array.from({ length: text.length }, (_, i) => ` ${text} `.slice(i, i + 3))
  const [inA, inB] = [new Set(grams(a)), new Set(grams(b))]
  const shared = [...inA].filter(gram => inB.has(gram)).length
  return shared / (inA.size + inB.size - shared)
}

const sketch = (text: string) => shingle(text, 'characters', 3)

/** The similarity that an index finds between two texts; undefined below the threshold, or missed. */
function found(a: string, b: string, threshold: number): number | undefined {
  const index = new NearIndex(threshold)
  index.add(sketch(a))
  return index.nearest(sketch(b), () => true)?.similarity
}

it('gives the exact similarity of texts with up to 1,024 shingles', () => {
  for (let i = 0; i < 300; i++) {
    const original = text(1 + random.int(25))
    const other = altered(original, random.int(6))
    const similarity = found(original, other, 0.2)
    if (similarity !== undefined) expect(similarity).toBeCloseTo(trueJaccard(original, other), 12)
    else expect(trueJaccard(original, other)).toBeLessThan(0.35)
  }
})

it('estimates the similarity of longer texts, without bias', () => {
  let sum = 0
  for (let i = 0; i < 40; i++) {
    const original = text(300)
    const other = altered(original, 20 + random.int(150))
    const error = found(original, other, 0.2)! - trueJaccard(original, other)
    expect(Math.abs(error)).toBeLessThan(0.12)
    sum += error / 40
  }
  expect(Math.abs(sum)).toBeLessThan(0.015)
})

it.each([0.5, 0.7, 0.85, 0.95])(
  'finds at least 95 of 100 planted near duplicates at %d, and nothing below',
  threshold => {
    const index = new NearIndex(threshold)
    const originals = Array.from({ length: 1500 }, () => text(6 + random.int(20)))
    for (const original of originals) index.add(sketch(original))
    let planted = 0
    let recalled = 0
    for (const [item, original] of originals.entries()) {
      for (const letterCount of [1, 2, 4, 8, 12]) {
        const query = altered(original, letterCount)
        const truth = trueJaccard(original, query)
        const nearest = index.nearest(sketch(query), () => true)
        if (nearest) expect(trueJaccard(originals[nearest.item]!, query)).toBeGreaterThanOrEqual(threshold)
        // Just above the threshold, where a miss is likeliest.
        if (truth < threshold || truth > threshold + 0.06) continue
        planted++
        if (nearest?.item === item) recalled++
      }
    }
    expect(planted).toBeGreaterThan(100)
    expect(recalled / planted).toBeGreaterThanOrEqual(0.95)
  },
)

it('gives the first of the most similar among those allowed', () => {
  const index = new NearIndex(0.5)
  for (const text of ['where is my new card', 'where is my card', 'where is my card', 'something else'])
    index.add(sketch(text))
  const query = sketch('where is my card')
  expect(index.nearest(query, () => true)).toEqual({ item: 1, similarity: 1 })
  expect(index.nearest(query, item => item !== 1)).toEqual({ item: 2, similarity: 1 })
  expect(index.nearest(query, item => item === 0)).toMatchObject({ item: 0 })
  expect(index.nearest(query, () => false)).toBeUndefined()
})

it('breaks ties by the order of adding, whichever band shows them first', () => {
  for (let round = 0; round < 40; round++) {
    const query = text(6)
    const others = Array.from({ length: 30 }, () => altered(query, 1))
    // Far below what is searched for, so that no band search misses.
    const index = new NearIndex(0.2)
    for (const other of others) index.add(sketch(other))
    const truths = others.map(other => trueJaccard(other, query))
    expect(index.nearest(sketch(query), () => true)!.item).toBe(truths.indexOf(Math.max(...truths)))
  }
})

it('makes shingles of words, and one of a text too short for any', () => {
  const words = (text: string) => [...shingle(text, 'words', 3)]
  expect(words('a b c d')).toHaveLength(2)
  expect(words('a b')).toHaveLength(1)
  expect(words('a b')).not.toEqual(words('a c'))
  expect(words('b c d').every(hash => words('a b c d').includes(hash))).toBe(true)
  expect(shingle('', 'words', 3)).toHaveLength(1)
  expect(shingle('ab', 'characters', 16)).toHaveLength(1)
})
