/** Laws of drawing one of the best. */
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { Choice } from './choice.ts'
import { ModelRandom } from './model-random.ts'

const offers = fc.array(fc.tuple(fc.nat(1000), fc.integer({ min: -2, max: 0 })), { maxLength: 120 })

test('the choice is one of those worth most, of as many as are offered; −1 where nothing is', () => {
  const choice = new Choice(new ModelRandom(1))
  fc.assert(
    fc.property(offers, offered => {
      choice.start()
      for (const [place, worth] of offered) choice.offer(place, worth)
      const most = Math.max(...offered.map(([, worth]) => worth))
      const best = offered.filter(([, worth]) => worth === most).map(([place]) => place)
      expect(choice.isEmpty).toBe(offered.length === 0)
      expect(best.length === 0 ? [-1] : best).toContain(choice.draw())
    }),
  )
})

test('a worth that is no number is an error, wherever it is offered', () => {
  const choice = new Choice(new ModelRandom(1))
  for (const worths of [[Number.NaN], [1, Number.NaN], [1, 2, Number.NaN, 3]]) {
    choice.start()
    const offerAll = () => {
      for (const [place, worth] of worths.entries()) choice.offer(place, worth)
    }
    expect(offerAll).toThrow('no number')
  }
})

test('of those worth most each is drawn equally often, wherever it was offered', () => {
  const choice = new Choice(new ModelRandom(2))
  const drawn = new Map<number, number>()
  for (let draw = 0; draw < 8000; draw++) {
    choice.start()
    for (const [place, worth] of [
      [0, 1],
      [1, 5],
      [2, 5],
      [3, -1],
      [4, 5],
      [5, 0],
      [6, 5],
    ] as const)
      choice.offer(place, worth)
    const place = choice.draw()
    drawn.set(place, (drawn.get(place) ?? 0) + 1)
  }
  expect([...drawn.keys()].sort()).toEqual([1, 2, 4, 6])
  // χ² with 3 degrees of freedom: beyond 16.3 once in a thousand.
  expect([...drawn.values()].reduce((sum, count) => sum + (count - 2000) ** 2 / 2000, 0)).toBeLessThan(16.3)
})

test('any number can be equally good', () => {
  const choice = new Choice(new ModelRandom(3)).start()
  for (let place = 0; place < 100; place++) choice.offer(place, 1)
  expect(new Set(Array.from({ length: 5000 }, () => choice.draw())).size).toBe(100)
})
