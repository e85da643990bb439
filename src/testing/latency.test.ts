/** Latencies: the mean that was asked for, however wide the spread, and the same ones every time. */
import { expect, it } from 'vitest'
import { latencyMs } from './latency.ts'

it.each([0.2, 0.5, 1])('keeps the mean of a log-normal latency at sigma %d', sigma => {
  const draws = Array.from({ length: 20_000 }, (_, at) => latencyMs({ kind: 'log-normal', meanMs: 200, sigma }, 1, at))
  const mean = draws.reduce((sum, ms) => sum + ms, 0) / draws.length
  // Five standard errors.
  const tolerance = (5 * 200 * Math.sqrt(Math.exp(sigma ** 2) - 1)) / Math.sqrt(draws.length)
  expect(Math.abs(mean - 200)).toBeLessThan(tolerance)
  const median = draws.sort((a, b) => a - b)[draws.length / 2]!
  expect(median / (200 * Math.exp(-(sigma ** 2) / 2))).toBeCloseTo(1, 1)
})

it('depends on seed and ordinal alone', () => {
  const latency = { kind: 'log-normal', meanMs: 200, sigma: 1 } as const
  expect(latencyMs(latency, 3, 7)).toBe(latencyMs(latency, 3, 7))
  expect(latencyMs(latency, 3, 7)).not.toBe(latencyMs(latency, 3, 8))
  expect(latencyMs(latency, 3, 7)).not.toBe(latencyMs(latency, 4, 7))
  expect(latencyMs(undefined, 3, 7)).toBe(0)
})
