/** What holds at every step of the classic models, whatever their parameters. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Column, Table } from '../../tables/table.ts'
import { boids } from './boids.ts'
import { boltzmannWealth } from './boltzmann-wealth.ts'
import { schelling } from './schelling.ts'
import { wolfSheep } from './wolf-sheep.ts'

const share = fc.double({ min: 0, max: 1, noNaN: true })

/** The last row of the blocks, without the step. */
function lastRow(blocks: Table[]): number[] {
  const { columns, rows } = blocks.at(-1)!
  return columns.slice(1).map(column => (column.storage === 'numbers' ? column.values[rows - 1]! : Number.NaN))
}

const pastures = fc.record({
  size: fc.integer({ min: 3, max: 12 }),
  sheep: fc.integer({ min: 0, max: 60 }),
  wolves: fc.integer({ min: 0, max: 30 }),
  sheepReproduce: fc.double({ min: 0, max: 0.5, noNaN: true }),
  wolfReproduce: fc.double({ min: 0, max: 0.3, noNaN: true }),
  regrowthSteps: fc.integer({ min: 1, max: 12 }),
})

it('wolf–sheep counts the grass that has grown and the animals that live, none of which starves on', () => {
  fc.assert(
    fc.property(pastures, fc.nat(), (given, seed) => {
      const model = new wolfSheep.model({ parameters: wolfSheep.parameters.parse(given), seed })
      model.begin()
      for (let step = 0; step <= 15; step++) {
        const sheep = [...model.sheep]
        const wolves = [...model.wolves]
        const grown = model.regrownAt.filter(due => due <= step).length
        expect(lastRow(model.takeBlocks(true))).toEqual([sheep.length, wolves.length, grown])
        for (const { energy } of [...sheep, ...wolves]) expect(energy).toBeGreaterThanOrEqual(0)
        for (let cell = 0; cell < model.grid.cells; cell++) {
          expect(model.sheep.countAt(cell)).toBe(sheep.filter(one => one.cell === cell).length)
          expect(model.wolves.countAt(cell)).toBe(wolves.filter(one => one.cell === cell).length)
        }
        model.advance()
      }
    }),
    { numRuns: 40 },
  )
})

const towns = fc.record({
  size: fc.integer({ min: 2, max: 10 }),
  density: fc.double({ min: 0, max: 0.99, noNaN: true }),
  minority: share,
  similarWanted: share,
  radius: fc.integer({ min: 1, max: 4 }),
})

it('Schelling keeps everybody, one to a cell, and calls happy who lives among enough of the same group', () => {
  fc.assert(
    fc.property(towns, fc.nat(), (given, seed) => {
      const model = new schelling.model({ parameters: schelling.parameters.parse(given), seed })
      model.begin()
      const everybody = [...model.residents]
      const groups = everybody.map(({ group }) => group)
      for (let step = 0; step <= 5; step++) {
        const residents = [...model.residents]
        expect(residents).toEqual(everybody)
        expect(residents.map(({ group }) => group)).toEqual(groups)
        expect(new Set(residents.map(({ cell }) => cell)).size).toBe(residents.length)
        for (const one of residents) {
          const near = residents.filter(
            other => other !== one && distance(model.grid, one.cell, other.cell) <= given.radius,
          )
          const like = near.filter(({ group }) => group === one.group).length
          expect(one.happy).toBe((near.length === 0 ? 0 : like / near.length) >= given.similarWanted)
        }
        const happy = residents.filter(one => one.happy).length
        expect(lastRow(model.takeBlocks(true)).slice(0, 2)).toEqual([residents.length, happy])
        model.advance()
      }
    }),
    { numRuns: 60 },
  )
})

it('Schelling judges by those whom a table brought', () => {
  const rows = 9
  const numbers = (name: string, of: (row: number) => number): Column => ({
    name,
    storage: 'numbers',
    type: 'integer',
    values: Float64Array.from({ length: rows }, (_, row) => of(row)),
  })
  const blues: Column = {
    name: 'group',
    storage: 'codes',
    type: 'category',
    codes: new Int32Array(rows),
    dictionary: ['blue', 'orange'],
  }
  // A block of three by three in the corner, where the model would have put others.
  const columns = [numbers('x', row => row % 3), numbers('y', row => Math.floor(row / 3)), blues]
  const parameters = schelling.parameters.parse({ size: 10, minority: 1, similarWanted: 1 })
  const model = new schelling.model({
    parameters,
    seed: 1,
    populations: { residents: { name: 'town', rows, columns } },
  })
  model.begin()
  expect(lastRow(model.takeBlocks(true))).toEqual([rows, rows, 1])
  model.advance()
  expect(lastRow(model.takeBlocks(true))).toEqual([rows, rows, 1])
})

