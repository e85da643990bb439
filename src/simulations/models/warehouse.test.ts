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

function orderRows(blocks: readonly Table[]) {
  const of = (column: string) => values(blocks, 'orders', column)
  const names = ['created', 'due', 'assigned', 'picked', 'delivered', 'leadSeconds', 'late', 'vehicle'] as const
  const columns = names.map(name => [name, of(name)] as const)
  return of('order').map((order, row) => ({
    order,
    ...(Object.fromEntries(columns.map(([name, numbers]) => [name, numbers[row]!])) as Record<
      (typeof names)[number],
      number
    >),
  }))
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
  for (const { created, picked, delivered, leadSeconds } of orderRows(blocks)) {
    if (Number.isNaN(delivered)) continue
    expect(delivered > picked && picked > created).toBe(true)
    expect(leadSeconds).toBeCloseTo(delivered - created, 9)
  }
})

it('writes every order, also those that are open at the end: late where overdue, and unknown where nobody can say', () => {
  const load = fc.record({ ordersPerHour: fc.constantFrom(0, 30, 600, 2000), steps: fc.integer({ min: 0, max: 2400 }) })
  fc.assert(
    fc.property(load, fc.nat(1000), ({ ordersPerHour, steps }, seed) => {
      const parameters = { ordersPerHour, dueMinutes: 4, vehicles: 8 }
      const started = startSimulation(warehouse, { seed, steps, parameters })
      const blocks = [...started.run()]
      const { book, vehicles } = started.model as Warehouse
      const rows = orderRows(blocks)
      expect(rows.map(({ order }) => order).sort((one, other) => one - other)).toEqual(
        Array.from({ length: book.created }, (_, at) => at + 1),
      )
      expect(rows.filter(({ delivered }) => !Number.isNaN(delivered))).toHaveLength(book.delivered)
      expect(rows.filter(({ vehicle }) => Number.isNaN(vehicle))).toHaveLength(book.waiting.length)
      for (const { due, delivered, leadSeconds, late, vehicle, assigned, picked } of rows) {
        const isOpen = Number.isNaN(delivered)
        if (!isOpen) expect(late).toBe(Number(delivered > due))
        else if (steps > due) expect(late).toBe(1)
        else expect(late).toBeNaN()
        expect(Number.isNaN(leadSeconds)).toBe(isOpen)
        expect(Number.isNaN(assigned)).toBe(Number.isNaN(vehicle))
        if (!Number.isNaN(picked)) expect(picked).toBeLessThanOrEqual(steps)
      }
      // Of every order that a trip was made for there is a row, and the trips of one that was picked are there.
      const fetched = new Set(values(blocks, 'trips', 'order'))
      for (const { order, picked } of rows) if (picked > 0) expect(fetched.has(order)).toBe(true)
      expect(vehicles.count(({ trips }) => trips.length > 0)).toBe(0)
    }),
    { numRuns: 15 },
  )
})

it('keeps a place at a station for nobody who has driven on from it', () => {
  fc.assert(
    fc.property(fc.integer({ min: 40, max: 90 }), fc.nat(1000), (chargeBelow, seed) => {
      const { model } = begin({ chargeBelow, batteryMinutes: 15, chargers: 8, ordersPerHour: 1000 }, seed)
      const stations = new Set(model.layout.stations.map(({ cell }) => cell))
      let charged = 0
      for (let second = 0; second < 1500; second++) {
        model.advance()
        for (const { leaving, cell, state } of model.vehicles) {
          if (leaving >= 0) expect(stations.has(cell)).toBe(true)
          if (state === 'charging') charged++
        }
      }
      expect(charged).toBeGreaterThan(100)
    }),
    { numRuns: 5 },
  )
})

it('writes rows of those vehicles alone that there are, also of those that a table brought, from the first moment on', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 16 }), fc.constantFrom(0, 1, 90), (rows, steps) => {
      const battery = { storage: 'numbers' as const, name: 'battery', type: 'decimal' as const }
      const columns = [{ ...battery, values: Float64Array.from({ length: rows }, (_, row) => 60 + row) }]
      const order = { seed: 1, steps, populations: { vehicles: { name: 'fleet', rows, columns } } }
      const blocks = [...startSimulation(warehouse, order).run()]
      const vehicles = values(blocks, 'vehicles', 'vehicle')
      expect(vehicles).toHaveLength(rows)
      expect(values(blocks, 'vehicles', 'battery')).toEqual([...columns[0]!.values])
      expect(new Set(values(blocks, 'batteries', 'vehicle'))).toEqual(new Set(vehicles))
    }),
    { numRuns: 20 },
  )
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
  expect([...model.populations[0]!].map(({ cell }) => cell)).toEqual((model as Warehouse).layout.bays.slice(0, 5))
  const crowded = { seed: 1, populations: battery(40) }
  expect(() => startSimulation(warehouse, crowded)).toThrow('40 vehicles, and each needs one of the 16 bays')
})
