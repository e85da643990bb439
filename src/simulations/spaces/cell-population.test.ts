/** Laws of who stands where, against a plain map. */
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { agent, type CellAgent } from '../agent.ts'
import { Model } from '../model.ts'

class Sheep extends agent({ wool: 'f32' }) {}
class Wolf extends agent({}) {}

class Meadow extends Model<{ width: number; capacity?: number }> {
  readonly grid = this.createGrid({ height: 2, ...this.parameters })
  readonly sheep = this.createPopulation(Sheep, this.grid)
  readonly wolves = this.createPopulation(Wolf, this.grid)
}

const kinds = fc.constantFrom('sheep' as const, 'wolves' as const)
const cells = fc.integer({ min: -1, max: 10 })
const steps = fc.oneof(
  { weight: 3, arbitrary: fc.record({ act: fc.constant('add' as const), kind: kinds, cell: cells }) },
  { weight: 5, arbitrary: fc.record({ act: fc.constant('move' as const), who: fc.nat(), cell: cells }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('remove' as const), who: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('settle' as const) }) },
)

interface Entry {
  kind: 'sheep' | 'wolves'
  animal: CellAgent
}

test('cells list who a plain map lists, whatever is added, moved and removed, and hold no more than they can', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 5 }),
      fc.constantFrom(undefined, 1, 2),
      fc.array(steps, { maxLength: 100 }),
      (width, capacity, script) => {
        const meadow = new Meadow({ parameters: { width, ...(capacity && { capacity }) }, seed: 1 })
        const { cells } = meadow.grid
        const alive: Entry[] = []
        // By cell, in the order of arrival.
        const at: Entry[][] = Array.from({ length: cells }, () => [])
        const move = (entry: Entry, cell: number) => {
          const before = entry.animal.cell
          if (cell !== before && !(cell >= 0 && cell < cells)) {
            expect(() => entry.animal.moveTo(cell)).toThrow(
              `moved to cell ${cell}, and the cells are 0 to ${cells - 1}`,
            )
          } else if (cell !== before && at[cell]!.length === capacity) {
            expect(() => entry.animal.moveTo(cell)).toThrow(`which holds ${capacity} already`)
          } else {
            entry.animal.moveTo(cell)
            if (cell === before) return
            if (before >= 0) at[before]!.splice(at[before]!.indexOf(entry), 1)
            at[cell]!.push(entry)
          }
        }
        for (const step of script) {
          if (step.act === 'add') {
            const entry: Entry = { kind: step.kind, animal: meadow[step.kind].add() }
            alive.push(entry)
            expect(entry.animal.cell).toBe(-1)
            move(entry, step.cell)
          } else if (step.act === 'settle') {
            meadow.sheep.settle()
            meadow.wolves.settle()
          } else if (alive.length > 0) {
            const index = step.who % alive.length
            const entry = alive[index]!
            if (step.act === 'move') move(entry, step.cell)
            else {
              const { cell } = entry.animal
              entry.animal.remove()
              alive.splice(index, 1)
              if (cell >= 0) at[cell]!.splice(at[cell]!.indexOf(entry), 1)
              entry.animal.moveTo(0)
              expect(entry.animal.cell).toBe(cell)
            }
          }
          for (let cell = 0; cell < cells; cell++) {
            expect(meadow.grid.occupants(cell)).toBe(at[cell]!.length)
            expect(meadow.grid.isEmpty(cell)).toBe(at[cell]!.length === 0)
            for (const kind of ['sheep', 'wolves'] as const) {
              const here = at[cell]!.filter(entry => entry.kind === kind).map(({ animal }) => animal)
              expect(meadow[kind].countAt(cell)).toBe(here.length)
              expect(meadow[kind].at(cell)).toBe(here.at(-1))
              expect(meadow[kind].allAt(cell)).toEqual(here.toReversed())
              for (const animal of here) expect(animal.cell).toBe(cell)
            }
          }
        }
      },
    ),
    { numRuns: 200 },
  )
})

test('randomAt gives each on the cell equally often, and never the one that is left out', () => {
  const { sheep } = new Meadow({ parameters: { width: 3 }, seed: 5 })
  sheep.addMany(5, each => each.moveTo(1))
  const asking = sheep.find(3)!
  const drawn = new Map<number, number>()
  for (let draw = 0; draw < 4000; draw++) {
    const { id } = sheep.randomAt(1, asking)!
    drawn.set(id, (drawn.get(id) ?? 0) + 1)
  }
  expect([...drawn.keys()].sort()).toEqual([1, 2, 4, 5])
  // χ² with 3 degrees of freedom: beyond 16.3 once in a thousand.
  expect([...drawn.values()].reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0)).toBeLessThan(16.3)
  // Who stands elsewhere is left out of nothing.
  asking.moveTo(0)
  expect(new Set(Array.from({ length: 200 }, () => sheep.randomAt(1, asking)!.id)).size).toBe(4)
  expect(sheep.randomAt(0, asking)).toBeUndefined()
  expect(sheep.randomAt(0)).toBe(asking)
  expect(sheep.randomAt(2)).toBeUndefined()
})

test('randomAt leaves out agents of its own population only', () => {
  const { grid, sheep } = new Meadow({ parameters: { width: 3 }, seed: 5 })
  const wolves = new (class extends Model {
    readonly wolves = this.createPopulation(class Wolf extends agent({}) {}, grid)
  })({ parameters: {}, seed: 5 }).wolves
  const wolf = wolves.add()
  wolf.moveTo(1)
  const only = sheep.add()
  only.moveTo(1)
  expect(sheep.randomAt(1, wolf)).toBe(only)
  expect(sheep.randomAt(1, only)).toBeUndefined()
})

test('a random empty cell is each equally often, also when only few are left; when none is, it is an error', () => {
  const { grid, sheep } = new Meadow({ parameters: { width: 500, capacity: 1 }, seed: 5 })
  sheep.addMany(998, (each, index) => each.moveTo(index))
  const drawn = [0, 0]
  for (let draw = 0; draw < 2000; draw++) drawn[grid.randomEmptyCell() - 998]!++
  // Four standard deviations round the half.
  expect(Math.abs(drawn[0]! - 1000)).toBeLessThan(90)
  expect(drawn[0]! + drawn[1]!).toBe(2000)
  sheep.addMany(2, each => each.moveTo(grid.randomEmptyCell()))
  expect(() => grid.randomEmptyCell()).toThrow('No cell is empty')
})
