/** What a table comes to does not depend on how it was cut into blocks. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Table } from '../../tables/table.ts'
import { TableSums } from './table-sums.ts'

function table(steps: number[], values: number[]): Table {
  return {
    name: 'counts',
    rows: steps.length,
    columns: [
      { name: 'step', storage: 'numbers', type: 'integer', values: Float64Array.from(steps) },
      { name: 'count', storage: 'numbers', type: 'decimal', values: Float64Array.from(values) },
    ],
  }
}

function summed(steps: number[], values: number[], cuts: number[] = []) {
  const sums = new TableSums()
  const ends = [...cuts.map(cut => cut % (steps.length + 1)), steps.length].sort((a, b) => a - b)
  for (let at = 0, from = 0; at < ends.length; from = ends[at++]!)
    sums.add(table(steps.slice(from, ends[at]), values.slice(from, ends[at])))
  return sums.summary
}

it('gives the last value, the mean of those there are, and whether a row came every so many steps', () => {
  const value = fc.oneof(fc.integer({ min: -1000, max: 1000 }), fc.constant(Number.NaN))
  const shape = fc.record({
    values: fc.array(value, { minLength: 1, maxLength: 30 }),
    every: fc.integer({ min: 1, max: 9 }),
    cuts: fc.array(fc.nat(), { maxLength: 4 }),
  })
  fc.assert(
    fc.property(shape, ({ values, every, cuts }) => {
      const steps = values.map((_, at) => at * every)
      const known = values.filter(one => !Number.isNaN(one))
      const last = values.at(-1)!
      expect(summed(steps, values, cuts)).toEqual({
        rows: values.length,
        isRegular: true,
        columns: {
          count: {
            final: Number.isNaN(last) ? null : last,
            mean: known.length === 0 ? null : known.reduce((sum, one) => sum + one, 0) / known.length,
          },
        },
      })
    }),
  )
})

it.each([
  ['several rows of a step', [0, 0, 1, 1]],
  ['rows now and then', [0, 3, 5]],
  ['nothing before the first step', [1, 2, 3]],
])('calls a table with %s not regular', (_, steps) => {
  for (const cuts of [[], [1], [2]]) expect(summed(steps, steps, cuts).isRegular).toBe(false)
})
