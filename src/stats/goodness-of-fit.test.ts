/** Tests of the goodness of fit. */
import { expect, it } from 'vitest'
import { BulkRandom } from './bulk-random.ts'
import { chiSquare, kolmogorovSmirnov } from './goodness-of-fit.ts'
import { randomStream } from './random-stream.ts'

const inUnit = (x: number) => Math.min(1, Math.max(0, x))

it('measures the greatest distance, whichever draw it lies at', () => {
  const random = new BulkRandom(randomStream('distance'))
  for (const count of [1, 5, 64, 65, 1000]) {
    const draws = Float64Array.from({ length: count }, () => random.float() ** 1.1).sort()
    const plain = Math.max(...Array.from(draws, (x, i) => Math.max((i + 1) / count - inUnit(x), inUnit(x) - i / count)))
    expect(kolmogorovSmirnov(draws, inUnit).statistic).toBeCloseTo(plain, 12)
  }
})

it('gives p as tables of Kolmogorov’s distribution do', () => {
  // Evenly spread draws moved by a known distance: 1.358 is the 5 % point, 1.628 that of 1 %.
  for (const [point, p] of [
    [1.3581, 0.05],
    [1.6276, 0.01],
    [0.8276, 0.5],
  ] as const) {
    const count = 1_000_000
    const shift = point / Math.sqrt(count)
    const draws = Float64Array.from({ length: count }, (_, i) => (i + 0.5) / count + shift)
    expect(kolmogorovSmirnov(draws, inUnit).p).toBeCloseTo(p, 2)
  }
})

it('finds p below one in ten in one of ten samples of the right distribution', () => {
  const random = new BulkRandom(randomStream('level'))
  const values = Array.from({ length: 2000 }, () => {
    const draws = Float64Array.from({ length: 100 }, () => random.float()).sort()
    return kolmogorovSmirnov(draws, inUnit).p
  })
  expect(Math.abs(values.filter(p => p < 0.1).length - 200)).toBeLessThan(60)
})

it('computes chi-square by hand, and puts rare cells together', () => {
  const { statistic, degrees, p } = chiSquare([30, 20], [25, 25])
  expect([statistic, degrees]).toEqual([2, 1])
  expect(p).toBeCloseTo(0.15729920705, 9)
  expect(chiSquare([30, 20, 1], [25, 25, 1]).degrees).toBe(1)
  expect(chiSquare([3], [3])).toEqual({ statistic: 0, degrees: 0, p: 1 })
})
