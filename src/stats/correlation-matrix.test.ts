/** Tests of correlation matrices and of the columns drawn with them. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { cholesky, nearestCorrelation } from './correlation-matrix.ts'
import { openDistribution } from './distributions/index.ts'
import { fitOf } from './goodness-of-fit.ts'
import { fillCorrelatedNormals } from './multivariate-normal.ts'
import { randomStream } from './random-stream.ts'

const product = (factor: number[][]) =>
  factor.map((row, i) =>
    factor.map((other, j) => row.slice(0, Math.min(i, j) + 1).reduce((sum, entry, k) => sum + entry * other[k]!, 0)),
  )

const wishes = fc
  .integer({ min: 1, max: 6 })
  .chain(size =>
    fc
      .array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 36, maxLength: 36 })
      .map(entries =>
        Array.from({ length: size }, (_, i) =>
          Array.from({ length: size }, (_, j) => (i === j ? 1 : entries[Math.min(i, j) * 6 + Math.max(i, j)]!)),
        ),
      ),
  )

it('finds a correlation matrix near any wish, and one that can be factored', () => {
  fc.assert(
    fc.property(wishes, wished => {
      const { matrix, changed, distance } = nearestCorrelation(wished)
      for (const [i, row] of matrix.entries()) {
        expect(row[i]).toBe(1)
        for (const [j, entry] of row.entries()) {
          expect(entry).toBe(matrix[j]![i])
          expect(Math.abs(entry - wished[i]![j]!)).toBeLessThanOrEqual(distance)
        }
      }
      expect(changed).toBe(distance > 0)
      for (const [i, row] of product(cholesky(matrix)).entries()) {
        for (const [j, entry] of row.entries()) expect(entry).toBeCloseTo(matrix[i]![j]!, 4)
      }
    }),
  )
})

it('leaves a correlation matrix as it is, a singular one too', () => {
  for (const matrix of [
    [
      [1, 0.5, 0.2],
      [0.5, 1, -0.3],
      [0.2, -0.3, 1],
    ],
    [
      [1, 1],
      [1, 1],
    ],
    [[1]],
    [],
  ]) {
    expect(nearestCorrelation(matrix)).toEqual({ matrix, changed: false, distance: 0 })
  }
})

it('finds the matrix of Higham’s example', () => {
  const { matrix, changed } = nearestCorrelation([
    [1, 1, 0],
    [1, 1, 1],
    [0, 1, 1],
  ])
  expect(changed).toBe(true)
  expect(matrix[0]![1]).toBeCloseTo(0.7607, 4)
  expect(matrix[0]![2]).toBeCloseTo(0.1573, 4)
})

it('says what is wrong with a matrix', () => {
  expect(() => nearestCorrelation([[1, 0], [0]])).toThrow('row 2 has 1 entries')
  expect(() =>
    nearestCorrelation([
      [1, 2],
      [2, 1],
    ]),
  ).toThrow('row 1, column 2 is 2')
  expect(() =>
    nearestCorrelation([
      [1, 0.1],
      [0.2, 1],
    ]),
  ).toThrow('0.2 the other way round')
  expect(() => nearestCorrelation([[0.5]])).toThrow('row 1, column 1 is 0.5')
  expect(() =>
    cholesky([
      [1, 1, 0],
      [1, 1, 1],
      [0, 1, 1],
    ]),
  ).toThrow('contradict')
})

it('draws normal columns with the given correlations', () => {
  const wished = [
    [1, 0.8, -0.5],
    [0.8, 1, 0],
    [-0.5, 0, 1],
  ]
  const rows = 100_000
  const columns = wished.map(() => new Float64Array(rows))
  fillCorrelatedNormals(cholesky(wished), columns, randomStream('columns'))
  for (const [i, column] of columns.entries()) {
    for (const [j, other] of columns.entries()) {
      const correlation = column.reduce((sum, x, row) => sum + x * other[row]!, 0) / rows
      expect(Math.abs(correlation - wished[i]![j]!)).toBeLessThan(0.015)
    }
  }
  for (const column of columns) {
    expect(fitOf(column, openDistribution({ distribution: 'normal' })).p).toBeGreaterThan(1e-3)
  }
})
