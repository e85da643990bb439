/** Tests of when rows that equal a real one are more than chance. */
import { expect, it } from 'vitest'
import { randomStream } from '../../../stats/random-stream.ts'
import { compareTables } from '../compare-tables.ts'
import { categoryColumn, numberColumn, tableOf } from '../made-people.ts'

/** Order lines: few products, whose prices come again now and then. */
function lines(rows: number, seed: number) {
  const random = randomStream(seed)
  const each = <Value>(make: () => Value) => Array.from({ length: rows }, make)
  return tableOf('lines', [
    categoryColumn(
      'product',
      each(() => ['pen', 'cup', 'hat'][random.int(3)]!),
    ),
    numberColumn(
      'price',
      each(() => random.int(6000) / 100),
    ),
  ])
}
const options = { seed: 1, observe: () => undefined }

it('takes rows for copies only beyond what real rows have in common, which few rows tell roughly', () => {
  for (const seed of [1, 2, 3]) {
    const [table] = compareTables([lines(1000, seed)], [lines(10_000, seed + 10)], options).tables
    expect(table!.privacy.copies.exact).toBeGreaterThan(100)
    expect(table!.privacy.copies.beyondBaseline).toBe(0)
  }
})

it('finds copies among them', () => {
  const real = lines(1000, 1)
  const [table] = compareTables([real], [real], options).tables
  expect(table!.privacy.copies.beyondBaseline).toBeGreaterThan(500)
})
