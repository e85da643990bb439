/** Both tabular models on data whose truth is known. */
import { describe, expect, it } from 'vitest'
import { randomStream } from '../../stats/random-stream.ts'
import { areaUnderCurve } from './area-under-curve.ts'
import { fitBoosted } from './boosted-trees.ts'
import { type Features, predictedClasses, takeRows } from './features.ts'
import { fitLogistic } from './logistic-regression.ts'

interface Row {
  x: number
  y: number
  group: number
}

/** Two numbers, of which some are null, and a category of five. */
function madeRows(count: number): Row[] {
  const random = randomStream('rows')
  return Array.from({ length: count }, () => ({
    x: random.float() < 0.05 ? Number.NaN : 10 + 4 * random.float(),
    y: random.float() * 1000,
    group: random.int(5),
  }))
}

function featuresOf(rows: readonly Row[]): Features {
  const columns = [
    { name: 'x', values: Float64Array.from(rows, ({ x }) => x) },
    { name: 'y', values: Float64Array.from(rows, ({ y }) => y) },
    { name: 'group', codes: Int32Array.from(rows, ({ group }) => group), size: 5 },
  ]
  return { rows: rows.length, columns }
}

const rows = madeRows(4000)
const features = featuresOf(rows)
const random = randomStream('outcomes')
const train = rows.map((_, row) => row).filter(row => row % 2 === 0)
const test = rows.map((_, row) => row).filter(row => row % 2 === 1)
const accuracy = (predicted: Int32Array, truth: Int32Array) =>
  predicted.filter((code, row) => code === truth[row]).length / truth.length
const pick = (codes: Int32Array, of: readonly number[]) => Int32Array.from(of, row => codes[row]!)

describe('fitLogistic', () => {
  const sums = rows.map(
    ({ x, y, group }) => (Number.isNaN(x) ? 2 : x - 12) + (y - 500) / 400 + [0, 2, -2, 0, 1][group]!,
  )

  it('comes to the probabilities that classes were drawn with', () => {
    const codes = Int32Array.from(sums, sum => Number(random.float() < 1 / (1 + Math.exp(-sum))))
    const model = fitLogistic(takeRows(features, train), { codes: pick(codes, train), classes: 2 })
    const scores = model.scores(takeRows(features, test))
    const errors = test.map((row, at) => Math.abs(scores[at]! - 1 / (1 + Math.exp(-sums[row]!))))
    expect(errors.reduce((sum, error) => sum + error) / errors.length).toBeLessThan(0.03)
  })

  it('tells several classes apart, with probabilities that sum to 1', () => {
    const codes = Int32Array.from(sums, sum => (sum < -1 ? 0 : sum < 1 ? 1 : 2))
    const model = fitLogistic(takeRows(features, train), { codes: pick(codes, train), classes: 3 })
    const scores = model.scores(takeRows(features, test))
    expect(accuracy(predictedClasses(model, scores), pick(codes, test))).toBeGreaterThan(0.95)
    for (let at = 0; at < scores.length; at += 3)
      expect(scores[at]! + scores[at + 1]! + scores[at + 2]!).toBeCloseTo(1, 9)
  })

  it('keeps weights small where one column says it all', () => {
    const codes = Int32Array.from(rows, ({ group }) => Number(group > 2))
    const scores = fitLogistic(features, { codes, classes: 2 }).scores(features)
    expect(areaUnderCurve(scores, codes)).toBe(1)
    expect(Math.max(...scores)).toBeLessThan(0.9999)
  })
})

describe('fitBoosted', () => {
  /** What no weighted sum tells: an interaction of a number with a category, and of nulls. */
  const inside = rows.map(({ x, y, group }) => (Number.isNaN(x) ? y > 300 : x > 12 === (group === 1 || group === 3)))

  it('finds interactions that no weighted sum has', () => {
    const codes = Int32Array.from(inside, Number)
    const target = { codes: pick(codes, train), classes: 2 }
    const tested = takeRows(features, test)
    const boosted = fitBoosted(takeRows(features, train), target, { rounds: 40 }).scores(tested)
    const linear = fitLogistic(takeRows(features, train), target).scores(tested)
    expect(areaUnderCurve(boosted, pick(codes, test))).toBeGreaterThan(0.99)
    expect(areaUnderCurve(linear, pick(codes, test))).toBeLessThan(0.7)
  })

  it('tells several classes apart, with probabilities that sum to 1', () => {
    const codes = Int32Array.from(rows, ({ group }, row) => (inside[row] ? 0 : group === 4 ? 1 : 2))
    const model = fitBoosted(takeRows(features, train), { codes: pick(codes, train), classes: 3 }, { rounds: 40 })
    const scores = model.scores(takeRows(features, test))
    expect(accuracy(predictedClasses(model, scores), pick(codes, test))).toBeGreaterThan(0.98)
    for (let at = 0; at < scores.length; at += 3)
      expect(scores[at]! + scores[at + 1]! + scores[at + 2]!).toBeCloseTo(1, 9)
  })

  it('comes near numbers, and says their mean where nothing tells them apart', () => {
    const values = Float64Array.from(rows, ({ x, y, group }) => (Number.isNaN(x) ? -50 : 3 * x) + y / 100 + group ** 2)
    const target = { values: Float64Array.from(train, row => values[row]!) }
    const scores = fitBoosted(takeRows(features, train), target).scores(takeRows(features, test))
    const errors = test.map((row, at) => Math.abs(scores[at]! - values[row]!))
    expect(errors.reduce((sum, error) => sum + error) / errors.length).toBeLessThan(0.5)
    const blind = fitBoosted({ rows: 3, columns: [] }, { values: Float64Array.of(1, 2, 6) }, { rounds: 3 })
    expect([...blind.scores({ rows: 2, columns: [] })]).toEqual([3, 3])
  })

  it('is no better than chance at what is random', () => {
    const codes = Int32Array.from(rows, () => random.int(2))
    const model = fitBoosted(takeRows(features, train), { codes: pick(codes, train), classes: 2 })
    const area = areaUnderCurve(model.scores(takeRows(features, test)), pick(codes, test))
    expect(Math.abs(area - 0.5)).toBeLessThan(0.05)
  })

  it('copes with more categories than it has bins for', () => {
    const codes = Int32Array.from({ length: 4000 }, (_, row) => row % 1000)
    const target = { codes: codes.map(code => Number(code < 100)), classes: 2 }
    const many = { rows: 4000, columns: [{ name: 'many', codes, size: 1000 }] }
    const scores = fitBoosted(many, target, { leastRows: 4 }).scores(many)
    expect(areaUnderCurve(scores, target.codes)).toBeGreaterThan(0.95)
  })
})
