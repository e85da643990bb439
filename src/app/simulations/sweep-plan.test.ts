/** Which runs a sweep has, from what people write. */
import { expect, it } from 'vitest'
import { z } from 'zod'
import type { Simulation } from '../../simulations/simulation.ts'
import { spelledParameters } from './given-parameters.ts'
import { planRuns, readGrid } from './sweep-plan.ts'

const simulation = {
  name: 'garden',
  parameters: z.object({
    size: z.int().min(1).max(50).default(10),
    rain: z.number().min(0).max(1).default(0.5),
    fence: z.boolean().default(false),
    soil: z.enum(['clay', 'sand', '3']).default('clay'),
  }),
} as unknown as Simulation

it('reads each parameter as the type that it has', () => {
  expect(spelledParameters(simulation, ['size=12', 'rain=.25', 'fence=yes', 'soil=3'])).toEqual({
    ...{ size: 12, rain: 0.25, fence: true, soil: '3' },
  })
})

it('has every combination once, each with every seed, in an order of its own', () => {
  const swept = readGrid(simulation, ['size=5,10', 'soil=sand,clay'], '1..2,7,2')
  const runs = planRuns(simulation, { rain: 1 }, swept, 100)
  expect(runs).toHaveLength(12)
  expect(runs.map(({ run }) => run)).toEqual(Array.from({ length: 12 }, (_, at) => at + 1))
  expect(runs.slice(0, 4).map(({ parameters, seed }) => [parameters['size'], parameters['soil'], seed])).toEqual([
    [5, 'sand', 1],
    [5, 'sand', 2],
    [5, 'sand', 7],
    [5, 'clay', 1],
  ])
  expect(new Set(runs.map(({ parameters, seed }) => JSON.stringify([parameters, seed])))).toHaveProperty('size', 12)
  expect(runs[0]!.parameters).toEqual({ size: 5, rain: 1, fence: false, soil: 'sand' })
})

it.each<[string[], string, string]>([
  [['sise=5'], '1', 'Did you mean “size”'],
  [['size'], '1', 'NAME=A,B,C'],
  [['size=1', 'size=2'], '1', 'behind one name'],
  [['size=1'], '5..1', '1..30'],
  [['size=1'], 'one', '1..30'],
  [['size=1,99'], '1', 'simulations list”'],
  [['size=1,2,3'], '1..40', '--most-runs'],
])('says what is wrong with %j and seeds %s', (grid, seeds, hint) => {
  expect(() => planRuns(simulation, {}, readGrid(simulation, grid, seeds), 100)).toThrow(
    expect.objectContaining({ hint: expect.stringContaining(hint) }),
  )
})
