/** Tests of class balance: what evens out, and what a split may miss. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { classWeight, isNearEven, levelThatEvens, timesEven, unluckyHeldOut } from './class-balance.ts'

const counts = fc.array(fc.integer({ min: 0, max: 100_000 }), { minLength: 1, maxLength: 20 })
const raised = (all: number[], level: number) => all.map(count => Math.max(count, level))

it('finds a level that brings every class near even, and one less would not', () => {
  fc.assert(
    fc.property(counts, all => {
      const level = levelThatEvens(all)
      expect(timesEven(raised(all, level)).every(isNearEven)).toBe(true)
      if (level > 0) expect(timesEven(raised(all, level - 1)).every(isNearEven)).toBe(false)
    }),
  )
})

it('leaves a set alone that is within half of even', () => {
  expect(levelThatEvens([100, 150, 60])).toBe(0)
  expect(levelThatEvens([99, 1])).toBe(33)
})

it('weighs classes so that each counts the same in sum', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 9999 }), { minLength: 1, maxLength: 9 }), all => {
      const total = all.reduce((sum, count) => sum + count, 0)
      for (const count of all) expect(count * classWeight(count, total, all.length)).toBeCloseTo(total / all.length, 6)
    }),
  )
})

it('knows how few of a class a split may hold by chance', () => {
  // P(at most 0 of 10 at 30 %) = .028, P(at most 1) = .149.
  expect(unluckyHeldOut(10, 0.3)).toBe(1)
  expect(unluckyHeldOut(0, 0.3)).toBe(0)
  expect(unluckyHeldOut(7, 0)).toBe(0)
  expect(unluckyHeldOut(7, 1)).toBe(7)
  // Normal approximation: 3000 − 1.645 · √(10000 · .3 · .7) = 2924.6
  expect(Math.abs(unluckyHeldOut(10_000, 0.3) - 2925)).toBeLessThanOrEqual(1)
})
