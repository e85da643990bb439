/** Tests of the alias table. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { AliasTable } from './alias-table.ts'
import { BulkRandom } from './bulk-random.ts'
import { chiSquare } from './goodness-of-fit.ts'
import { randomStream } from './random-stream.ts'

const counts = (weights: number[], draws: number) => {
  const table = new AliasTable(weights)
  const random = new BulkRandom(randomStream('alias'))
  const found = weights.map(() => 0)
  for (let i = 0; i < draws; i++) found[table.draw(random)]! += 1
  return found
}

it('draws categories by weight', () => {
  for (const weights of [[1], [1, 3], [5, 0, 2, 1e-3, 4, 4, 90], Array.from({ length: 1000 }, (_, i) => 1 / (i + 1))]) {
    const total = weights.reduce((sum, weight) => sum + weight, 0)
    const expected = weights.map(weight => (weight / total) * 200_000)
    expect(chiSquare(counts(weights, 200_000), expected).p).toBeGreaterThan(1e-3)
  }
})

it('never draws what weighs nothing', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.constant(0), fc.double({ min: 1e-9, max: 1e9, noNaN: true })), {
        minLength: 1,
        maxLength: 40,
      }),
      weights => {
        fc.pre(weights.some(weight => weight > 0))
        const found = counts(weights, 300)
        expect(found.filter((count, i) => count > 0 && weights[i] === 0)).toEqual([])
        expect(found.reduce((sum, count) => sum + count, 0)).toBe(300)
      },
    ),
  )
})

it('refuses weights that are no weights', () => {
  expect(() => new AliasTable([1, -1])).toThrow('A weight is -1.')
  expect(() => new AliasTable([0, 0])).toThrow('add up to nothing')
  expect(() => new AliasTable([])).toThrow('add up to nothing')
  expect(() => new AliasTable([Number.NaN])).toThrow('A weight is NaN.')
})
