/** Laws of the warehouse and of its tables. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Table } from '../../tables/table.ts'
import { startSimulation } from '../run-simulation.ts'
import { type Warehouse, warehouse } from './warehouse.ts'

function begin(parameters: Record<string, unknown>, seed = 1) {
  const started = startSimulation(warehouse, { seed, parameters, steps: 1_000_000 })
  return { started, model: started.model as Warehouse }
}

function underway({ vehicles }: Warehouse): number {
  return vehicles.count(({ order }) => order !== undefined)
}

/** Rows of all blocks of a table, one column. */
function values(blocks: readonly Table[], table: string, column: string): number[] {
  return blocks
    .filter(({ name }) => name === table)
    .flatMap(({ columns }) => {
      const found = columns.find(({ name }) => name === column)!
      return found.storage === 'numbers' ? [...found.values] : []
    })
}

const busyFloors = fc.record({
  pairs: fc.integer({ min: 1, max: 4 }),
  depth: fc.integer({ min: 1, max: 5 }),
  blocks: fc.integer({ min: 1, max: 2 }),
  queue: fc.integer({ min: 1, max: 3 }),
  dispatch: fc.constantFrom('nearest', 'first-come', 'earliest-due', 'urgent-first'),
  avoidance: fc.constantFrom(0, 10),
  batteryMinutes: fc.constantFrom(5, 20),
  seed: fc.nat(1000),
})

it('lets no two vehicles meet, loses no order, and never stands still for good', () => {
  fc.assert(
    fc.property(busyFloors, ({ pairs, seed, ...floor }) => {
      const bays = 6 * pairs - 2
      const parameters = {
        ...floor,
        aisles: 2 * pairs,
        stations: Math.min(2, 2 * pairs - 1),
        vehicles: bays - 1,
        chargers: 1,
      }
      const { model } = begin({ ...parameters, ordersPerHour: 2000, chargeMinutes: 2, reportSeconds: 3600 }, seed)
      const faults: string[] = []
      const advance = () => {
        const before = [...model.vehicles].map(({ cell }) => cell)
        const standing = new Map(before.map((cell, at) => [cell, at]))
        model.advance()
        const after = [...model.vehicles].map(({ cell }) => cell)
        if (new Set(after).size < after.length) faults.push(`two on a cell at ${model.steps}`)
        for (const [at, cell] of after.entries()) {
          if (cell === before[at]) continue
          if (model.layout.distance(cell, before[at]!) !== 1) faults.push(`a leap at ${model.steps}`)
          const other = standing.get(cell)
          if (other !== undefined && after[other] === before[at]) faults.push(`a swap at ${model.steps}`)
        }
        const { created, waiting, delivered } = model.book
        if (created !== waiting.length + underway(model) + delivered) faults.push(`an order lost at ${model.steps}`)
      }
      for (let second = 0; second < 300; second++) advance()
      expect(faults).toEqual([])
      // The order that is expected comes yet; after it, none.
      Object.assign(model.parameters, { ordersPerHour: 1e-9 })
      for (let second = 0; model.book.delivered < model.book.created && second < 40_000; second++) model.advance()
      expect(model.book.delivered).toBe(model.book.created)
      for (let second = 0; second < 3000; second++) model.advance()
      expect(model.vehicles.count(({ state }) => state === 'idle')).toBe(model.vehicles.size)
    }),
    { numRuns: 6 },
  )
})

it('delivers more with more vehicles, less and less so, and never more than the stations can take', () => {
  const delivered = [2, 4, 12, 24, 31].map(vehicles => {
    const { model } = begin({ vehicles, ordersPerHour: 4000, reportSeconds: 3600 })
    for (let second = 0; second < 5400; second++) model.advance()
    return model.book.delivered
  })
  const [two, four, twelve, many, most] = delivered as [number, number, number, number, number]
  expect(four / two).toBeGreaterThan(1.6)
  expect(twelve / four).toBeGreaterThan(2)
  expect(most / many).toBeLessThan(1.2)
  expect(most).toBeGreaterThan(0.95 * many)
  const stations = 4
  expect(most).toBeLessThan((stations * 5400) / 25)
})

it('delivers what comes in, on time, where there is little of it', () => {
  const { model } = begin({ ordersPerHour: 60 })
  for (let second = 0; second < 7200; second++) model.advance()
  expect(model.book.created).toBeGreaterThan(80)
  expect(model.book.delivered / model.book.created).toBeGreaterThan(0.9)
  expect(model.book.late / model.book.delivered).toBeLessThan(0.05)
})

it('has as many orders as its rate says, half as many again in a rush', () => {
  const created = [1, 2, 3, 4].map(seed => {
    const { model } = begin({ vehicles: 1, ordersPerHour: 3000, reportSeconds: 3600 }, seed)
    for (let second = 0; second < 3600; second++) model.advance()
    const inRush = model.book.created
    for (let second = 0; second < 3600; second++) model.advance()
    return [inRush, model.book.created - inRush]
  })
  // Half a sine, whose mean is 2 / π: 3000 · (1 ± 0.5 · 2 / π), within four standard errors of the mean of four.
  const [rush, lull] = [0, 1].map(half => created.reduce((sum, halves) => sum + halves[half]! / 4, 0))
  expect(Math.abs(rush! - 3955)).toBeLessThan(4 * Math.sqrt(3955 / 4))
  expect(Math.abs(lull! - 2045)).toBeLessThan(4 * Math.sqrt(2045 / 4))
})

it('writes tables that hang together, the same with the same seed', () => {
  const run = (seed: number) => [...startSimulation(warehouse, { seed, steps: 2400 }).run()]
  const blocks = run(3)
  expect(run(3)).toEqual(blocks)
  expect(run(4)).not.toEqual(blocks)
  for (const { table, primaryKey, foreignKeys } of warehouse.keys!) {
    for (const { columns, table: parent, references } of foreignKeys) {
      const known = new Set(values(blocks, parent, references[0]!))
      const used = values(blocks, table, columns[0]!).filter(value => !Number.isNaN(value))
      expect(used.length).toBeGreaterThan(20)
      expect(used.filter(value => !known.has(value))).toEqual([])
    }
    if (primaryKey.length !== 1) continue
    const keys = values(blocks, table, primaryKey[0]!)
    expect(new Set(keys).size).toBe(keys.length)
  }
  const lead = values(blocks, 'orders', 'leadSeconds')
  const [created, picked, done] = ['created', 'picked', 'delivered'].map(name => values(blocks, 'orders', name))
  expect(done!.every((time, at) => time > picked![at]! && picked![at]! > created![at]!)).toBe(true)
  expect(lead.every((seconds, at) => Math.abs(seconds - (done![at]! - created![at]!)) < 1e-9)).toBe(true)
})

it('begins with the batteries that a table gives, and has no more vehicles than bays', () => {
  const battery = (rows: number) => ({
    vehicles: {
      name: 'fleet',
      rows,
      columns: [
        {
          storage: 'numbers' as const,
          name: 'battery',
          type: 'decimal' as const,
          values: new Float64Array(rows).fill(80),
        },
      ],
    },
  })
  const { model } = startSimulation(warehouse, { seed: 1, populations: battery(5) })
  model.advance()
  expect([...model.populations[0]!].map(({ cell }) => cell)).toEqual((model as Warehouse).layout.bays.slice(0, 5))
  const crowded = startSimulation(warehouse, { seed: 1, populations: battery(40) })
  expect(() => [...crowded.run()]).toThrow('40 vehicles, and each needs one of the 16 bays')
})
