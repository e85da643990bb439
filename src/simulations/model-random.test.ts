/** Laws of a model’s random stream. */
import { expect, test } from 'vitest'
import { ModelRandom } from './model-random.ts'

const draws = 20_000

function drawn(draw: (random: ModelRandom) => number): number[] {
  const random = new ModelRandom('laws')
  return Array.from({ length: draws }, () => draw(random))
}

/** The greatest distance between the shares below each number and what they should be (Kolmogorov–Smirnov). */
function greatestDistance(values: number[], below: (value: number) => number): number {
  const sorted = values.toSorted((one, other) => one - other)
  return Math.max(
    ...sorted.map((value, at) =>
      Math.max(Math.abs(below(value) - at / draws), Math.abs(below(value) - (at + 1) / draws)),
    ),
  )
}
/** A distance that is beyond this once in a thousand. */
const greatest = 1.95 / Math.sqrt(draws)

test('numbers have the distributions that they are called by', () => {
  expect(
    greatestDistance(
      drawn(random => random.float()),
      value => value,
    ),
  ).toBeLessThan(greatest)
  expect(
    greatestDistance(
      drawn(random => random.between(-2, 6)),
      value => (value + 2) / 8,
    ),
  ).toBeLessThan(greatest)
  expect(
    greatestDistance(
      drawn(random => random.exponential(3)),
      value => 1 - Math.exp(-value / 3),
    ),
  ).toBeLessThan(greatest)
  expect(
    greatestDistance(
      drawn(random => random.weibull(2.5, 10)),
      value => 1 - Math.exp(-((value / 10) ** 2.5)),
    ),
  ).toBeLessThan(greatest)
  // Logistic approximation of the normal distribution’s sum (Bowling et al. 2009), right to 0.00014.
  const normal = (z: number) => 1 / (1 + Math.exp(-(0.07056 * z ** 3 + 1.5976 * z)))
  expect(
    greatestDistance(
      drawn(random => random.normal(4, 2)),
      value => normal((value - 4) / 2),
    ),
  ).toBeLessThan(greatest + 0.0002)
})

test('what comes in shapes of other kinds has their shares, too', () => {
  const triangle = (value: number) => (value < 3 ? (value - 2) ** 2 / (6 * 1) : 1 - (8 - value) ** 2 / (6 * 5))
  expect(
    greatestDistance(
      drawn(random => random.triangular(2, 3, 8)),
      triangle,
    ),
  ).toBeLessThan(greatest)
  const sums = drawn(random => random.logNormal(10, 5))
  const mean = sums.reduce((sum, value) => sum + value, 0) / draws
  const sd = Math.sqrt(sums.reduce((sum, value) => sum + (value - mean) ** 2, 0) / draws)
  expect(Math.abs(mean - 10)).toBeLessThan((4 * 5) / Math.sqrt(draws))
  expect(Math.abs(sd - 5)).toBeLessThan(0.4)
  const counts = drawn(random => random.poisson(3))
  for (let count = 0, share = Math.exp(-3); count < 9; count++, share *= 3 / count) {
    const seen = counts.filter(value => value === count).length / draws
    expect(Math.abs(seen - share)).toBeLessThan(4 * Math.sqrt(share / draws))
  }
})

test('of weighted elements each is drawn as often as it weighs; a sample holds each at most once, each as often', () => {
  const random = new ModelRandom(4)
  const weights = { never: 0, seldom: 1, often: 3 }
  const picked = { never: 0, seldom: 0, often: 0 }
  for (let draw = 0; draw < draws; draw++)
    picked[random.pickWeighted(['never', 'seldom', 'often'] as const, word => weights[word])]++
  expect(picked.never).toBe(0)
  expect(Math.abs(picked.often / draws - 0.75)).toBeLessThan(4 * Math.sqrt((0.75 * 0.25) / draws))
  const sampled = [0, 0, 0, 0, 0]
  for (let draw = 0; draw < draws; draw++) {
    const sample = random.sample([0, 1, 2, 3, 4], 2)
    expect(new Set(sample).size).toBe(2)
    for (const one of sample) sampled[one]!++
  }
  for (const count of sampled) expect(Math.abs(count / draws - 0.4)).toBeLessThan(4 * Math.sqrt((0.4 * 0.6) / draws))
  expect(random.sample([7, 8], 9).toSorted()).toEqual([7, 8])
})

