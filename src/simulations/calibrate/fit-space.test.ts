/** Places in the unit cube and the values that stand for them. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { fitDimensions, valueAt } from './fit-space.ts'

/** A step, and two of its multiples as people write them. */
const stepped = fc
  .record({
    digits: fc.integer({ min: 1, max: 999 }),
    decimals: fc.integer({ min: 0, max: 8 }),
    low: fc.integer({ min: -2000, max: 2000 }),
    steps: fc.integer({ min: 1, max: 500 }),
  })
  .map(({ digits, decimals, low, steps }) => {
    const written = (count: number) => Number(`${count * digits}e-${decimals}`)
    return { step: written(1), low: written(low), high: written(low + steps), steps, written, first: low }
  })

it('goes from multiple to multiple where a parameter asks for them, with the digits that they are written with', () => {
  fc.assert(
    fc.property(stepped, ({ step, low, high, steps, written, first }) => {
      const simulation = { name: 'stepped', parameters: z.object({ size: z.number().multipleOf(step).default(step) }) }
      const [dimension] = fitDimensions(simulation, { size: [low, high] }, {})
      const values = Array.from({ length: steps + 1 }, (_, at) => valueAt(dimension!, (at + 0.5) / (steps + 1)))
      expect(values).toEqual(values.map((_, at) => written(first + at)))
      expect([valueAt(dimension!, 0), valueAt(dimension!, 1)]).toEqual([low, high])
      for (const size of values) expect(simulation.parameters.safeParse({ size }).success).toBe(true)
    }),
  )
})

it('takes whole numbers where a parameter asks for them, and any number elsewhere', () => {
  const parameters = z.object({
    count: z.int().default(1),
    fives: z.int().multipleOf(5).default(5),
    rate: z.number().default(1),
  })
  const fit = { count: [1, 4], fives: [5, 20], rate: [1, 4] } as const
  const dimensions = fitDimensions({ name: 'own', parameters }, fit, {})
  expect(dimensions.map(dimension => valueAt(dimension, 0.6))).toEqual([3, 15, 2.8])
})
