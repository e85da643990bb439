/** Random streams: the same name gives the same numbers anywhere, and forks do not disturb one another. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type RandomStream, randomStream } from './random-stream.ts'

const draws = (stream: RandomStream, count: number) => Array.from({ length: count }, () => stream.uint32())

describe('a random stream', () => {
  it('gives the same numbers for the same name', () => {
    fc.assert(
      fc.property(fc.string(), name => {
        expect(draws(randomStream(name), 20)).toEqual(draws(randomStream(name), 20))
      }),
    )
  })

  it('gives these numbers, on every machine and in every version', () => {
    expect(draws(randomStream(42), 4)).toEqual([3142082735, 229278069, 3567158260, 469652393])
  })

  it('gives other numbers for other names, however alike', () => {
    const firsts = new Set(Array.from({ length: 20_000 }, (_, i) => randomStream(`unit ${i}`).uint32()))
    // Birthday bound: 20,000 draws of 32 bits collide 0.05 times on average.
    expect(firsts.size).toBeGreaterThan(19_995)
  })

  it('forks by name alone, whatever was drawn before, and tells a/b from a then b', () => {
    const drawnFrom = randomStream('run')
    draws(drawnFrom, 7)
    expect(draws(drawnFrom.fork('cell'), 5)).toEqual(draws(randomStream('run').fork('cell'), 5))
    expect(draws(randomStream('run').fork('a').fork('b'), 3)).not.toEqual(draws(randomStream('run').fork('a/b'), 3))
  })

  it('draws each of n integers equally often', () => {
    const stream = randomStream('fair')
    const counts = new Array<number>(7).fill(0)
    for (let i = 0; i < 70_000; i++) counts[stream.int(7)]!++
    const chiSquare = counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0)
    // 6 degrees of freedom: exceeded once in a thousand streams; this one is fixed.
    expect(chiSquare).toBeLessThan(22.46)
  })

  it('draws floats in [0, 1) with mean one half and variance one twelfth', () => {
    const stream = randomStream('floats')
    const values = Array.from({ length: 100_000 }, () => stream.float())
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length
    expect(Math.min(...values.slice(0, 50_000))).toBeGreaterThanOrEqual(0)
    expect(Math.max(...values.slice(0, 50_000))).toBeLessThan(1)
    expect(mean).toBeCloseTo(0.5, 2)
    expect(variance).toBeCloseTo(1 / 12, 2)
  })

  it('shuffles into a permutation and leaves its input alone', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.string(), (items, name) => {
        const before = [...items]
        const shuffled = randomStream(name).shuffle(items)
        expect(items).toEqual(before)
        expect([...shuffled].sort((a, b) => a - b)).toEqual([...items].sort((a, b) => a - b))
      }),
    )
  })

  it('picks from what it is given', () => {
    const stream = randomStream('pick')
    expect(new Set(Array.from({ length: 200 }, () => stream.pick(['a', 'b', 'c'])))).toEqual(new Set(['a', 'b', 'c']))
  })
})
