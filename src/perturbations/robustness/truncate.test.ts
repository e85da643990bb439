/** Where a text is cut off. */
import { expect, it } from 'vitest'
import { perturbed } from '../../testing/perturbed.ts'
import { truncate } from './truncate.ts'

const text = 'one two three four five six seven eight nine ten'

it.each([
  [0.7, 'one two three four five six seven'],
  [0.1, 'one'],
  [0.01, 'one'],
  [0.99, text],
])('keeps the share %s of the words', (keep, after) => {
  expect(perturbed(truncate, text, { params: { keep } }).text).toBe(after)
})

it('cuts no entity, not even its word, and none off', () => {
  // “eig” of “eight”: the cut waits for the end of the word.
  const entities = [{ start: 34, end: 37, label: 'X' }]
  expect(perturbed(truncate, text, { entities })).toMatchObject({
    text: 'one two three four five six seven eight',
    entities,
  })
  const last = [{ start: 45, end: 48, label: 'X' }]
  expect(perturbed(truncate, text, { entities: last }).steps).toEqual([])
})
