/** Compact lists give back what was put in. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { StringList, Uint32Chunks, Uint32List } from './compact-list.ts'

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

it('keeps runs of words together across chunks, and finds each word by its place', () => {
  const list = new Uint32Chunks()
  const runs = Array.from({ length: 900 }, (_, i) =>
    Uint32Array.from({ length: (i * 97) % 5000 }, (_, at) => i * 5000 + at),
  )
  const starts = runs.map(run => list.append(run))
  expect(list.length).toBeGreaterThan(2 ** 21)
  for (const [i, run] of runs.entries()) expect(list.view(starts[i]!, run.length)).toEqual(run)
  const end = list.length
  for (let word = 0; word < 2 ** 20; word++) list.push(word)
  list.set(end, 7)
  expect([list.get(end), list.get(end + 1), list.get(list.length - 1)]).toEqual([7, 1, 2 ** 20 - 1])
  expect(list.get(starts[10]! + 3)).toBe(runs[10]![3])
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
