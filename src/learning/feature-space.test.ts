/** Features become vectors, weighted by how rare they are. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { FeatureSpace } from './feature-space.ts'
import { textFeatures } from './text-features.ts'

const texts = ['my card is lost', 'where is my card', 'is the top-up pending', 'transfer to my account']
const features = texts.map(textFeatures)
const space = FeatureSpace.of(features, 1e6)

it('makes vectors of length 1, each feature once, of what the space has', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('my', 'card', 'lost', 'zzz', 'is')), words => {
      const { ids, values } = space.vectorOf(words.join(' '))
      expect(new Set(ids).size).toBe(ids.length)
      expect(ids.every(id => id < space.hashes.length)).toBe(true)
      if (words.some(word => word !== 'zzz')) expect(Math.hypot(...values)).toBeCloseTo(1, 5)
      else expect(ids).toHaveLength(0)
    }),
  )
})

it('weighs a rare word more than a frequent one', () => {
  const { ids, values } = space.vectorOf('is lost')
  const weightOf = (word: string) => values[ids.indexOf(space.vectorOf(word).ids[0]!)]!
  expect(weightOf('lost')).toBeGreaterThan(weightOf('is'))
})

it('keeps what is found in most texts where there is too much', () => {
  const small = FeatureSpace.of(features, 20)
  expect(small.hashes).toHaveLength(20)
  expect(Math.max(...small.rarities)).toBeLessThan(Math.max(...space.rarities))
  expect(small.vectorOf('is').ids.length).toBe(space.vectorOf('is').ids.length)
})

it('is the same for texts in any order', () => {
  const reversed = FeatureSpace.of([...features].reverse(), 20)
  expect(reversed.hashes).toEqual(FeatureSpace.of(features, 20).hashes)
})

it('is the same when made again of its parts', () => {
  const again = new FeatureSpace(space.hashes, space.rarities)
  for (const text of texts) expect(again.vectorOf(text)).toEqual(space.vectorOf(text))
})
