/** Laws of neighbours on grids of every kind. */
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { ModelRandom } from '../model-random.ts'
import { Grid, type GridOptions, type Neighbourhood } from './grid.ts'

function gridOf(options: GridOptions) {
  return new Grid(options, new ModelRandom(1))
}

/** Columns and rows to those that touch, by the parity of the row. */
const touching: Record<Neighbourhood, (row: number) => [number, number][]> = {
  'von-neumann': () => [
    [0, -1],
    [-1, 0],
    [1, 0],
    [0, 1],
  ],
  moore: () => [
    [-1, -1],
    [0, -1],
    [1, -1],
    [-1, 0],
    [1, 0],
    [-1, 1],
    [0, 1],
    [1, 1],
  ],
  // Odd rows lie half a cell to the right: above and below them are the same column and the next.
  hexagonal: row => {
    const left = row % 2 === 0 ? -1 : 0
    return [
      [left, -1],
      [left + 1, -1],
      [-1, 0],
      [1, 0],
      [left, 1],
      [left + 1, 1],
    ]
  },
}

/** All that a walk of so many steps reaches, step by step. */
function reached(grid: Required<Omit<GridOptions, 'capacity'>>, cell: number, radius: number): number[] {
  const { width, height, neighbourhood, torus } = grid
  const distances = new Map([[cell, 0]])
  for (const [from, distance] of distances) {
    if (distance === radius) continue
    const [x, y] = [from % width, Math.floor(from / width)]
    for (const [across, down] of touching[neighbourhood](y)) {
      const [column, row] = torus
        ? [(x + across + width) % width, (y + down + height) % height]
        : [x + across, y + down]
      if (column < 0 || row < 0 || column >= width || row >= height) continue
      const to = row * width + column
      if (!distances.has(to)) distances.set(to, distance + 1)
    }
  }
  distances.delete(cell)
  return [...distances.keys()].sort((one, other) => one - other)
}

const grids = fc
  .record({
    width: fc.integer({ min: 1, max: 12 }),
    height: fc.integer({ min: 1, max: 12 }),
    neighbourhood: fc.constantFrom<Neighbourhood>('moore', 'von-neumann', 'hexagonal'),
    torus: fc.boolean(),
  })
  .map(grid => (grid.neighbourhood === 'hexagonal' && grid.torus ? { ...grid, height: 2 * grid.height } : grid))

test('the neighbours are who a walk of so many steps reaches, each once, at edges and round a torus of any size', () => {
  fc.assert(
    fc.property(
      grids,
      fc.array(fc.tuple(fc.nat(), fc.integer({ min: 1, max: 14 })), { maxLength: 20 }),
      (options, asked) => {
        const grid = gridOf(options)
        for (const [drawn, radius] of asked) {
          const cell = drawn % grid.cells
          expect([...grid.neighbours(cell, radius)].sort((one, other) => one - other)).toEqual(
            reached(options, cell, radius),
          )
        }
      },
    ),
    { numRuns: 300 },
  )
})

test('the distance is the radius within which a cell first is a neighbour', () => {
  fc.assert(
    fc.property(grids, fc.nat(), fc.nat(), (options, one, other) => {
      const grid = gridOf(options)
      const [from, to] = [one % grid.cells, other % grid.cells]
      const distance = grid.distance(from, to)
      expect(grid.distance(to, from)).toBe(distance)
      if (from === to) expect(distance).toBe(0)
      else expect(grid.neighbours(from, distance)).toContain(to)
      if (distance > 1) expect(grid.neighbours(from, distance - 1)).not.toContain(to)
    }),
  )
})

test.each([-1, 9, Number.NaN])('cell %d has no neighbours, for there is none', cell => {
  for (const torus of [true, false])
    expect(() => gridOf({ width: 3, torus }).neighbours(cell)).toThrow(`neighbours of cell ${cell}`)
})

test('who is my neighbour has me as one', () => {
  fc.assert(
    fc.property(grids, fc.integer({ min: 1, max: 5 }), (options, radius) => {
      const grid = gridOf(options)
      const near = Array.from({ length: grid.cells }, (_, cell) => new Set(grid.neighbours(cell, radius)))
      for (const [cell, others] of near.entries()) {
        expect(others.has(cell)).toBe(false)
        for (const other of others) expect(near[other]!.has(cell)).toBe(true)
      }
    }),
  )
})

