/** Laws of who is near on a plane, against looking at everybody. */
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { pointAgent } from '../agent.ts'
import { Model } from '../model.ts'
import type { Near } from './near.ts'
import type { PlaneOptions } from './plane.ts'

class Bird extends pointAgent({ mark: 'f64' }) {}

class Sky extends Model<PlaneOptions> {
  readonly plane = this.createPlane(this.parameters)
  readonly birds = this.createPopulation(Bird, this.plane)
}

function sky(plane: PlaneOptions) {
  return new Sky({ parameters: plane, seed: 1 })
}

interface Reference {
  id: number
  x: number
  y: number
}

/** The short way from one to another along one side. */
function shortest(from: number, to: number, extent: number, torus: boolean): number {
  const straight = to - from
  if (!torus) return straight
  return [straight, straight - extent, straight + extent].reduce((best, way) =>
    Math.abs(way) < Math.abs(best) ? way : best,
  )
}

function nearByBruteForce(all: Reference[], x: number, y: number, radius: number, plane: Required<PlaneOptions>) {
  return all
    .map(({ id, ...to }) => {
      const dx = shortest(x, to.x, plane.width, plane.torus)
      const dy = shortest(y, to.y, plane.height, plane.torus)
      return { id, dx, dy, distance: Math.sqrt(dx * dx + dy * dy) }
    })
    .filter(({ dx, dy }) => dx * dx + dy * dy <= radius * radius)
    .sort((one, other) => one.id - other.id)
}

function listed(near: Near<Bird>) {
  return Array.from({ length: near.length }, (_, at) => ({
    id: near.agent(at).id,
    dx: near.dx[at]!,
    dy: near.dy[at]!,
    distance: near.distance[at]!,
  })).sort((one, other) => one.id - other.id)
}

function wrapped(value: number, extent: number, torus: boolean) {
  return torus ? ((value % extent) + extent) % extent : Math.min(Math.max(value, 0), extent)
}

const planes = fc.record({
  width: fc.integer({ min: 1, max: 40 }),
  height: fc.integer({ min: 1, max: 40 }),
  torus: fc.boolean(),
})
// Halves, so that sums are exact and many lie at exactly the radius, at the edge, or in one place.
const coordinates = fc.integer({ min: -60, max: 120 }).map(half => half / 2)
const radii = fc.integer({ min: 0, max: 50 }).map(half => half / 2)
const actions = fc.oneof(
  { weight: 4, arbitrary: fc.record({ act: fc.constant('add' as const), x: coordinates, y: coordinates }) },
  {
    weight: 4,
    arbitrary: fc.record({ act: fc.constant('move' as const), who: fc.nat(), x: coordinates, y: coordinates }),
  },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('remove' as const), who: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('settle' as const) }) },
  { weight: 3, arbitrary: fc.record({ act: fc.constant('near' as const), who: fc.nat(), radius: radii }) },
  {
    weight: 1,
    arbitrary: fc.record({ act: fc.constant('nearPoint' as const), x: coordinates, y: coordinates, radius: radii }),
  },
)

test('near finds who brute force finds, the short way round a torus, however agents were born, moved and died', () => {
  fc.assert(
    fc.property(planes, fc.array(actions, { maxLength: 150 }), (plane, steps) => {
      const { birds } = sky(plane)
      const all = new Map<number, Bird>()
      const reference = new Map<number, Reference>()
      const place = (id: number, x: number, y: number) => {
        reference.set(id, {
          id,
          x: wrapped(x, plane.width, plane.torus),
          y: wrapped(y, plane.height, plane.torus),
        })
        all.get(id)!.moveTo(x, y)
      }
      const chosen = (who: number) => [...all.keys()][who % all.size]
      for (const step of steps) {
        if (step.act === 'add') {
          const bird = birds.add()
          all.set(bird.id, bird)
          place(bird.id, step.x, step.y)
        } else if (step.act === 'settle') birds.settle()
        else if (step.act === 'nearPoint') {
          const [x, y] = plane.torus
            ? [wrapped(step.x, plane.width, true), wrapped(step.y, plane.height, true)]
            : [step.x, step.y]
          const expected = nearByBruteForce([...reference.values()], x, y, step.radius, plane)
          expect(listed(birds.nearPoint(step.x, step.y, step.radius)).map(({ id }) => id)).toEqual(
            expected.map(({ id }) => id),
          )
        } else if (all.size > 0) {
          const id = chosen(step.who)!
          if (step.act === 'move') place(id, step.x, step.y)
          else if (step.act === 'remove') {
            all.get(id)!.remove()
            all.delete(id)
            reference.delete(id)
          } else {
            const { x, y } = reference.get(id)!
            const others = [...reference.values()].filter(other => other.id !== id)
            const found = listed(birds.near(all.get(id)!, step.radius))
            const expected = nearByBruteForce(others, x, y, step.radius, plane)
            expect(found.map(({ id }) => id)).toEqual(expected.map(({ id }) => id))
            for (const [at, { dx, dy, distance }] of found.entries()) {
              // Half way round a torus, both ways are short.
              expect(Math.abs(dx)).toBe(Math.abs(expected[at]!.dx))
              expect(Math.abs(dy)).toBe(Math.abs(expected[at]!.dy))
              expect(distance).toBe(expected[at]!.distance)
            }
          }
        }
        for (const [id, bird] of all) expect({ id, x: bird.x, y: bird.y }).toEqual(reference.get(id))
      }
    }),
    { numRuns: 300 },
  )
})

