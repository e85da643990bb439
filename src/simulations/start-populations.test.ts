/** Agents that begin with the rows of a table. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Column, Table } from '../tables/table.ts'
import { agent, pointAgent } from './agent.ts'
import { Model } from './model.ts'
import { startSimulation } from './run-simulation.ts'
import { defineSimulation } from './simulation.ts'

class Sheep extends agent({ energy: 'f64', age: 'u8', woolly: 'bool', breed: ['merino', 'jacob'] }) {}
class Bird extends pointAgent({ speed: 'f32' }) {}

const parameters = z.object({ sheep: z.int().default(3), capacity: z.int().default(0) })

class Farm extends Model<z.infer<typeof parameters>> {
  readonly grid = this.createGrid({
    width: 4,
    ...(this.parameters.capacity > 0 && { capacity: this.parameters.capacity }),
  })
  readonly sheep = this.createPopulation(Sheep, this.grid)
  readonly birds = this.createPopulation(Bird, this.createPlane({ width: 10 }), 'birds')

  override setup() {
    this.sheep.addMany(this.parameters.sheep, (sheep, index) => {
      sheep.energy = 100 + index
      sheep.age = 7
      sheep.moveTo(index)
    })
  }
}

const farm = defineSimulation({ name: 'farm', version: 1, summary: 'A farm', parameters, steps: 1, model: Farm })

function numbers(name: string, values: number[], type: 'integer' | 'decimal' = 'integer'): Column {
  return { storage: 'numbers', name, type, values: Float64Array.from(values) }
}

function table(...columns: Column[]): Table {
  const [first] = columns
  return { name: 'data', rows: first!.storage === 'codes' ? first!.codes.length : first!.values.length, columns }
}

function begun(populations: Record<string, Table>, given: Record<string, unknown> = {}): Farm {
  return startSimulation(farm, { seed: 1, populations, parameters: given }).model as Farm
}

describe('populations from tables', () => {
  it('have an agent for each row, in order, whatever the model made before', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -99, max: 99 }), { maxLength: 12 }), fc.nat(6), (energies, sheep) => {
        const model = begun({ sheep: table(numbers('energy', energies)) }, { sheep })
        expect(model.sheep.size).toBe(energies.length)
        const reached = [...model.sheep].map(one => one.energy)
        expect(reached.toSorted()).toEqual(energies.toSorted())
        expect([...model.sheep].every(one => one.cell >= 0)).toBe(true)
      }),
      { numRuns: 50 },
    )
  })

  it('keep what no column names, and what is empty, as the model made it', () => {
    const model = begun({ sheep: table(numbers('energy', [5, Number.NaN, 6, 7, 8])) })
    expect([...model.sheep].map(one => one.age)).toEqual([7, 7, 7, 7, 7])
    expect([...model.sheep].map(one => one.energy)).toEqual([5, 101, 6, 7, 8])
    expect([...model.sheep].slice(0, 3).map(one => one.cell)).toEqual([0, 1, 2])
  })

  it('read switches, words and whole numbers, and say what they rounded and did not use', () => {
    const model = begun({
      sheep: table(
        numbers('age', [1.6, 2.2], 'decimal'),
        { storage: 'texts', name: 'woolly', type: 'text', values: ['TRUE', 'no'] },
        {
          storage: 'codes',
          name: 'breed',
          type: 'category',
          codes: Int32Array.of(1, 0),
          dictionary: ['merino', 'jacob'],
        },
        numbers('colour', [1, 2]),
      ),
    })
    expect([...model.sheep].map(({ age, woolly, breed }) => [age, woolly, breed])).toEqual([
      [2, true, 'jacob'],
      [2, false, 'merino'],
    ])
    expect(model.notes).toEqual([
      '“sheep”: “age” is rounded, as its field holds whole numbers.',
      '“sheep”: no field is called “colour”.',
    ])
  })

  it('stand where x and y say, on grids and planes', () => {
    const model = begun({
      sheep: table(numbers('x', [1, 3]), numbers('y', [2, 0])),
      birds: table(numbers('x', [1.5], 'decimal'), numbers('y', [9.25], 'decimal'), numbers('speed', [2])),
    })
    expect([...model.sheep].map(({ cell }) => cell)).toEqual([9, 3])
    expect([...model.birds].map(({ x, y, speed }) => [x, y, speed])).toEqual([[1.5, 9.25, 2]])
  })

  it('change places where each cell holds one', () => {
    const model = begun({ sheep: table(numbers('cell', [1, 2, 0, 5])) }, { capacity: 1 })
    expect([...model.sheep].map(({ cell, energy }) => [cell, energy]).slice(0, 3)).toEqual([
      [1, 100],
      [2, 101],
      [0, 102],
    ])
  })

  it.each([
    ['a population that is none', { sheeps: table(numbers('energy', [1])) }, /no population “sheeps”/],
    ['columns of which none is a field', { sheep: table(numbers('weight', [1])) }, /No column of “data” is a field/],
    ['a number that does not fit', { sheep: table(numbers('age', [1, 300])) }, /Row 2 .* “age” is 300/],
    ['a place outside', { sheep: table(numbers('cell', [16])) }, /Row 1 .* “cell” is 16/],
    [
      'a word that is none',
      { sheep: table({ storage: 'texts', name: 'breed', type: 'text', values: ['goat'] }) },
      /“breed” is goat, and should be one of merino, jacob/,
    ],
  ])('refuse %s', (_, populations, message) => {
    expect(() => begun(populations)).toThrow(message)
  })
})