test('what cannot be drawn is an error that says so, not some number', () => {
  const random = new ModelRandom(1)
  expect(() => random.pick([])).toThrow('empty list')
  expect(() => random.chance(Number.NaN)).toThrow('NaN is no probability')
  expect(() => random.pickWeighted([1, 2], () => 0)).toThrow('these were 0, 0')
  expect(() => random.pickWeighted([1, 2], item => item - 2)).toThrow('these were -1, 0')
})

test('what is drawn aside does not change the stream', () => {
  const random = new ModelRandom(3)
  const same = new ModelRandom(3)
  for (let draw = 0; draw < 2000; draw++) {
    if (draw % 7 === 0) random.aside(() => random.normal())
    expect(random.float()).toBe(same.float())
  }
  expect(() => random.aside(() => random.int(0))).toThrow('cannot be drawn')
  expect(random.float()).toBe(same.float())
})

test('chance is true as often as it says, always at 1 and never at 0', () => {
  const share = (probability: number) =>
    drawn(random => (random.chance(probability) ? 1 : 0)).filter(Boolean).length / draws
  expect(share(0)).toBe(0)
  expect(share(1)).toBe(1)
  expect(Math.abs(share(0.2) - 0.2)).toBeLessThan(4 * Math.sqrt((0.2 * 0.8) / draws))
})

test.each([1, 2, 7, 1000, 2 ** 21 + 1, 3_000_000_000, 2 ** 32])('whole numbers below %d are each as likely', n => {
  const parts = Math.min(n, 10)
  const counts = Array.from({ length: parts }, () => 0)
  for (const value of drawn(random => random.int(n))) {
    if (!(Number.isInteger(value) && value >= 0 && value < n)) throw new Error(`${value} was drawn`)
    counts[Math.floor((value / n) * parts)]!++
  }
  const deviation = counts.reduce((sum, count, part) => {
    const expected = (draws * (Math.ceil(((part + 1) * n) / parts) - Math.ceil((part * n) / parts))) / n
    return sum + (count - expected) ** 2 / expected
  }, 0)
  // χ² with at most 9 degrees of freedom: beyond 27.9 once in a thousand.
  expect(deviation).toBeLessThan(27.9)
})

test('no whole number can be drawn below what is none, is under 1, or is beyond 2³²', () => {
  const random = new ModelRandom(1)
  for (const n of [Number.NaN, -3, 0, 2.5, 2 ** 33]) expect(() => random.int(n)).toThrow(`below ${n} cannot be drawn`)
})

test('the same seed gives the same numbers, whatever is drawn from a stream of its own', () => {
  const first = new ModelRandom(7)
  const second = new ModelRandom(7)
  const forked = second.fork('links')
  for (let draw = 0; draw < 5000; draw++) {
    if (draw % 3 === 0) forked.float()
    expect(second.int(1000)).toBe(first.int(1000))
  }
  expect(new ModelRandom(7).fork('links').float()).toBe(new ModelRandom(7).fork('links').float())
  expect(new ModelRandom(8).float()).not.toBe(new ModelRandom(7).float())
})

test('shuffle keeps what there was, and leaves the list alone', () => {
  const random = new ModelRandom(1)
  const list = Array.from({ length: 100 }, (_, at) => at)
  const shuffled = random.shuffle(list)
  expect(shuffled).not.toEqual(list)
  expect(shuffled.toSorted((one, other) => one - other)).toEqual(list)
  expect(list[0]).toBe(0)
})
