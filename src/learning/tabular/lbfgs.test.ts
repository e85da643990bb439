/** Minimising functions whose least point is known. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { minimise, type Objective } from './lbfgs.ts'

const descent = { steps: 300, tolerance: 1e-8 }

it('finds the least point of any quadratic, however stretched', () => {
  const axis = fc.record({
    least: fc.double({ min: -9, max: 9, noNaN: true }),
    bend: fc.double({ min: 0.01, max: 100, noNaN: true }),
  })
  fc.assert(
    fc.property(fc.array(axis, { minLength: 1, maxLength: 8 }), axes => {
      const point = new Float64Array(axes.length)
      const objective: Objective = (at, gradient) =>
        axes.reduce((sum, { least, bend }, i) => {
          gradient[i] = bend * (at[i]! - least)
          return sum + (bend / 2) * (at[i]! - least) ** 2
        }, 0)
      minimise(point, objective, descent)
      for (const [i, { least }] of axes.entries()) expect(point[i]).toBeCloseTo(least, 4)
    }),
    { numRuns: 50 },
  )
})

it('follows the curved valley of Rosenbrock’s function to its end', () => {
  const point = Float64Array.of(-1.2, 1)
  minimise(
    point,
    ([x, y], gradient) => {
      gradient[0] = -2 * (1 - x!) - 400 * x! * (y! - x! ** 2)
      gradient[1] = 200 * (y! - x! ** 2)
      return (1 - x!) ** 2 + 100 * (y! - x! ** 2) ** 2
    },
    descent,
  )
  expect(point[0]).toBeCloseTo(1, 5)
  expect(point[1]).toBeCloseTo(1, 5)
})