test.each([
  ['moore', 1, 8],
  ['moore', 3, 48],
  ['von-neumann', 1, 4],
  ['von-neumann', 3, 24],
  ['hexagonal', 1, 6],
  ['hexagonal', 3, 36],
] as const)('a %s torus has within %d everywhere %d neighbours', (neighbourhood, radius, count) => {
  const grid = gridOf({ width: 9, height: 10, neighbourhood, torus: true })
  for (let cell = 0; cell < grid.cells; cell++) expect(new Set(grid.neighbours(cell, radius)).size).toBe(count)
})

test('column, row and cell number belong together, also in the greatest grids', () => {
  const sizes = fc.integer({ min: 1, max: 32_768 })
  fc.assert(
    fc.property(sizes, sizes, fc.nat(), fc.nat(), (width, height, drawnX, drawnY) => {
      const grid = gridOf({ width, height })
      // The ends of a row are where rounding would lead to another.
      for (const x of [0, drawnX % width, width - 1]) {
        const y = drawnY % height
        const cell = grid.cellAt(x, y)
        expect([cell, grid.x(cell), grid.y(cell)]).toEqual([y * width + x, x, y])
      }
    }),
  )
})

test('a place outside comes back in on a torus, and is −1 elsewhere', () => {
  const torus = gridOf({ width: 4, height: 3, torus: true })
  expect([torus.cellAt(-1, 0), torus.cellAt(4, 2), torus.cellAt(9, -4)]).toEqual([3, 8, 9])
  const bounded = gridOf({ width: 4, height: 3 })
  expect([bounded.cellAt(-1, 0), bounded.cellAt(4, 2), bounded.cellAt(0, 3)]).toEqual([-1, -1, -1])
})

test('a random neighbour is each equally often; where there is none, the cell itself', () => {
  const grid = gridOf({ width: 5, torus: true, neighbourhood: 'von-neumann' })
  const drawn = new Map<number, number>()
  for (let draw = 0; draw < 4000; draw++) {
    const cell = grid.randomNeighbour(12)
    drawn.set(cell, (drawn.get(cell) ?? 0) + 1)
  }
  expect([...drawn.keys()].sort((one, other) => one - other)).toEqual([7, 11, 13, 17])
  // χ² with 3 degrees of freedom: beyond 16.3 once in a thousand.
  expect([...drawn.values()].reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0)).toBeLessThan(16.3)
  expect(gridOf({ width: 1 }).randomNeighbour(0)).toBe(0)
})

test('a layer has a value for each cell, 0 at first', () => {
  const layer = gridOf({ width: 3, height: 2 }).layer('f32')
  expect(layer).toEqual(new Float32Array(6))
})

test.each([
  [{ width: 0 }, 'A grid of 0 by 0'],
  [{ width: 3, height: 2.5 }, 'A grid of 3 by 2.5'],
  [{ width: 1e6 }, 'A grid of 1000000 by 1000000'],
  [{ width: Number.NaN }, 'A grid of NaN'],
  [{ width: 4, height: 3, neighbourhood: 'hexagonal', torus: true }, 'A grid of 4 by 3'],
  [{ width: 3, capacity: 0 }, 'A cell cannot hold 0 agents'],
  [{ width: 3, capacity: 1.5 }, 'A cell cannot hold 1.5 agents'],
] as const)('a grid of %j is an error', (options, message) => {
  expect(() => gridOf(options)).toThrow(message)
})

test.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('neighbours within %d are an error', radius => {
  expect(() => gridOf({ width: 5 }).neighbours(0, radius)).toThrow(`Neighbours within ${radius}`)
})

test('the neighbours of nowhere are an error that says to move there first', () => {
  for (const torus of [true, false])
    expect(() => gridOf({ width: 5, neighbourhood: 'von-neumann', torus }).neighbours(-1)).toThrow('cells are 0 to 24')
})
