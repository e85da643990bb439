/** Bootstrap intervals hold what they say. */
import { expect, it } from 'vitest'
import { bootstrap } from './bootstrap.ts'
import { randomStream } from './random-stream.ts'

const mean = (values: readonly number[]) => (times: Uint32Array) => {
  let sum = 0
  for (const [at, value] of values.entries()) sum += value * times[at]!
  return [sum / values.length]
}

it('covers the true mean about as often as it says', () => {
  let covered = 0
  for (let trial = 0; trial < 200; trial++) {
    const random = randomStream(`coverage ${trial}`)
    const values = Array.from({ length: 60 }, () => random.float())
    const [interval] = bootstrap(values.length, mean(values), { resamples: 200, random: random.fork('draws') })
    if (interval!.low <= 0.5 && 0.5 <= interval!.high) covered++
  }
  expect(covered).toBeGreaterThan(176)
  expect(covered).toBeLessThan(199)
})

it('draws as many items as there are, each time', () => {
  bootstrap(
    7,
    times => {
      expect(times.reduce((sum, each) => sum + each, 0)).toBe(7)
      return [0]
    },
    { resamples: 50, random: randomStream('draws') },
  )
})

it('is the same for the same stream, a point where nothing varies, and leaves out draws without a value', () => {
  const values = [1, 2, 3, 4, 5, 6]
  const once = () => bootstrap(6, mean(values), { random: randomStream('same') })
  expect(once()).toEqual(once())
  expect(bootstrap(3, () => [2], { random: randomStream('point') })).toEqual([{ low: 2, high: 2 }])
  const [sometimes, never] = bootstrap(2, times => [times[0] === 0 ? Number.NaN : 1, Number.NaN], {
    random: randomStream('gaps'),
  })
  expect(sometimes).toEqual({ low: 1, high: 1 })
  expect(never).toEqual({ low: Number.NaN, high: Number.NaN })
})
