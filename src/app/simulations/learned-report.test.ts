/** What a learned report says of sets whose truth is known. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { productionLine } from '../../simulations/models/production-line.ts'
import { startSimulation } from '../../simulations/run-simulation.ts'
import { randomStream } from '../../stats/random-stream.ts'
import { gatherTable } from '../../table-files/gather-table.ts'
import type { Column, Table } from '../../tables/table.ts'
import { learnFrom, learnFromFolder } from './learned-report.ts'
import { learnedReportText } from './learned-report-text.ts'

const task = { table: 'readings', target: 'fails', leaveOut: ['answer'] }

function numbers(name: string, values: ArrayLike<number>, type: 'integer' | 'decimal' | 'boolean' = 'decimal'): Column {
  return { storage: 'numbers', name, type, values: Float64Array.from(values) }
}

/** Heat tells of failures, noise does not; `answer` is the target itself, and the last rows have none. */
function readings(rows = 4000, signal = 1.5): Table {
  const random = randomStream('readings')
  const fails = Array.from({ length: rows }, () => Number(random.float() < 0.1))
  const normal = () => Array.from({ length: 12 }, () => random.float()).reduce((sum, one) => sum + one, -6)
  return {
    name: 'readings',
    rows,
    columns: [
      numbers('step', fails.keys().toArray(), 'integer'),
      numbers(
        'heat',
        fails.map(one => signal * one + normal()),
      ),
      numbers('noise', fails.map(normal)),
      numbers('answer', fails),
      numbers(
        'fails',
        fails.map((one, row) => (row < rows - 100 ? one : Number.NaN)),
        'boolean',
      ),
    ],
  }
}

describe('learnFrom', () => {
  it('tells what can be told, from the columns that tell it, later than it learned', () => {
    const report = learnFrom(readings(), task)
    expect(report).toMatchObject({ table: 'readings', target: 'fails', trainedUntil: 2799, trainRows: 2800 })
    expect(report).toMatchObject({ testRows: 1100, unknownRows: 100 })
    for (const { classes } of report.models) {
      // Two normals 1.5 apart: Φ(1.5 / √2) = 0.856.
      expect(classes[0]!.areaUnderCurve).toBeGreaterThan(0.8)
      expect(classes[0]!.areaUnderCurve).toBeLessThan(0.91)
      expect(classes[0]!.recall * classes[0]!.precision).toBeGreaterThan(0.1)
    }
    expect(report.mattered[0]).toMatchObject({ column: 'heat' })
    expect(report.mattered.map(({ column }) => column)).toEqual(expect.not.arrayContaining(['answer', 'step', 'fails']))
    expect(learnFrom(readings(), task)).toEqual(report)
  })

  it('learns from no row whose answer lies in what is tested', () => {
    const report = learnFrom(readings(), { ...task, aheadSteps: 200 })
    expect(report).toMatchObject({ trainedUntil: 2599, trainRows: 2600, testedAfter: 2799, testRows: 1100 })
    expect(report.unknownRows).toBe(100)
    expect(learnedReportText(report)).toContain('2,600 rows up to step 2,599, tested on the 1,100 after step 2,799;')
  })

  it('learns nothing where there is nothing', () => {
    for (const { classes } of learnFrom(readings(4000, 0), task).models) {
      expect(Math.abs(classes[0]!.areaUnderCurve! - 0.5)).toBeLessThan(0.1)
    }
  })

  it('judges each of several words against the others', () => {
    const table = readings()
    const heat = table.columns[1] as Column & { storage: 'numbers' }
    const codes = Int32Array.from(heat.values, value => (value < -1 ? 0 : value < 1 ? 1 : 2))
    const kind: Column = {
      storage: 'codes',
      name: 'kind',
      type: 'category',
      codes,
      dictionary: ['cold', 'mild', 'hot'],
    }
    const { models } = learnFrom(
      { ...table, columns: [...table.columns.slice(0, 3), kind] },
      { ...task, target: 'kind' },
    )
    expect(models[1]!.classes.map(one => one.class)).toEqual(['cold', 'hot', 'mild'])
    for (const one of models[1]!.classes) expect(one.areaUnderCurve).toBeGreaterThan(0.98)
  })

  it('says when a run is too short to learn from', () => {
    const table = readings()
    const never = {
      ...table,
      columns: table.columns.with(4, numbers('fails', new Float64Array(table.rows), 'boolean')),
    }
    expect(() => learnFrom(never, task)).toThrow(/does not differ in both parts of the run/)
    expect(() => learnFrom({ ...table, columns: table.columns.slice(1) }, task)).toThrow(/no column “step”/)
  })

  it('foretells the failures of the production line, though not all of them', async () => {
    const parameters = {
      maintenance: 'reactive',
      readingMinutes: 30,
      shifts: 3,
      crewShifts: 3,
      weekends: true,
      ordersPerDay: 12,
    }
    const run = startSimulation(productionLine as never, { parameters, seed: 1, steps: 60_000 })
    const blocks = [...run.run()].filter(({ name }) => name === 'sensors')
    const columns = run.tables.find(({ name }) => name === 'sensors')!.columns
    const table = await gatherTable(
      {
        name: 'sensors',
        columns,
        blocks: (async function* () {
          yield* blocks
        })(),
      },
      undefined,
      new Set(),
    )
    for (const { classes } of learnFrom(table, productionLine.task!).models) {
      expect(classes[0]!.areaUnderCurve).toBeGreaterThan(0.7)
      expect(classes[0]!.areaUnderCurve).toBeLessThan(0.99)
    }
  })
})

describe('learnFromFolder', () => {
  it('reads the table that a run has written, and its report can be read', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'learned-'))
    try {
      const { columns, rows } = readings()
      const line = (row: number) =>
        columns.map(column => {
          const value = column.storage === 'numbers' ? column.values[row]! : Number.NaN
          if (Number.isNaN(value)) return ''
          return column.name === 'fails' ? String(value === 1) : String(value)
        })
      const lines = [columns.map(({ name }) => name), ...Array.from({ length: rows }, (_, row) => line(row))]
      await writeFile(join(folder, 'readings.csv'), `${lines.map(cells => cells.join(',')).join('\n')}\n`)
      const report = await learnFromFolder(folder, task)
      expect(report).toEqual(learnFrom(readings(), task))
      const text = learnedReportText(report)
      expect(text).toContain('Learned “fails” of table readings from 2,800 rows up to step 2,799')
      expect(text).toMatch(/boosted trees {2,}0\.8\d\d/)
      await expect(learnFromFolder(folder, { ...task, table: 'other' })).rejects.toThrow(/no table “other”/)
    } finally {
      await rm(folder, { recursive: true })
    }
  })
})