test('near leaves out nobody through rounding, wherever the radius is exactly the distance', () => {
  const side = fc.double({ min: 0.001, max: 1e6, noNaN: true })
  const part = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
  fc.assert(
    fc.property(side, side, part, part, part, part, fc.boolean(), (width, height, x, y, toX, toY, torus) => {
      const { birds } = sky({ width, height, torus })
      const one = birds.add()
      one.moveTo(x * width, y * height)
      const other = birds.add()
      other.moveTo(toX * width, toY * height)
      const [found] = listed(birds.near(one, 2 * (width + height)))
      const { distance } = found!
      // The root and its square are rounded: the next number up holds the distance surely.
      const near = birds.near(one, distance * (1 + 1e-15) + Number.MIN_VALUE)
      expect(near.length).toBe(1)
      expect(birds.near(other, distance * (1 + 1e-15) + Number.MIN_VALUE).length).toBe(1)
    }),
  )
})

test('many in one place are all found, each once', () => {
  const { birds } = sky({ width: 10, torus: true })
  birds.addMany(1000, bird => bird.moveTo(3, 3))
  const near = birds.near(birds.find(500)!, 1)
  expect(near.length).toBe(999)
  expect(new Set([...near].map(({ id }) => id)).size).toBe(999)
  expect(birds.nearPoint(13, -7, 0).length).toBe(1000)
})

test('who is born after the first query is found, in a slot of its own or in that of one who died in the same place', () => {
  const { birds } = sky({ width: 10 })
  const first = birds.add()
  first.moveTo(3, 3)
  expect(birds.nearPoint(3, 3, 1).length).toBe(1)
  first.remove()
  birds.settle()
  const second = birds.add()
  second.moveTo(3, 3)
  expect(second.slot).toBe(0)
  expect(birds.nearPoint(3, 3, 1).length).toBe(1)
  for (let born = 2; born <= 300; born++) {
    birds.add().moveTo(3, 3)
    expect(birds.nearPoint(3, 3, 1).length).toBe(born)
  }
})

test('who was never moved is nowhere: not near anybody, and nobody near it', () => {
  const { birds } = sky({ width: 10 })
  const placed = birds.add()
  placed.moveTo(0, 0)
  const nowhere = birds.add()
  expect([nowhere.x, nowhere.y]).toEqual([Number.NaN, Number.NaN])
  expect(birds.near(placed, 100).length).toBe(0)
  expect(birds.near(nowhere, 100).length).toBe(0)
  placed.remove()
  birds.settle()
  const reborn = birds.add()
  expect(reborn.slot).toBe(0)
  expect(reborn.x).toBeNaN()
})

test('the dead do not move, and are not found in the step in which they died', () => {
  const { birds } = sky({ width: 10 })
  const one = birds.add()
  const other = birds.add()
  one.moveTo(1, 1)
  other.moveTo(2, 2)
  expect(birds.near(one, 5).length).toBe(1)
  other.remove()
  other.moveTo(1, 1)
  expect([other.x, other.y]).toEqual([2, 2])
  expect(birds.near(one, 5).length).toBe(0)
})

test.each([[Number.NaN], [Number.POSITIVE_INFINITY]])('a move to %s is an error that says which agents', x => {
  const { birds } = sky({ width: 10, torus: true })
  expect(() => birds.add().moveTo(x, 1)).toThrow(`“bird” was moved to (${x}, 1)`)
})

test('a radius under 0 is an error, also when bins are there already', () => {
  const { birds } = sky({ width: 10 })
  const bird = birds.add()
  bird.moveTo(1, 1)
  birds.near(bird, 1)
  expect(() => birds.near(bird, -1)).toThrow('within -1')
  expect(() => birds.near(bird, Number.NaN)).toThrow('within NaN')
})

test('who is near an agent of another population is asked of its place, and nobody is left out for it', () => {
  class Two extends Model {
    readonly plane = this.createPlane({ width: 100, torus: true })
    readonly sheep = this.createPopulation(Bird, this.plane, 'sheep')
    readonly wolves = this.createPopulation(Bird, this.plane, 'wolves')
  }
  const { plane, sheep, wolves } = new Two({ parameters: {}, seed: 1 })
  const wolf = wolves.add()
  wolf.moveTo(98, 90)
  for (const x of [1, 96, 11]) sheep.add().moveTo(x, 90)
  expect([...sheep.near(wolf, 5)].map(({ id }) => id).sort()).toEqual([1, 2])
  expect([...wolves.near(wolf, 50)]).toEqual([])
  for (const other of sheep.near(wolf, 50)) {
    // Another query within the loop does not disturb it.
    sheep.near(other, 1)
    expect(plane.distance(wolf, other)).toBeCloseTo({ 1: 3, 2: 2, 3: 13 }[other.id]!, 12)
  }
})

test('random points lie all over the plane, and on it', () => {
  const { plane } = sky({ width: 3, height: 50 })
  const xs = Array.from({ length: 1000 }, () => plane.randomX())
  const ys = Array.from({ length: 1000 }, () => plane.randomY())
  expect(xs.every(x => x >= 0 && x < 3) && Math.max(...xs) > 2.9 && Math.min(...xs) < 0.1).toBe(true)
  expect(ys.every(y => y >= 0 && y < 50) && Math.max(...ys) > 49 && Math.min(...ys) < 1).toBe(true)
})

test('on a torus whatever is moved anywhere lies on it, its far edge left out', () => {
  const anywhere = fc.oneof(fc.constant(-1e-20), fc.double({ min: -1e9, max: 1e9, noNaN: true }))
  fc.assert(
    fc.property(fc.double({ min: 0.001, max: 1e6, noNaN: true }), anywhere, anywhere, (width, x, y) => {
      const bird = sky({ width, torus: true }).birds.add()
      bird.moveTo(x, y)
      expect(bird.x >= 0 && bird.x < width && bird.y >= 0 && bird.y < width).toBe(true)
    }),
  )
})
