/** Calibration recovers what it should, and says when it cannot. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { CultivarError } from '../../model/error.ts'
import type { Table } from '../../tables/table.ts'
import { agent } from '../agent.ts'
import { Model } from '../model.ts'
import { type SimulationOrder, startSimulation } from '../run-simulation.ts'
import { defineSimulation, type Simulation } from '../simulation.ts'
import { calibrate } from './calibrate.ts'
import type { CalibrationOrder } from './calibration-order.ts'
import { statisticsOf } from './target.ts'

const parameters = z.object({
  births: z.number().min(0).max(1).default(0.1),
  deaths: z.number().min(0).max(1).default(0.1),
  start: z.int().min(1).max(500).default(100),
  doubled: z.boolean().default(false),
  unused: z.number().min(0).max(10).default(1),
})

class Cell extends agent({}) {}

/** Cells that divide and die: sizes follow start · (1 + births − deaths)^steps. */
class Colony extends Model<z.infer<typeof parameters>> {
  readonly cells = this.createPopulation(Cell)
  readonly sizes = this.createTable(
    'sizes',
    { cells: 'integer', born: 'integer', mood: ['good'] },
    { every: 1, row: () => ({ cells: this.cells.size, born: this.born, mood: 'good' }) },
  )
  born = 0

  override setup() {
    this.cells.addMany(this.parameters.start * (this.parameters.doubled ? 2 : 1))
  }

  override step() {
    const { births, deaths } = this.parameters
    if (births > 0.9) throw new RangeError('too crowded')
    this.cells.do(cell => {
      if (this.random.chance(deaths)) cell.remove()
      if (!this.random.chance(births)) return
      this.cells.add()
      this.born++
    })
  }
}

const colony = defineSimulation({
  name: 'colony',
  version: 1,
  summary: 'Cells divide and die',
  parameters,
  steps: 10,
  model: Colony,
}) as unknown as Simulation

const usual: CalibrationOrder = {
  simulation: colony,
  fit: { start: [10, 300], births: [0, 0.3] },
  targets: [
    { table: 'sizes', column: 'cells', statistic: { step: 0 }, value: 150 },
    { table: 'sizes', column: 'cells', statistic: 'last', value: 150 * 1.08 ** 10, tolerance: 15 },
  ],
  parameters: { deaths: 0.04 },
  budget: 300,
  seeds: 3,
  method: 'nelder-mead',
  seed: 1,
}

