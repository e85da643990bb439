/** Laws of the production line and of its tables. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { columnNumbers, columnWords, runLine, type TestedLine } from '../../../test/run-line.ts'
import type { Table } from '../../tables/table.ts'
import { checkParameters } from '../simulation.ts'
import { productionLine } from './production-line.ts'

const roundTheClock = { shifts: 3, crewShifts: 3, weekends: true }
const lines = fc.record({
  stages: fc.integer({ min: 1, max: 5 }),
  machinesPerStage: fc.integer({ min: 1, max: 3 }),
  buffer: fc.integer({ min: 0, max: 4 }),
  products: fc.integer({ min: 1, max: 3 }),
  cycleTimes: fc.constantFrom('lognormal', 'exponential', 'fixed'),
  crews: fc.integer({ min: 1, max: 2 }),
  hoursBetweenFailures: fc.integer({ min: 8, max: 40 }),
  maintenance: fc.constantFrom('reactive', 'preventive', 'condition-based'),
  maintenanceHours: fc.integer({ min: 2, max: 40 }),
  alarmLevel: fc.constantFrom(0.05, 0.3),
  ordersPerDay: fc.constantFrom(1, 20, 200),
  defectRate: fc.constantFrom(0, 0.2),
  inspection: fc.constantFrom(0, 0.9),
})

describe('production line', () => {
  it('loses no part and doubles none, and goes on, whatever fails', () => {
    fc.assert(
      fc.property(lines, fc.integer(), (drawn, seed) => {
        const { model, observed } = runLine({ ...drawn, ...roundTheClock }, seed, 3000, line => {
          if (line.steps % 25 !== 0) return line.flow.shippedParts
          expect(line.flow.book.parts).toBe(line.flow.shippedParts + line.flow.scrappedParts + line.flow.inLine.size)
          const held = placesOf(line)
          expect(new Set(held).size).toBe(held.length)
          for (const part of held) expect(line.flow.inLine.has(part)).toBe(true)
          if (drawn.inspection === 0) expect(held.length).toBe(line.flow.inLine.size)
          for (const { buffer } of line.stages) expect(buffer.length).toBeLessThanOrEqual(drawn.buffer)
          return line.flow.shippedParts
        })
        if (drawn.ordersPerDay === 200) expect(model.flow.shippedParts).toBeGreaterThan(observed[2000]!)
      }),
      { numRuns: 20 },
    )
  })

  it('gives the same tables for the same seed, and others for another', () => {
    const of = (seed: number) => runLine({}, seed, 4320).blocks
    expect(of(1)).toEqual(of(1))
    expect(of(1)).not.toEqual(of(2))
  })

  it('writes tables whose keys name one row each, and rows that are there', () => {
    const { blocks } = runLine({ hoursBetweenFailures: 20, maintenanceHours: 60, defectRate: 0.1 }, 'keys', 20_160)
    const known = new Map<string, Set<number>>()
    for (const { table, primaryKey } of productionLine.keys!) {
      const values = numbersOf(blocks, table, primaryKey)
      expect(values.length).toBeGreaterThan(0)
      expect(new Set(values.map(String)).size).toBe(values.length)
      if (primaryKey.length === 1) known.set(table, new Set(values.map(([value]) => value!)))
    }
    for (const { table, foreignKeys } of productionLine.keys!) {
      for (const { columns, table: other } of foreignKeys) {
        const referred = numbersOf(blocks, table, columns).flat()
        expect(referred.filter(value => !Number.isNaN(value) && !known.get(other)!.has(value))).toEqual([])
      }
    }
  })

  it('labels each reading with what came of its machine', () => {
    const line = runLine({ hoursBetweenFailures: 25, maintenanceHours: 120 }, 'labels', 40_000)
    const numbers = (table: string, column: string) => columnNumbers(line, table, column)
    const failures = zipped(
      numbers('failures', 'machine'),
      numbers('failures', 'failed'),
      numbers('failures', 'repaired'),
    )
    const renewals = zipped(
      numbers('maintenance', 'machine'),
      numbers('maintenance', 'started'),
      numbers('maintenance', 'renewed'),
    )
    const [machines, times] = [numbers('sensors', 'machine'), numbers('sensors', 'timestamp')]
    const [until, withinDay] = [numbers('sensors', 'minutesToFailure'), numbers('sensors', 'failsWithinDay')]
    expect(times).toEqual(times.toSorted((a, b) => a - b))
    expect(failures.length).toBeGreaterThan(20)
    const wrong: number[] = []
    let [foretold, censored] = [0, 0]
    for (const [row, machine] of machines.entries()) {
      const time = times[row]!
      const left = until[row]!
      const failed = failures.find(([of, at]) => of === machine && at! >= time - 1000)?.[1] ?? Number.POSITIVE_INFINITY
      const renewed = renewals.some(
        ([of, at, parts]) => of === machine && parts! > 0 && at! > time && at! < failed - 1000,
      )
      if (!Number.isNaN(left)) {
        const isRight = Math.abs((failed - time) / 60_000 - left) <= 1 && withinDay[row] === Number(left <= 1440)
        if (!isRight || renewed) wrong.push(row)
        foretold++
      } else if (withinDay[row] === 0) {
        if (failed > time && failed <= time + 86_340_000) wrong.push(row)
      } else censored++
    }
    expect(wrong).toEqual([])
    expect(foretold).toBeGreaterThan(1000)
    expect(censored).toBeGreaterThan(100)
  })

  it('shows wear before it fails, and nothing before what strikes at random', () => {
    const order = {
      ...roundTheClock,
      maintenance: 'reactive',
      hoursBetweenFailures: 40,
      sensorFaultsPerYear: 0,
      ordersPerDay: 30,
    }
    const line = runLine(order, 'signs', 60_000)
    const [until, state] = [columnNumbers(line, 'sensors', 'minutesToFailure'), columnWords(line, 'sensors', 'state')]
    const fault = columnWords(line, 'sensors', 'fault')
    const meanOf = (column: string, kind: string, least: number, most: number) => {
      const values = columnNumbers(line, 'sensors', column)
      const rows = [...values.keys()].filter(
        row => state[row] === 'running' && fault[row] === kind && until[row]! >= least && until[row]! < most,
      )
      return rows.reduce((sum, row) => sum + values[row]!, 0) / rows.length
    }
    const healthy = (column: string) => meanOf(column, 'none', 0, 40_000)
    expect(meanOf('vibration', 'bearing-wear', 0, 120)).toBeGreaterThan(healthy('vibration') + 2)
    expect(meanOf('vibration', 'bearing-wear', 0, 120)).toBeGreaterThan(
      meanOf('vibration', 'bearing-wear', 960, 2400) + 1,
    )
    expect(meanOf('temperature', 'lubrication-loss', 0, 120)).toBeGreaterThan(healthy('temperature') + 7)
    expect(meanOf('pressure', 'hydraulic-leak', 0, 120)).toBeLessThan(healthy('pressure') - 0.5)
    expect(columnWords(line, 'failures', 'kind')).toContain('electrical-fault')
    expect(fault.filter((kind, row) => kind === 'electrical-fault' && state[row] === 'running')).toEqual([])
  })

  it('makes more defects when it is worn', () => {
    const order = { ...roundTheClock, ordersPerDay: 30, foretold: 1, hoursBetweenFailures: 60, inspection: 0 }
    const rate = (parameters: object) => {
      const { machines } = runLine({ ...order, ...parameters }, 'defects', 40_000)
      const sum = (of: (machine: (typeof machines)[number]) => number) =>
        machines.reduce((total, one) => total + of(one), 0)
      return sum(machine => machine.defective) / sum(machine => machine.made)
    }
    expect(rate({ maintenance: 'reactive' })).toBeGreaterThan(
      1.2 * rate({ maintenance: 'preventive', maintenanceHours: 20 }),
    )
  })

  it('fails less and is available more when maintained by condition, where wear foretells failures', () => {
    const order = { ...roundTheClock, ordersPerDay: 30, foretold: 0.95, crews: 3 }
    const of = (maintenance: string) => {
      const runs = [1, 2].flatMap(seed => runLine({ ...order, maintenance }, seed, 30_000).machines)
      const sum = (state: Parameters<(typeof runs)[number]['minutesIn']>[0]) =>
        runs.reduce((minutes, machine) => minutes + machine.minutesIn(state), 0)
      return {
        failures: runs.reduce((count, machine) => count + machine.failures, 0),
        stopped: sum('failed') + sum('repair') + sum('maintenance'),
      }
    }
    const [reactive, byCondition] = [of('reactive'), of('condition-based')]
    expect(byCondition.failures).toBeLessThan(0.6 * reactive.failures)
    expect(byCondition.stopped).toBeLessThan(0.9 * reactive.stopped)
  })

  it('keeps memory flat: readings wait a month at most', () => {
    const order = { foretold: 0, hoursBetweenFailures: 100_000, stages: 1, readingMinutes: 60 }
    const written = (model: TestedLine) => model.tables.find(({ name }) => name === 'sensors')!.rows
    const { model, observed } = runLine(order, 3, 90_000, written)
    expect(written(model)).toBe(1500)
    expect(observed.at(-1)).toBeGreaterThan(1500 - (30 * 24 + 3))
  })

  it('takes machines from a table: their ages count, their places do not change', () => {
    const ages = { storage: 'numbers', name: 'age', type: 'decimal', values: Float64Array.of(60_000, 120_000) } as const
    const stages = { storage: 'numbers', name: 'stage', type: 'integer', values: Float64Array.of(1, 2) } as const
    const start = (rows: number) => ({
      parameters: { ...checkParameters(productionLine, { stages: 2 }) },
      seed: 1,
      populations: { machines: { name: 'machines', rows, columns: [ages, stages] } },
    })
    const model = new productionLine.model(start(2))
    model.begin()
    while (model.steps < 3000) model.advance()
    const [first, second] = model.machines
    expect(first!.age).toBeGreaterThan(60_000)
    expect(second!.age).toBeLessThan(123_000)
    expect(second!.stage).toBe(1)
    const short = new productionLine.model(start(1))
    expect(() => short.begin()).toThrow('The line has places for 2 machines, and it was given 1.')
  })
})

/** Every part that lies somewhere in the line, the bench for rework excepted. */
function placesOf({ stages }: TestedLine) {
  return stages.flatMap(({ buffer, machines }) => [...buffer, ...machines.flatMap(({ part }) => part ?? [])])
}

function numbersOf(blocks: readonly Table[], table: string, names: readonly string[]): number[][] {
  return zipped(...names.map(name => columnNumbers({ blocks }, table, name)))
}

function zipped(...columns: number[][]): number[][] {
  return columns[0]!.map((_, row) => columns.map(column => column[row]!))
}
