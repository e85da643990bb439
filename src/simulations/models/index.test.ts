/** What every built-in simulation keeps to, so that it can be listed, run and shown. */
import { expect, it } from 'vitest'
import { z } from 'zod'
import { startSimulation } from '../run-simulation.ts'
import type { Simulation } from '../simulation.ts'
import * as models from './index.ts'

const simulations = Object.values(models) as unknown as Simulation[]

it.each(simulations.map(simulation => [simulation.name, simulation] as const))(
  '%s draws in colours that it has, and charts columns that it writes',
  (_, simulation) => {
    const started = startSimulation(simulation, { seed: 1, steps: 10 })
    for (const _block of started.run());
    const { view } = simulation
    for (const { table, columns } of view?.charts ?? []) {
      const written = started.tables.find(({ name }) => name === table)?.columns.map(({ name }) => name)
      expect(written).toEqual(expect.arrayContaining(columns))
    }
    const marks = view?.marks(started.model) ?? []
    expect(marks.length).toBeGreaterThan(0)
    for (const mark of marks) {
      if (mark.mark === 'links') continue
      expect(mark.legend?.length ?? 0).toBeLessThanOrEqual(mark.colours.length)
      const drawn =
        mark.mark === 'cells'
          ? Array.from({ length: mark.grid.cells }, (_, cell) => mark.colour(cell))
          : [...mark.of].map(agent => mark.colour?.(agent) ?? 0)
      for (const place of new Set(drawn)) {
        const lowest = mark.mark === 'cells' ? -1 : 0
        expect(Number.isInteger(place) && place >= lowest && place < mark.colours.length).toBe(true)
      }
    }
  },
)

it('every parameter has a default, a range and a description, as controls need', () => {
  for (const { name, parameters } of simulations) {
    expect(parameters.parse({})).toBeTypeOf('object')
    const { properties = {} } = z.toJSONSchema(parameters)
    for (const [key, field] of Object.entries(properties as Record<string, Record<string, unknown>>)) {
      expect(field['description'], `${name}: ${key}`).toMatch(/^\S.{3,}/)
      if (field['type'] !== 'number' && field['type'] !== 'integer') continue
      expect(field['maximum'], `${name}: ${key}`).toBeGreaterThan(field['minimum'] as number)
      // Without a limit of its own, a whole number has that of the language.
      expect(field['maximum'], `${name}: ${key}`).toBeLessThan(Number.MAX_SAFE_INTEGER)
    }
  }
})
