/** The table of texts behaves as a map does. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { TextTable } from './text-table.ts'

it('gives what a map gives, through growth and overwriting', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.string({ maxLength: 3 }), fc.nat()), { maxLength: 400 }), entries => {
      const table = new TextTable()
      const map = new Map<string, number>()
      for (const [text, number] of entries) {
        expect(table.get(text)).toBe(map.get(text))
        table.set(text, number)
        map.set(text, number)
      }
      for (const [text, number] of map) expect(table.get(text)).toBe(number)
    }),
  )
})

it('mistakes none of 200,000 similar texts for another', () => {
  const table = new TextTable()
  for (let i = 0; i < 200_000; i++) {
    expect(table.get(`order ${i}`)).toBeUndefined()
    table.set(`order ${i}`, i)
  }
  for (let i = 0; i < 200_000; i += 1000) expect(table.get(`order ${i}`)).toBe(i)
})