describe('calibrate', () => {
  it('finds the parameters that made the statistics, and says how far they are told', async () => {
    const report = await calibrate(usual)
    expect(report.matched).toBe(true)
    expect(report.runs).toBeLessThanOrEqual(300)
    const [start, births] = report.fitted
    expect(start!.value).toBeGreaterThanOrEqual(143)
    expect(start!.value).toBeLessThanOrEqual(157)
    expect(Math.abs((births!.value as number) - 0.12)).toBeLessThan(0.02)
    for (const { plausible, plausibleShare, value } of report.fitted) {
      expect(plausible[0]).toBeLessThanOrEqual(value as number)
      expect(plausible[1]).toBeGreaterThanOrEqual(value as number)
      expect(plausibleShare).toBeLessThan(0.3)
    }
    const final = report.path.at(-1)!
    expect(final).toMatchObject({ stage: 'play-off', loss: report.loss, parameters: { start: start!.value } })
    const losses = report.path.slice(0, -1).map(({ loss }) => loss)
    expect(losses).toEqual(losses.toSorted((one, other) => other - one))
  })

  it('comes nearer after a simplex search than after a random search of as many runs', async () => {
    const random = await calibrate({ ...usual, method: 'random-search' })
    expect(random.path.every(({ stage }) => stage !== 'Nelder–Mead')).toBe(true)
    expect((await calibrate(usual)).loss).toBeLessThan(random.loss)
  })

  it('gives the same report with the same seed, and keeps within ranges and budget', async () => {
    const report = await calibrate({ ...usual, budget: 60 })
    expect(JSON.stringify(await calibrate({ ...usual, budget: 60 }))).toBe(JSON.stringify(report))
    expect(JSON.stringify(await calibrate({ ...usual, budget: 60, seed: 2 }))).not.toBe(JSON.stringify(report))
    expect(report.runs).toBeLessThanOrEqual(60)
    for (const { parameters: at } of report.path) {
      expect(at['start']).toBeGreaterThanOrEqual(10)
      expect(at['start']).toBeLessThanOrEqual(300)
      expect(at['births']).toBeLessThanOrEqual(0.3)
    }
  })

  it('chooses among words and switches, too', async () => {
    const report = await calibrate({
      ...usual,
      fit: { start: [60, 90], doubled: { choices: [false, true] } },
      targets: [usual.targets[0]!],
      budget: 100,
    })
    expect(report.parameters).toMatchObject({ doubled: true })
    expect(report.fitted[1]).toMatchObject({ plausible: [true], plausibleShare: 0.5 })
  })

  it('says that a target is out of reach, and how near one comes', async () => {
    const report = await calibrate({ ...usual, targets: [{ ...usual.targets[0]!, value: 1000 }], budget: 80 })
    expect(report.matched).toBe(false)
    expect(report.targets[0]).toMatchObject({ matched: false, reached: 300, highest: 300 })
    expect(report.notes).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/cells:at0 = 1000 is out of reach: .* to 300\./),
        expect.stringMatching(/“start” lies at the upper end/),
      ]),
    )
  })

  it('says which parameters the targets do not tell, alone or together', async () => {
    const unused = await calibrate({
      ...usual,
      fit: { unused: [0, 10], start: [10, 300] },
      targets: [usual.targets[0]!],
    })
    expect(unused.fitted[0]!.plausibleShare).toBeGreaterThan(0.9)
    expect(unused.fitted[1]!.plausibleShare).toBeLessThan(0.2)
    expect(unused.notes).toEqual([expect.stringContaining('hardly tell “unused”')])
    const ridge = await calibrate({
      ...usual,
      parameters: {},
      fit: { births: [0, 0.5], deaths: [0, 0.5] },
      targets: [{ table: 'sizes', column: 'cells', statistic: 'last', value: 100, tolerance: 15 }],
    })
    expect(ridge.notes.join()).toContain('“births” and “deaths” rise together')
  })

  it('passes over points at which runs fail, and says so', async () => {
    const report = await calibrate({ ...usual, fit: { births: [0, 1] }, parameters: { start: 20 }, steps: 3 })
    expect(report.failedRuns).toBeGreaterThan(0)
    expect(report.notes.join()).toContain('too crowded')
    expect(report.parameters['births']).toBeLessThan(0.9)
  })

  it('gives the same report whichever of the runs at once are done first', async () => {
    // Whole numbers that come again, runs that fail, and a budget that ends the search.
    const order = { ...usual, fit: { start: [1, 8], births: [0, 1] }, parameters: {}, budget: 120 } as const
    const seen: number[] = []
    const report = await calibrate({ ...order, observe: ({ runs }) => seen.push(runs) })
    expect(report.failedRuns).toBeGreaterThan(0)
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 8 }),
        fc.infiniteStream(fc.integer({ min: 1, max: 6 })),
        async (runsAtOnce, turns) => {
          const runs = runsHere(order, runsAtOnce, turns)
          const told: number[] = []
          const again = await calibrate({ ...order, ...runs, observe: ({ runs }) => told.push(runs) })
          expect(JSON.stringify(again)).toBe(JSON.stringify(report))
          expect(told).toEqual(seen)
          expect(runs.most).toBe(runsAtOnce)
        },
      ),
      { numRuns: 10 },
    )
  })

  it('ends with what ends a run that is no fault of the model, whatever the other runs do', async () => {
    let made = 0
    const { run } = runsHere(usual, 4, turnsOf(3))
    const broken: CalibrationOrder['run'] = order => (++made === 20 ? Promise.reject(new Error('broken')) : run(order))
    await expect(calibrate({ ...usual, run: broken, runsAtOnce: 4 })).rejects.toThrow('broken')
    expect(made).toBeLessThan(60)
  })

  it.each([
    ['play-off', / play-off /],
    ['check', / check /],
  ])('keeps what it has when it is stopped in the %s', async (_, stage) => {
    let isStopped = false
    const { run } = runsHere(usual, 2, turnsOf(1))
    const stopping: CalibrationOrder['run'] = order => {
      isStopped ||= stage.test(String(order.seed))
      return isStopped ? Promise.reject(new CultivarError('interrupted', 'It was stopped.')) : run(order)
    }
    const report = await calibrate({ ...usual, run: stopping, runsAtOnce: 2, stopped: () => isStopped })
    expect(report).toMatchObject({ checkSeeds: 0, failedRuns: 0, loss: report.checkedLoss })
    expect(report.loss).toBeLessThan(1)
    expect(report.notes[0]).toContain('stopped before')
  })

  it('leaves out the points that were under way when it was stopped', async () => {
    let isStopped = false
    const { run } = runsHere(usual, 4, turnsOf(2))
    const stopping: CalibrationOrder['run'] = async order => {
      const values = await run(order)
      if (isStopped) throw new CultivarError('interrupted', 'It was stopped.')
      return values
    }
    const report = await calibrate({
      ...usual,
      ...{ run: stopping, runsAtOnce: 4, stopped: () => isStopped },
      observe: ({ runs }) => (isStopped = runs >= 30),
    })
    expect(report.points).toBe(10)
    expect(report.runs).toBeGreaterThan(30)
    expect(report.path.every(({ loss }) => Number.isFinite(loss))).toBe(true)
  })

  it('keeps what it has when it is stopped', async () => {
    let asked = 0
    const report = await calibrate({ ...usual, stopped: () => asked > 30, observe: ({ runs }) => (asked = runs) })
    expect(report.runs).toBe(33)
    expect(report.checkSeeds).toBe(0)
    expect(report.notes[0]).toContain('stopped before')
    expect(report.notes.join()).not.toContain('out of reach')
  })

  it.each<[string, Partial<CalibrationOrder>, RegExp]>([
    ['nothing to fit', { fit: {} }, /Nothing is to be fitted/],
    ['no target', { targets: [] }, /no target/],
    ['a parameter that there is not', { fit: { birth: [0, 1] } }, /birth/],
    ['a range beyond the parameter’s', { fit: { births: [0, 2] } }, /births/],
    ['a range that is none', { fit: { births: [0.5, 0.5] } }, /cannot be fitted/],
    ['a parameter both fixed and fitted', { parameters: { births: 0.1 } }, /both fixed and fitted/],
    ['a budget too small', { budget: 10 }, /too small/],
    ['a table that there is not', { targets: [{ ...usual.targets[0]!, table: 'size' }] }, /no table called “size”/],
    ['a column of words', { targets: [{ ...usual.targets[0]!, column: 'mood' }] }, /holds words/],
    ['a tolerance of 0', { targets: [{ ...usual.targets[0]!, tolerance: 0 }] }, /cannot be aimed at/],
    ['only runs that fail', { fit: { births: [0.95, 1] }, budget: 30 }, /too crowded/],
    ['statistics without a value', { targets: [{ ...usual.targets[0]!, statistic: { step: 99 } }] }, /had no values/],
  ])('refuses %s', async (_, change, message) => {
    await expect(calibrate({ ...usual, ...change })).rejects.toThrow(message)
  })
})

