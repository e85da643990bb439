/** Tests of alias tables. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { aliasTables } from './alias-tables.ts'

/** The chance of each outcome of a row, read off its entries. */
function chances(packed: Uint32Array, from: number, size: number): number[] {
  const out = new Array<number>(size).fill(0)
  for (let place = 0; place < size; place++) {
    const word = packed[from + place]!
    const own = (word >>> 16) / 65_536
    out[place]! += own / size
    out[word & 65_535]! += (1 - own) / size
  }
  return out
}

it('gives each outcome the share that it weighs', () => {
  const weights = fc.array(fc.double({ min: 0, max: 1000, noNaN: true }), { minLength: 1, maxLength: 40 })
  fc.assert(
    fc.property(fc.array(weights, { minLength: 1, maxLength: 4 }), rows => {
      const first = [0]
      for (const row of rows) first.push(first.at(-1)! + row.length)
      const { packed } = aliasTables(rows.flat(), first)
      rows.forEach((row, index) => {
        const total = row.reduce((sum, weight) => sum + weight, 0)
        chances(packed, first[index]!, row.length).forEach((chance, place) => {
          const share = total > 0 ? row[place]! / total : 1 / row.length
          expect(Math.abs(chance - share)).toBeLessThan(2e-5)
        })
      })
    }),
  )
})

it('never draws what weighs nothing', () => {
  const { packed } = aliasTables([0, 3, 0, 5], [0, 4])
  expect(chances(packed, 0, 4)[0]).toBeLessThan(1e-9)
  expect(chances(packed, 0, 4)[2]).toBeLessThan(1e-9)
})
