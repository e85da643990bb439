/** Laws of sets of agents, against plain arrays. */
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { agent } from './agent.ts'
import { Model } from './model.ts'

class Cow extends agent({ weight: 'i32' }) {}
class Goat extends agent({ weight: 'i32' }) {}

class Farm extends Model {
  readonly cows = this.createPopulation(Cow)
  readonly goats = this.createPopulation(Goat)
}

function farmOf(weights: number[]) {
  const farm = new Farm({ parameters: {}, seed: 3 })
  farm.cows.addMany(weights.length, (cow, index) => {
    cow.weight = weights[index]!
  })
  return farm
}

const weights = fc.array(fc.integer({ min: -5, max: 5 }), { maxLength: 40 })

test('sets choose, sort, group and sum up as arrays do, and count none that died since', () => {
  fc.assert(
    fc.property(weights, fc.array(fc.nat()), fc.integer({ min: 0, max: 12 }), (given, dying, atMost) => {
      const { cows } = farmOf(given)
      const set = cows.all()
      const dead = new Set(dying.map(id => (id % (given.length + 1)) + 1))
      const listed = given.map((weight, at) => ({ id: at + 1, weight })).filter(({ id }) => !dead.has(id))
      for (const id of dead) cows.find(id)?.remove()
      const plain = (cows: Iterable<Cow>) => [...cows].map(({ id, weight }) => ({ id, weight }))
      expect(plain(set)).toEqual(listed)
      expect(set.size).toBe(listed.length)
      const heavy = ({ weight }: { weight: number }) => weight > 0
      expect(plain(set.select(heavy, atMost))).toEqual(listed.filter(heavy).slice(0, atMost))
      expect(plain(cows.select(heavy, atMost))).toEqual(listed.filter(heavy).slice(0, atMost))
      expect(set.count(heavy)).toBe(listed.filter(heavy).length)
      expect(plain(set.sort(({ weight }) => weight))).toEqual(
        listed.toSorted((one, other) => one.weight - other.weight),
      )
      const groups = Map.groupBy(listed, ({ weight }) => weight)
      expect([...set.groupBy(({ weight }) => weight)].map(([key, group]) => [key, plain(group)])).toEqual([...groups])
      const sum = listed.reduce((sum, { weight }) => sum + weight, 0)
      expect(set.sum(({ weight }) => weight)).toBe(sum)
      expect(set.mean(({ weight }) => weight)).toBe(sum / listed.length)
      expect(set.min(({ weight }) => weight)).toBe(Math.min(...listed.map(({ weight }) => weight)))
      expect(set.max(({ weight }) => weight)).toBe(Math.max(...listed.map(({ weight }) => weight)))
      expect(plain(set.shuffle()).toSorted((one, other) => one.id - other.id)).toEqual(listed)
      const picked = set.pick()
      expect(picked === undefined ? listed.length === 0 : !dead.has(picked.id)).toBe(true)
    }),
  )
})

test('a set does not change when agents are born, and who dies before its turn has none', () => {
  const { cows } = farmOf([1, 2, 3, 4])
  const acted: number[] = []
  cows.all().do(cow => {
    acted.push(cow.id)
    cows.add()
    if (cow.id === 2) cows.find(3)!.remove()
  })
  expect(acted).toEqual([1, 2, 4])
  expect(cows.size).toBe(6)
})

test('agents of several populations act together, and the model knows whose turn it is', () => {
  const farm = farmOf([5])
  const { cows, goats } = farm
  goats.addMany(1, goat => {
    goat.weight = 7
  })
  const both = cows.all().and(goats)
  expect(both.sum(({ weight }) => weight)).toBe(12)
  const acting: unknown[] = []
  both.do(() => {
    const outer = farm.actingAgent
    cows.do(() => acting.push([outer?.population.name, farm.actingAgent?.population.name]))
    expect(farm.actingAgent).toBe(outer)
  })
  expect(acting).toEqual([
    ['cow', 'cow'],
    ['goat', 'cow'],
  ])
  expect(farm.actingAgent).toBeUndefined()
})

test('shuffle and pick give each order and each agent equally often', () => {
  const { cows } = farmOf([1, 2, 3])
  const orders = new Map<string, number>()
  const picks = new Map<number, number>()
  for (let round = 0; round < 6000; round++) {
    const order = [...cows.all().shuffle()].map(({ id }) => id).join('')
    orders.set(order, (orders.get(order) ?? 0) + 1)
    const { id } = cows.all().pick()!
    picks.set(id, (picks.get(id) ?? 0) + 1)
  }
  const deviation = (counts: Map<unknown, number>, expected: number) =>
    [...counts.values()].reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)
  expect([orders.size, picks.size]).toEqual([6, 3])
  // χ² with 5 and 2 degrees of freedom: beyond these once in a thousand.
  expect(deviation(orders, 1000)).toBeLessThan(20.5)
  expect(deviation(picks, 2000)).toBeLessThan(13.8)
})
