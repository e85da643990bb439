/** The distribution `empirical`. */
import { z } from 'zod'
import { AliasTable } from '../alias-table.ts'
import { defineDistribution } from './define-distribution.ts'
import { sharesOf, weightList } from './weights.ts'

export const empirical = defineDistribution({
  kind: 'empirical',
  summary: 'The given numbers themselves, alike or by weight',
  params: z
    .strictObject({
      values: z.array(z.number()).min(1).max(1_000_000).describe('The numbers to draw from'),
      weights: weightList.describe('How much each counts; default: all alike').optional(),
    })
    .refine(({ values, weights }) => !weights || weights.length === values.length, {
      message: 'there must be as many weights as values',
      path: ['weights'],
    }),
  open({ values: given, weights }) {
    const shares = sharesOf(weights, given.length)
    const order = given.map((_, i) => i).sort((a, b) => given[a]! - given[b]!)
    const values = Float64Array.from(order, i => given[i]!)
    /** Shares of the values before each place. */
    const before = new Float64Array(values.length + 1)
    for (const [place, i] of order.entries()) before[place + 1] = before[place]! + shares[i]!
    before[values.length] = 1
    /** How many values are at most x. */
    const countUpTo = (x: number) => firstPlace(values.length, place => values[place]! > x)
    const mean = sumOver(order, i => shares[i]! * given[i]!)
    let table: AliasTable | undefined
    const upTo = (x: number) => before[countUpTo(x)]!
    return {
      discrete: true,
      support: [values[0]!, values.at(-1)!],
      mean,
      variance: sumOver(order, i => shares[i]! * (given[i]! - mean) ** 2),
      density: x => upTo(x) - before[firstPlace(values.length, place => values[place]! >= x)]!,
      cdf: upTo,
      quantile: share =>
        values[
          Math.min(
            values.length - 1,
            firstPlace(values.length, place => before[place + 1]! >= share),
          )
        ]!,
      upperQuantile: share =>
        values[
          Math.min(
            values.length - 1,
            firstPlace(values.length, place => 1 - before[place + 1]! <= share),
          )
        ]!,
      fill(out, random) {
        table ??= new AliasTable(shares)
        for (let i = 0; i < out.length; i++) out[i] = given[table.draw(random)]!
      },
    }
  },
})

/** The first place for which `reached` holds, or `length`; it holds from some place on. */
function firstPlace(length: number, reached: (place: number) => boolean): number {
  let low = 0
  let high = length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (reached(middle)) high = middle
    else low = middle + 1
  }
  return low
}

function sumOver(places: number[], term: (place: number) => number): number {
  return places.reduce((sum, place) => sum + term(place), 0)
}
