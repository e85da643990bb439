/** Laws of the warehouse’s aisles. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { Layout } from './layout.ts'
import { Router } from './router.ts'

const sizes = fc
  .record({
    pairs: fc.integer({ min: 1, max: 5 }),
    depth: fc.integer({ min: 1, max: 5 }),
    blocks: fc.integer({ min: 1, max: 3 }),
    queue: fc.integer({ min: 1, max: 4 }),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  .map(({ pairs, depth, blocks, queue, share }) => {
    const aisles = 2 * pairs
    const bays = 3 * aisles - 2
    const vehicles = 1 + Math.floor(share * (bays - 2))
    return {
      aisles,
      depth,
      blocks,
      queue,
      vehicles,
      chargers: bays - vehicles,
      stations: 1 + Math.floor(share * (aisles - 2)),
    }
  })

function exits(layout: Layout, cell: number): number[] {
  return [0, 1, 2, 3, 4].map(at => layout.exit(cell, at)).filter(next => next >= 0)
}

/** Cells to go, by breadth-first search that obeys the zones; −1 where no way leads. */
function distanceTo(layout: Layout, from: number, to: number): number {
  const steps = new Map([[from, 0]])
  for (const cell of steps.keys()) {
    for (const next of exits(layout, cell)) {
      const zone = layout.zone[next]!
      if (zone !== 0 && zone !== layout.zone[to] && zone !== layout.zone[from]) continue
      if (!steps.has(next)) steps.set(next, steps.get(cell)! + 1)
    }
  }
  return steps.get(to) ?? -1
}

it('leads from every cell to every place a vehicle goes to, by the shortest way where nobody waited', () => {
  fc.assert(
    fc.property(sizes, fc.nat(), (size, drawn) => {
      const layout = new Layout(size)
      const router = new Router(layout, 10)
      const roads = [...layout.laneOf.keys()].filter(cell => layout.laneOf[cell]! >= 0)
      const places = [
        ...layout.bays,
        ...layout.chargers,
        ...layout.stations.map(({ cell }) => cell),
        ...layout.shelves.map(shelf => layout.faceOf(shelf)),
      ]
      expect(layout.shelves).toHaveLength(2 * (size.aisles - 1) * size.depth * size.blocks)
      for (let at = 0; at < 20; at++) {
        const from = roads[(drawn + 7919 * at) % roads.length]!
        const to = places[(drawn + 104729 * at) % places.length]!
        const way = router.plan(from, to)
        expect(way).toHaveLength(distanceTo(layout, from, to))
        const whole = [from, ...way.toReversed()]
        for (const [step, cell] of whole.slice(1).entries()) expect(exits(layout, whole[step]!)).toContain(cell)
      }
    }),
    { numRuns: 40 },
  )
})

it('lets nobody meet anybody head-on, but before the bay of one', () => {
  fc.assert(
    fc.property(sizes, size => {
      const layout = new Layout(size)
      for (const cell of layout.laneOf.keys()) {
        for (const next of exits(layout, cell)) {
          expect(layout.laneOf[next]).toBeGreaterThanOrEqual(0)
          if (exits(layout, next).includes(cell))
            expect(Math.min(layout.zone[cell]!, layout.zone[next]!)).toBeLessThan(0)
        }
      }
    }),
    { numRuns: 40 },
  )
})

it('goes round where others waited, and the shortest way where that is not to be avoided', () => {
  const layout = new Layout({ aisles: 6, depth: 6, blocks: 2, stations: 1, queue: 2, vehicles: 4, chargers: 1 })
  const from = layout.bays[0]!
  const to = layout.stations[0]!.cell
  const shortest = new Router(layout, 0)
  const [before] = [shortest.plan(from, to)]
  const middle = before[Math.floor(before.length / 2)]!
  for (const router of [shortest, new Router(layout, 10)]) {
    router.waited[middle] = 600
    const avoids = router !== shortest
    expect(router.plan(from, to).includes(middle)).toBe(!avoids)
  }
})

it('says how many aisles it would take', () => {
  const size = { aisles: 4, depth: 2, blocks: 1, stations: 1, queue: 1, vehicles: 10, chargers: 4 }
  expect(() => new Layout(size)).toThrow(
    expect.objectContaining({ hint: expect.stringContaining('at least 6 aisles') }),
  )
  expect(new Layout({ ...size, aisles: 6 }).bays).toHaveLength(10)
  expect(() => new Layout({ ...size, vehicles: 1, stations: 4 })).toThrow('room for 3')
})
