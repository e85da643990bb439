/** Probabilities that come true as often as they say. */
import { describe, expect, it } from 'vitest'
import { randomStream } from '../stats/random-stream.ts'
import { fitTemperature, type HeldOut } from './temperature.ts'
import { toProbabilities } from './text-network.ts'

const random = randomStream('temperature')

/** Texts whose labels follow the probabilities of scores that are then multiplied: right only when divided again. */
function exaggerated(count: number, factor: number, multiLabel: boolean): HeldOut[] {
  return Array.from({ length: count }, () => {
    const scores = Float64Array.from({ length: 4 }, () => 4 * random.float() - 2)
    const chances = toProbabilities(scores.slice(), multiLabel)
    const point = random.float()
    const drawn = [0, 1, 2].find(label => point < chances.slice(0, label + 1).reduce((a, b) => a + b)) ?? 3
    const labels = multiLabel ? [...chances.keys()].filter(label => random.float() < chances[label]!) : [drawn]
    return { scores: scores.map(score => score * factor), labels, weight: 1 }
  })
}

/** Expected calibration error of the surest label, in ten bins of equal width. */
function calibrationError(heldOut: readonly HeldOut[], temperature: number): number {
  const gaps = new Float64Array(10)
  for (const { scores, labels } of heldOut) {
    const probabilities = toProbabilities(
      scores.map(score => score / temperature),
      false,
    )
    const surest = Math.max(...probabilities)
    gaps[Math.min(9, Math.floor(surest * 10))]! += surest - Number(labels[0] === probabilities.indexOf(surest))
  }
  return gaps.reduce((sum, gap) => sum + Math.abs(gap), 0) / heldOut.length
}

describe.each([
  ['softmax', false],
  ['sigmoids', true],
])('of a %s', (_, multiLabel) => {
  it.each([0.5, 1, 3])('finds by how much scores are exaggerated: %s', factor => {
    expect(fitTemperature(exaggerated(3000, factor, multiLabel), multiLabel) / factor).toBeCloseTo(1, 0.9)
  })
})

it('calibrates texts it was not fitted on', () => {
  const temperature = fitTemperature(exaggerated(1000, 3, false), false)
  const unseen = exaggerated(3000, 3, false)
  expect(calibrationError(unseen, temperature)).toBeLessThan(0.04)
  expect(calibrationError(unseen, 1)).toBeGreaterThan(0.15)
})

it('stays near what is usual when there is next to nothing to fit', () => {
  expect(fitTemperature([], false)).toBeCloseTo(1.25, 2)
  const one = { scores: Float64Array.of(9, -9), labels: [1], weight: 1 }
  expect(fitTemperature([one], false)).toBeLessThan(3)
})

it('lets texts count by their weight', () => {
  const sure = { scores: Float64Array.of(2, 0), labels: [0], weight: 1 }
  const wrong = { scores: Float64Array.of(2, 0), labels: [1], weight: 1 }
  const many = (weight: number) => [...Array(50).fill(sure), ...Array(50).fill({ ...wrong, weight })] as HeldOut[]
  expect(fitTemperature(many(1), false)).toBeGreaterThan(fitTemperature(many(0.1), false) + 1)
})
