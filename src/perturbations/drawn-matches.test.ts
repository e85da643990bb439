/** Draws are fair, in order, and no more than asked for. */
import { expect, it } from 'vitest'
import { randomStream } from '../stats/random-stream.ts'
import { drawnMatches } from './drawn-matches.ts'

const items = [0, 1, 2, 3, 4]
const runs = 4000

it.each([
  [1, 2, 0.4],
  [1, 5, 1],
  [0.5, Infinity, 0.5],
  [0, 3, 0],
])('at prob %s and count %s draws each item in the share %s of runs', (prob, count, share) => {
  const times = items.map(() => 0)
  for (let seed = 0; seed < runs; seed++) {
    const drawn = drawnMatches(items, prob, randomStream(seed), count)
    expect(drawn).toEqual(items.filter(item => drawn.includes(item)))
    expect(drawn.length).toBeLessThanOrEqual(count)
    for (const item of drawn) times[item]! += 1
  }
  for (const count of times) expect(Math.abs(count / runs - share)).toBeLessThan(0.04)
})
