/** Compact lists give back what was put in. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { StringList, Uint32List } from './compact-list.ts'

it('keeps words in order, one by one or many at once', () => {
  const word = fc.integer({ min: 0, max: 0xffffffff })
  fc.assert(
    fc.property(fc.array(fc.oneof(word, fc.array(word, { maxLength: 40 }))), steps => {
      const list = new Uint32List()
      for (const step of steps) Array.isArray(step) ? list.append(Uint32Array.from(step)) : list.push(step)
      expect([...list.words.subarray(0, list.length)]).toEqual(steps.flat())
    }),
  )
})

it('keeps strings of any script', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary' })), texts => {
      const list = new StringList()
      for (const text of texts) list.push(text)
      expect(texts.map((_, i) => list.at(i))).toEqual(texts.map(text => text.toWellFormed()))
    }),
  )
})
