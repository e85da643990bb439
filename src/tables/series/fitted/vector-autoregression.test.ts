/** A vector autoregression gives back the covariances that it was made of, whatever they are. */
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { randomStream } from '../../../stats/random-stream.ts'
import { openLatents } from './open-latents.ts'
import { fitAutoregression, laggedCovariances } from './vector-autoregression.ts'

it('moves as the covariances say, at each lag and between columns', () => {
  // Of x(t) = 0.6 x(t−1) + e, y(t) = 0.5 x(t−1) + 0.3 y(t−1) + f, scaled to variance 1, by its Lyapunov equation.
  const xx = 1 / (1 - 0.36)
  const xy = (0.6 * 0.5 * xx) / (1 - 0.6 * 0.3)
  const yy = (1 + 0.25 * xx + 2 * 0.5 * 0.3 * xy) / (1 - 0.09)
  const [sx, sy] = [Math.sqrt(xx), Math.sqrt(yy)]
  const scaled = (matrix: number[]) =>
    Float64Array.from([matrix[0]! / xx, matrix[1]! / (sx * sy), matrix[2]! / (sx * sy), matrix[3]! / yy])
  const now = scaled([xx, xy, xy, yy])
  const before = scaled([0.6 * xx, 0.6 * xy, 0.5 * xx + 0.3 * xy, 0.5 * xy + 0.3 * yy])
  const { coefficients, innovations, stationary } = fitAutoregression([now, before], 2, 1000)
  const model = openLatents({
    columns: [0, 1],
    coefficients: coefficients.map(matrix => Array.from(matrix)),
    innovations: Array.from(innovations),
    stationary: Array.from(stationary),
    effects: [],
    restSpread: [],
  })
  const stream = model.start(randomStream('latents'))
  const columns = [new Float64Array(200_000), new Float64Array(200_000)]
  for (let row = 0; row < 200_000; row++)
    stream.next().forEach((score, column) => {
      columns[column]![row] = score
    })
  const measured = laggedCovariances(columns, [0, 200_000], 1)
  for (let at = 0; at < 4; at++) {
    expect(measured[0]![at]).toBeCloseTo(now[at]!, 1.5)
    expect(measured[1]![at]).toBeCloseTo(before[at]!, 1.5)
  }
})

it('stays where it is for any covariances, also those of no process', () => {
  const correlation = fc.double({ min: -1, max: 1, noNaN: true })
  fc.assert(
    fc.property(fc.array(correlation, { minLength: 30, maxLength: 30 }), values => {
      const level = Float64Array.from([1, values[0]!, values[1]!, values[0]!, 1, values[2]!, values[1]!, values[2]!, 1])
      const lags = [1, 2, 3].map(lag => Float64Array.from(values.slice(3 + (lag - 1) * 9, 3 + lag * 9)))
      const { coefficients, innovations, stationary } = fitAutoregression([level, ...lags], 3, 500)
      const model = openLatents({
        columns: [0, 1, 2],
        coefficients: coefficients.map(matrix => Array.from(matrix)),
        innovations: Array.from(innovations),
        stationary: Array.from(stationary),
        effects: [],
        restSpread: [],
      })
      const stream = model.start(randomStream('any'))
      let most = 0
      for (let row = 0; row < 2000; row++) for (const score of stream.next()) most = Math.max(most, Math.abs(score))
      expect(most).toBeLessThan(12)
    }),
    { numRuns: 100 },
  )
})

it('pairs no rows over the end of a stretch, and no unknown ones', () => {
  const x = Float64Array.from([1, 2, Number.NaN, 4, 5, 6])
  const [now, before] = laggedCovariances([x], [0, 2, 6], 1)
  expect(now![0]).toBeCloseTo((1 + 4 + 16 + 25 + 36) / 5)
  expect(before![0]).toBeCloseTo((1 * 2 + 4 * 5 + 5 * 6) / 3)
})
