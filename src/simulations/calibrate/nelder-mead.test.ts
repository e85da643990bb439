/** Nelder–Mead on functions whose minimum is known. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { nelderMead } from './nelder-mead.ts'

type Loss = (point: readonly number[]) => number

function search(loss: Loss, start: number[], most = 2000) {
  const simplex = nelderMead({ point: start, loss: loss(start) }, { tolerance: 1e-7 })
  const asked: number[][] = []
  let next = simplex.next()
  while (!next.done && asked.length < most) {
    asked.push(next.value)
    next = simplex.next(loss(next.value))
  }
  return { asked, best: next.done ? next.value : undefined }
}

it('finds the middle of a bowl, wherever it lies in the cube and wherever it starts', () => {
  const place = fc.double({ min: 0, max: 1, noNaN: true })
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 4 }),
      fc.array(place, { minLength: 8, maxLength: 8 }),
      (dimensions, places) => {
        const goal = places.slice(0, dimensions)
        const bowl: Loss = point => point.reduce((sum, at, i) => sum + (i + 1) * (at - goal[i]!) ** 2, 0)
        const { asked, best } = search(bowl, places.slice(4, 4 + dimensions))
        expect(best!.loss).toBeLessThan(1e-4)
        expect(asked.flat().every(at => at >= 0 && at <= 1)).toBe(true)
      },
    ),
    {
      numRuns: 60,
      // Here the simplex was flattened onto a side.
      examples: [
        [3, [0, 0, 0.0057735026918961435, 0, 0, 3.455645307454992e-9, 0, 0]],
        [4, [0, 0, 0, 0.005, 0, 0, 0, 0]],
      ],
    },
  )
})

it('follows the bent valley of Rosenbrock to its end', () => {
  const rosenbrock: Loss = ([u, v]) => {
    const [x, y] = [4 * u! - 2, 4 * v! - 2]
    return (1 - x) ** 2 + 100 * (y - x * x) ** 2
  }
  const { best, asked } = search(rosenbrock, [0.2, 0.75])
  expect(best!.point.map(at => 4 * at - 2)).toEqual([expect.closeTo(1, 3), expect.closeTo(1, 3)])
  expect(asked.length).toBeLessThan(300)
})

it('goes to the side of the cube where what is best lies beyond it, and away from where nothing can be said', () => {
  const slope: Loss = ([x, y]) => (y! > 0.6 ? Number.POSITIVE_INFINITY : 3 - x! + (y! - 0.5) ** 2)
  const { best } = search(slope, [0.4, 0.55])
  expect(best!.point).toEqual([expect.closeTo(1, 3), expect.closeTo(0.5, 2)])
})
