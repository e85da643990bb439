/** Addresses, written and read back. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readAddress, writeAddress } from './address.ts'

it('reads back whatever texts were written, also those that look like numbers or JSON', () => {
  const text = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('12e4567890', '1.0', 'true', 'null', '{}', '007', 'a&b=c', '?'),
  )
  const several = fc.array(text, { minLength: 2 })
  fc.assert(
    fc.property(fc.dictionary(fc.string({ minLength: 1 }), fc.oneof(text, several)), members => {
      const own = Object.fromEntries(Object.entries(members))
      expect(readAddress(writeAddress(own))).toEqual(own)
    }),
  )
})

it('leaves out what is not given', () => {
  expect(writeAddress({ run: undefined, label: null, tag: [] })).toBe('')
  expect(writeAddress({ at: 0, label: ['a', 'b'] })).toBe('?at=0&label=a&label=b')
})