/** Runs at a time, each ending some turns after it was begun; and how many there were at most. */
function runsHere({ simulation, targets }: CalibrationOrder, runsAtOnce: number, turns: Iterator<number>) {
  const waiting: (() => void)[] = []
  let going = 0
  const runs = {
    runsAtOnce,
    most: 0,
    async run(order: SimulationOrder) {
      if (going === runsAtOnce) await new Promise<void>(resolve => waiting.push(resolve))
      else going++
      runs.most = Math.max(runs.most, going)
      try {
        for (let left: number = turns.next().value; left > 0; left--)
          await new Promise(resolve => setImmediate(resolve))
        return statisticsOf(targets, startSimulation(simulation, order).run())
      } finally {
        const next = waiting.shift()
        if (next) next()
        else going--
      }
    },
  }
  return runs
}

function* turnsOf(always: number): Generator<number> {
  for (;;) yield always
}

it('works statistics out block by block as from all values at once', () => {
  // Which of 0 and −0 is the smaller, nobody asks.
  const value = fc.double({ min: -1e3, max: 1e3, noNaN: true }).map(drawn => drawn + 0)
  const values = fc.array(fc.option(value, { nil: Number.NaN }), { minLength: 3 })
  fc.assert(
    fc.property(values, fc.integer({ min: 1, max: 5 }), fc.nat(100), (all, blockSize, percent) => {
      const known = all.filter(value => !Number.isNaN(value))
      const statistic = (kind: CalibrationOrder['targets'][number]['statistic']) => {
        const starts = Array.from({ length: Math.ceil(all.length / blockSize) }, (_, at) => at * blockSize)
        const blocks = starts.map(at => block(all.slice(at, at + blockSize), at))
        return statisticsOf([{ table: 't', column: 'v', statistic: kind, value: 0 }], blocks)[0]!
      }
      const mean = known.reduce((sum, value) => sum + value, 0) / known.length
      expect(statistic('count')).toBe(known.length)
      expect(statistic('last')).toBe(all.at(-1))
      if (known.length < 2) return
      const ordered = known.toSorted((one, other) => one - other)
      expect(statistic('min')).toBe(ordered[0])
      expect(statistic('max')).toBe(ordered.at(-1))
      expect(statistic('mean')).toBeCloseTo(mean, 6)
      expect(statistic('sum')).toBeCloseTo(mean * known.length, 6)
      const squares = known.reduce((sum, value) => sum + (value - mean) ** 2, 0)
      expect(statistic('sd')).toBeCloseTo(Math.sqrt(squares / (known.length - 1)), 6)
      const below = ordered.filter(value => value <= statistic({ quantile: percent / 100 }) + 1e-9).length
      expect(below / known.length).toBeGreaterThanOrEqual(percent / 100 - 1 / known.length)
      expect(statistic({ step: 1 })).toBe(all[1])
    }),
  )
})

function block(values: number[], first: number): Table {
  const numbers = (name: string, of: number[]) =>
    ({ storage: 'numbers', type: 'decimal', name, values: Float64Array.from(of) }) as const
  return {
    name: 't',
    rows: values.length,
    columns: [
      numbers(
        'step',
        values.map((_, at) => first + at),
      ),
      numbers('v', values),
    ],
  }
}
