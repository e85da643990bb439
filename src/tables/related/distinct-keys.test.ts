/** Tests of keys that are drawn like other columns. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { CategoryColumn, Column, NumberColumn } from '../table.ts'
import { distinctKeys } from './distinct-keys.ts'

const countries = (codes: number[]): CategoryColumn => ({
  storage: 'codes',
  name: 'country',
  type: 'category',
  codes: Int32Array.from(codes),
  dictionary: ['DE', 'NL', 'FR'],
})
const numbers = (values: number[]): NumberColumn => ({
  storage: 'numbers',
  name: 'number',
  type: 'integer',
  values: Float64Array.from(values),
})
const keyAt = (row: number, country: CategoryColumn, number: Column) =>
  `${country.codes[row]} ${(number as NumberColumn).values[row]}`
const pairs = fc.array(fc.tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: -3, max: 3 })), { maxLength: 60 })

it('counts a number on until no key comes twice, and leaves first comers as they are', () => {
  fc.assert(
    fc.property(pairs, rows => {
      const country = countries(rows.map(([code]) => code))
      const number = numbers(rows.map(([, value]) => value))
      const { changed = number, dropped } = distinctKeys([country, number], new Set(['country', 'number']), rows.length)
      expect(dropped.size).toBe(0)
      expect(new Set(rows.map((_, row) => keyAt(row, country, changed))).size).toBe(rows.length)
      rows.forEach(([code, value], row) => {
        const isFirst = rows.findIndex(([c, v]) => c === code && v === value) === row
        if (isFirst) expect(changed.values[row]).toBe(value)
      })
    }),
  )
})

it('leaves rows out where nothing of the key may change, the later ones', () => {
  const { changed, dropped } = distinctKeys([countries([0, 1, 0]), numbers([5, 5, 5])], new Set(), 3)
  expect(changed).toBeUndefined()
  expect([...dropped]).toEqual([2])
})
