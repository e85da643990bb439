/** Shares over grids of cells. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type Cells, cramersV, shareDifferences, variationDistance } from './cells.ts'

const cells = (codes: number[], size: number): Cells => ({ codes: Int32Array.from(codes), size })
const column = fc.array(fc.nat(3), { minLength: 1, maxLength: 60 })

it('is a distance: 0 for equal shares, 1 for shares that never meet, the same from either side', () => {
  expect(variationDistance([cells([0, 1, 1], 2)], [cells([1, 0, 1, 1, 0, 1], 2)])).toBeCloseTo(0, 12)
  expect(variationDistance([cells([0, 0], 2)], [cells([1], 2)])).toBe(1)
  fc.assert(
    fc.property(column, column, (one, other) => {
      const distance = variationDistance([cells(one, 4)], [cells(other, 4)])
      expect(distance).toBeCloseTo(variationDistance([cells(other, 4)], [cells(one, 4)]), 12)
      expect(distance).toBeGreaterThanOrEqual(0)
      expect(distance).toBeLessThanOrEqual(1)
    }),
  )
})

it('counts grids too large to hold as it counts small ones', () => {
  fc.assert(
    fc.property(column, column, fc.integer({ min: 300, max: 5000 }), (one, other, wide) => {
      const small = [one, other].map(codes => [cells(codes, 4), cells(codes.toReversed(), 4)])
      const large = [one, other].map(codes => [cells(codes, wide * 4), cells(codes.toReversed(), wide * 4)])
      expect(variationDistance(large[0]!, large[1]!)).toBeCloseTo(variationDistance(small[0]!, small[1]!), 12)
      const [inLarge, inSmall] = [large, small].map(([pair]) => cramersV(pair![0]!, pair![1]!) || 0)
      expect(inLarge).toBeCloseTo(inSmall!, 10)
    }),
  )
})

it('says how far two samples of one distribution are apart on average', () => {
  const sample = (rows: number, from: number) =>
    cells(
      Array.from({ length: rows }, (_, row) => (((row + from) * 7919) % 10007) % 20),
      20,
    )
  const { bySampling } = shareDifferences([sample(5000, 0)], [sample(5000, 0)])
  // ½ · 20 · √(2 / π · 0.05 · 0.95 · 2 / 5000)
  expect(bySampling).toBeCloseTo(10 * Math.sqrt((2 / Math.PI) * 0.0475 * (2 / 5000)), 4)
})

it('has a Cramér’s V of 1 where one column determines the other, and of 0 where every pair is as frequent', () => {
  expect(cramersV(cells([0, 1, 2, 0, 1, 2], 3), cells([2, 0, 1, 2, 0, 1], 3))).toBeCloseTo(1, 12)
  expect(cramersV(cells([0, 0, 1, 1], 2), cells([0, 1, 0, 1], 2))).toBeCloseTo(0, 12)
  expect(cramersV(cells([0, 0], 1), cells([0, 1], 2))).toBeNaN()
})
