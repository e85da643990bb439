/** Tests of multinomial counts. */
import { expect, it } from 'vitest'
import { fitOf } from '../goodness-of-fit.ts'
import { randomStream } from '../random-stream.ts'
import { openDistribution } from './index.ts'
import { multinomialParams, openMultinomial } from './multinomial.ts'

it.each([
  [10, [1, 2, 0, 3]],
  [1_000_000, [5, 1, 4]],
  [3, [1]],
])('draws %i trials over %j, each count binomial, each row whole', (trials, weights) => {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const { fill } = openMultinomial({ trials, weights })
  const columns = weights.map(() => new Float64Array(50_000))
  fill(columns, randomStream('counts'))
  for (let row = 0; row < 50_000; row++) {
    if (columns.reduce((sum, column) => sum + column[row]!, 0) !== trials) expect.fail(`row ${row}`)
  }
  for (const [i, column] of columns.entries()) {
    const probability = weights[i]! / total
    expect(fitOf(column, openDistribution({ distribution: 'binomial', trials, probability })).p).toBeGreaterThan(1e-3)
  }
})

it('goes on with two categories against one another', () => {
  const [first, second] = [new Float64Array(20_000), new Float64Array(20_000)]
  openMultinomial({ trials: 8, weights: [1, 1, 2] }).fill(
    [first, second, new Float64Array(20_000)],
    randomStream('pair'),
  )
  const covariance = first.reduce((sum, x, row) => sum + (x - 2) * (second[row]! - 2), 0) / 20_000
  expect(covariance).toBeCloseTo(-0.5, 1)
})

it('refuses weights that are all zero', () => {
  expect(multinomialParams.safeParse({ trials: 3, weights: [0, 0] }).success).toBe(false)
})
