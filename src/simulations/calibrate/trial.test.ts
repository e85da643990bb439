/** What calibration looks at before its first run, and which point it trusts after its last. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { Model } from '../model.ts'
import { defineSimulation, type Simulation } from '../simulation.ts'
import { calibrate } from './calibrate.ts'
import { type CalibrationOrder, calibrationMethods } from './calibration-order.ts'

const parameters = z.object({
  level: z.number().min(0).max(1).default(0.5),
  noise: z.number().min(0).max(2).default(2),
  narrow: z.boolean().default(false),
})

/** Ten times the level, and much noise; some levels cannot be set up. */
class Noisy extends Model<z.infer<typeof parameters>> {
  override setup() {
    const { level, noise, narrow } = this.parameters
    if (narrow && level > 0.25) throw new RangeError(`no room for ${level}`)
    this.createTable(
      'levels',
      { value: 'decimal' },
      { every: 1, row: () => ({ value: this.steps === 0 ? null : 10 * level + this.random.normal(0, noise) }) },
    )
  }
}

const noisy = defineSimulation({
  name: 'noisy',
  version: 1,
  summary: 'Levels and noise',
  parameters,
  steps: 1,
  model: Noisy,
}) as unknown as Simulation

const usual: CalibrationOrder = {
  simulation: noisy,
  fit: { level: [0, 1] },
  targets: [{ table: 'levels', column: 'value', statistic: 'mean', value: 4, tolerance: 0.3 }],
  budget: 120,
  seeds: 2,
  method: 'nelder-mead',
  seed: 1,
}

it.each(calibrationMethods)('takes no point for the best that had fewer runs than the finalists: %s', async method => {
  const seeds = Array.from({ length: 60 }, (_, seed) => seed)
  const reports = await Promise.all(seeds.map(seed => calibrate({ ...usual, method, seed })))
  for (const { path, parameters: found } of reports) {
    expect(path.map(({ stage }) => stage)).not.toContain('probe')
    expect(path.at(-1)).toMatchObject({ stage: 'play-off', parameters: found })
  }
  const errors = reports.map(({ parameters: found }) => Math.abs((found['level'] as number) - 0.4))
  expect(errors.reduce((sum, error) => sum + error, 0) / errors.length).toBeLessThan(0.1)
})

it('takes a probe for the best where no seed changes anything', async () => {
  const targets = [{ ...usual.targets[0]!, value: 0 }]
  const { path, parameters: found } = await calibrate({
    ...usual,
    targets,
    parameters: { noise: 0 },
    method: 'random-search',
    budget: 60,
  })
  expect(found['level']).toBe(0)
  expect(path.at(-1)).toMatchObject({ stage: 'play-off', loss: 0 })
  expect(path.at(-2)!.loss).toBeGreaterThan(0)
})

it('keeps within any budget', async () => {
  const budgets = fc.record({ seeds: fc.integer({ min: 1, max: 4 }), more: fc.nat(150) })
  await fc.assert(
    fc.asyncProperty(budgets, fc.constantFrom(...calibrationMethods), async ({ seeds, more }, method) => {
      const budget = 4 * seeds + 8 + more
      expect((await calibrate({ ...usual, seeds, budget, method })).runs).toBeLessThanOrEqual(budget)
    }),
    { numRuns: 50 },
  )
})

describe('the first look', () => {
  const narrow = { ...usual, targets: [{ ...usual.targets[0]!, value: 2 }], parameters: { narrow: true } }

  it('passes over points that cannot be set up, as the search does', async () => {
    const withDefault = { ...usual, fit: { narrow: { choices: [true] }, level: [0, 1] } } as const
    for (const order of [narrow, withDefault]) {
      const { failedRuns, parameters: found } = await calibrate(order)
      expect(failedRuns).toBeGreaterThan(0)
      expect(found['level']).toBeLessThanOrEqual(0.25)
    }
  })

  it('finds a target that there is not before the first run, whatever can be set up', async () => {
    const seen: number[] = []
    const wrong = { ...narrow, targets: [{ ...usual.targets[0]!, column: 'values' }] }
    const looking = calibrate({ ...wrong, observe: ({ runs }) => seen.push(runs) })
    await expect(looking).rejects.toThrow('no column of “levels” called “values”')
    expect(seen).toEqual([])
  })

  it('fails as its first point does where none can be set up', async () => {
    await expect(calibrate({ ...narrow, fit: { level: [0.5, 1] } })).rejects.toThrow('no room for 0.75')
  })

  it('is over once it was stopped', async () => {
    let looks = 0
    const begin: CalibrationOrder['begin'] = () => Promise.reject(new Error(`look ${++looks}`))
    await expect(calibrate({ ...narrow, begin })).rejects.toThrow('look 1')
    await expect(calibrate({ ...narrow, stopped: () => true })).rejects.toMatchObject({ code: 'interrupted' })
  })
})