function distance(grid: { x(cell: number): number; y(cell: number): number }, one: number, other: number): number {
  return Math.max(Math.abs(grid.x(one) - grid.x(other)), Math.abs(grid.y(one) - grid.y(other)))
}

it('Boltzmann keeps all wealth, lets nobody owe, and gives the Gini coefficient of its definition', () => {
  const given = fc.record({
    size: fc.integer({ min: 2, max: 6 }),
    people: fc.integer({ min: 1, max: 60 }),
    wealth: fc.integer({ min: 1, max: 5 }),
  })
  fc.assert(
    fc.property(given, fc.nat(), (parameters, seed) => {
      const model = new boltzmannWealth.model({ parameters, seed })
      model.begin()
      for (let step = 0; step <= 20; step++) {
        const wealths = [...model.people].map(({ wealth }) => wealth)
        const total = wealths.reduce((sum, wealth) => sum + wealth, 0)
        expect(total).toBe(parameters.people * parameters.wealth)
        expect(Math.min(...wealths)).toBeGreaterThanOrEqual(0)
        let differences = 0
        for (const one of wealths) for (const other of wealths) differences += Math.abs(one - other)
        const [gini, poorShare, richest] = lastRow(model.takeBlocks(true))
        expect(gini).toBeCloseTo(differences / (2 * wealths.length * total), 9)
        expect(poorShare).toBeCloseTo(wealths.filter(wealth => wealth === 0).length / wealths.length, 9)
        expect(richest).toBe(Math.max(...wealths))
        model.advance()
      }
    }),
    { numRuns: 60 },
  )
})

it('Boltzmann takes what a table says that people have, but no debts and no more than it can count', () => {
  const wealths = fc.array(fc.oneof(fc.integer({ min: 0, max: 9 }), fc.constantFrom(-5, 1_000_000, 1_000_001)), {
    minLength: 1,
    maxLength: 5,
  })
  fc.assert(
    fc.property(wealths, given => {
      const column: Column = { name: 'wealth', storage: 'numbers', type: 'integer', values: Float64Array.from(given) }
      const model = new boltzmannWealth.model({
        parameters: { size: 3, people: 2, wealth: 1 },
        seed: 1,
        populations: { people: { name: 'town', rows: given.length, columns: [column] } },
      })
      const wrong = given.findIndex(wealth => wealth < 0 || wealth > 1_000_000)
      if (wrong >= 0) {
        expect(() => model.begin()).toThrow(`has ${given[wrong]} at the start`)
        return
      }
      model.begin()
      expect(lastRow(model.takeBlocks(true)).at(-1)).toBe(Math.max(...given))
    }),
  )
})

it('a bird that sees another flies one speed far each step, on the plane, and all of them in line make the order 1', () => {
  const given = fc.record({
    birds: fc.integer({ min: 2, max: 40 }),
    speed: fc.double({ min: 0.1, max: 3, noNaN: true }),
    match: share,
    cohere: fc.double({ min: 0, max: 0.1, noNaN: true }),
  })
  fc.assert(
    fc.property(given, fc.nat(), (parameters, seed) => {
      // So small that everybody sees everybody.
      const wanted = { ...parameters, size: 20, vision: 15 }
      const model = new boids.model({ parameters: boids.parameters.parse(wanted), seed })
      model.begin()
      for (let step = 0; step < 8; step++) {
        const before = [...model.birds].map(({ x, y }) => ({ x, y }))
        model.advance()
        for (const [at, { x, y, directionX, directionY }] of [...model.birds].entries()) {
          expect(Math.hypot(directionX, directionY)).toBeCloseTo(1, 9)
          const [dx, dy] = [x - before[at]!.x, y - before[at]!.y].map(d => d - 20 * Math.round(d / 20))
          expect(Math.hypot(dx!, dy!)).toBeCloseTo(parameters.speed, 9)
          expect(x >= 0 && x < 20 && y >= 0 && y < 20).toBe(true)
        }
        const [order] = lastRow(model.takeBlocks(true))
        expect(order! >= 0 && order! <= 1 + 1e-9).toBe(true)
      }
      model.birds.do(bird => Object.assign(bird, { directionX: 0.6, directionY: -0.8 }))
      expect(model.order()).toBeCloseTo(1, 9)
    }),
    { numRuns: 40 },
  )
})
