/** Weights learned online. */
import { expect, it } from 'vitest'
import { randomStream } from '../stats/random-stream.ts'
import { LearnedWeights } from './learned-weights.ts'

/** Logistic regression on one input: the weight whose odds are those of the outcomes is ln(share / (1 − share)). */
function learned(share: number, rates: { l1: number; l2: number }, steps = 20_000): number {
  const weights = new LearnedWeights(1, { step: 0.5, delay: 1, ...rates })
  const random = randomStream('outcomes')
  for (let i = 0; i < steps; i++) {
    const truth = Number(random.float() < share)
    weights.descend(0, 1 / (1 + Math.exp(-weights.values[0]!)) - truth)
  }
  return weights.values[0]!
}

it('comes to the weight that fits', () => {
  for (const share of [0.2, 0.5, 0.9]) {
    expect(Math.abs(learned(share, { l1: 0, l2: 0 }) - Math.log(share / (1 - share)))).toBeLessThan(0.15)
  }
})

it('keeps at 0 what has less evidence than the first penalty, and smaller what has little under either', () => {
  expect(learned(0.51, { l1: 1000, l2: 0 })).toBe(0)
  const few = 50
  const free = learned(0.9, { l1: 0, l2: 0 }, few)
  for (const rates of [
    { l1: 10, l2: 0 },
    { l1: 0, l2: 10 },
  ]) {
    const held = learned(0.9, rates, few)
    expect(held).toBeGreaterThan(0)
    expect(held).toBeLessThan(free * 0.9)
  }
})
