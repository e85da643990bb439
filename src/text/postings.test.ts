/** Postings give back what was put in. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { Uint32List } from './compact-list.ts'
import { Postings } from './postings.ts'

function packed(entries: [key: number, item: number][]): Postings {
  const [keys, items] = [new Uint32List(), new Uint32List()]
  for (const [key, item] of entries) {
    keys.push(key)
    items.push(item)
  }
  return new Postings(keys, items)
}

it('keeps the items of each key in order, and one list for keys with the same items', () => {
  const key = fc.oneof(fc.nat(5), fc.integer({ min: 0, max: 0xffffffff }))
  fc.assert(
    fc.property(fc.array(fc.tuple(key, fc.nat(3)), { maxLength: 60 }), key, (entries, unknown) => {
      const postings = packed(entries)
      const itemsOf = (key: number) => entries.filter(([other]) => other === key).map(([, item]) => item)
      for (const [key] of [...entries, [unknown]] as [number][]) {
        expect([...postings.itemsIn(postings.listOf(key))]).toEqual(itemsOf(key))
        // As a signed word, which hashes are.
        expect(postings.listOf(key | 0)).toBe(postings.listOf(key))
      }
      for (const [a] of entries) {
        for (const [b] of entries) {
          expect(postings.listOf(a) === postings.listOf(b)).toBe(`${itemsOf(a)}` === `${itemsOf(b)}`)
        }
      }
    }),
  )
})

it('finds each of very many keys', () => {
  const postings = packed(Array.from({ length: 5000 }, (_, i) => [i * 0x10000, i]))
  for (let i = 0; i < 5000; i++) expect([...postings.itemsIn(postings.listOf(i * 0x10000))]).toEqual([i])
})
