/** Laws of moves that resolve at once. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { resolveMoves } from './traffic.ts'

const cells = 12
const drivers = fc
  .tuple(
    fc.uniqueArray(fc.nat(cells - 1), { minLength: 1 }),
    fc.array(fc.integer({ min: -1, max: cells - 1 }), { minLength: cells, maxLength: cells }),
    fc.array(fc.nat(5), { minLength: cells, maxLength: cells }),
  )
  .map(([standing, wanted, waits]) =>
    standing.map((cell, at) => ({ cell, next: wanted[at] === cell ? -1 : wanted[at]!, waited: waits[at]! })),
  )

it('never puts two on one cell, and moves nobody who wants to stay', () => {
  fc.assert(
    fc.property(drivers, all => {
      const moves = resolveMoves(all)
      const after = all.map(({ cell, next }, at) => (moves[at] ? next : cell))
      expect(new Set(after).size).toBe(all.length)
      for (const [at, { next }] of all.entries()) if (next < 0) expect(moves[at]).toBe(false)
    }),
  )
})

it('leaves no cell empty that somebody wants, and gives it to who has waited longest unless a ring turns', () => {
  fc.assert(
    fc.property(drivers, all => {
      const moves = resolveMoves(all)
      const after = new Set(all.map(({ cell, next }, at) => (moves[at] ? next : cell)))
      for (const [at, { next, waited }] of all.entries()) {
        if (next < 0 || moves[at]) continue
        expect(after.has(next)).toBe(true)
        const wasFree = !all.some(({ cell }) => cell === next)
        const winner = all.findIndex((other, index) => other.next === next && moves[index])
        if (wasFree) expect(all[winner]!.waited).toBeGreaterThanOrEqual(waited)
      }
    }),
  )
})

it('turns a ring in which each waits for the next, whoever else waits to come in', () => {
  const ring = [0, 1, 2, 3].map(cell => ({ cell, next: (cell + 1) % 4, waited: 0 }))
  expect(resolveMoves([{ cell: 9, next: 2, waited: 99 }, ...ring])).toEqual([false, true, true, true, true])
})
