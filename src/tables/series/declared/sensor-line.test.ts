/** Sensors have the level, trend, seasons, noise and correlations they were declared with. */
import { describe, expect, it } from 'vitest'
import { declaredSeries } from '../../../testing/declared-series.ts'
import { autocorrelation, correlation, mean, variance } from '../../../testing/moments.ts'

describe('a sensor', () => {
  it('has the noise declared: distribution, autocorrelation and correlation of values, whatever the distributions', () => {
    const { numbers, notes } = declaredSeries({
      time: { readings: 60_000 },
      sensors: {
        normal: { noise: 2, autocorrelation: 0.8, decimals: 6 },
        gamma: { noise: { distribution: 'gamma', shape: 0.7, scale: 2 }, autocorrelation: 0.6, decimals: 6 },
        counts: { noise: 'poisson(3)', autocorrelation: 0.3, decimals: 0 },
        apart: { noise: 'uniform(-1, 1)', decimals: 6 },
      },
      correlations: [
        { between: ['normal', 'gamma'], value: 0.5 },
        { between: ['gamma', 'counts'], value: -0.3 },
      ],
    })
    expect(notes).toEqual([])
    const [normal, gamma, counts, apart] = ['normal', 'gamma', 'counts', 'apart'].map(numbers) as [
      number[],
      number[],
      number[],
      number[],
    ]
    expect(Math.sqrt(variance(normal))).toBeCloseTo(2, 1)
    expect(mean(gamma)).toBeCloseTo(1.4, 1)
    expect(variance(gamma) / 2.8).toBeCloseTo(1, 0)
    expect(gamma.filter(value => value < 0.1).length / gamma.length).toBeCloseTo(0.132, 1)
    expect(counts.every(value => Number.isInteger(value) && value >= 0)).toBe(true)
    expect(counts.filter(value => value === 3).length / counts.length).toBeCloseTo(0.224, 1)
    expect(autocorrelation(normal)).toBeCloseTo(0.8, 1)
    expect(Math.abs(autocorrelation(gamma) - 0.6)).toBeLessThan(0.04)
    expect(Math.abs(autocorrelation(counts) - 0.3)).toBeLessThan(0.03)
    expect(Math.abs(autocorrelation(apart))).toBeLessThan(0.02)
    expect(Math.abs(correlation(normal, gamma) - 0.5)).toBeLessThan(0.04)
    expect(Math.abs(correlation(gamma, counts) + 0.3)).toBeLessThan(0.04)
    expect(Math.abs(correlation(normal, apart))).toBeLessThan(0.03)
  })

  it('says which correlations could not be had, and takes the nearest', () => {
    const { notes, numbers } = declaredSeries({
      time: { readings: 20_000 },
      sensors: { a: {}, b: {}, c: {} },
      correlations: [
        { between: ['a', 'b'], value: 0.9 },
        { between: ['b', 'c'], value: 0.9 },
        { between: ['a', 'c'], value: -0.9 },
      ],
    })
    expect(notes).toEqual([expect.stringMatching(/^No noise has all the correlations declared.*a and b 0\.9 → /)])
    const told = Number(/a and b 0\.9 → (\S+?),/.exec(notes[0]!)![1])
    expect(Math.abs(correlation(numbers('a'), numbers('b')) - told)).toBeLessThan(0.03)
    const memories = declaredSeries({
      sensors: { quick: {}, slow: { autocorrelation: 0.99 } },
      correlations: [{ between: ['quick', 'slow'], value: 0.9 }],
    })
    expect(memories.notes).toEqual([expect.stringMatching(/quick and slow 0\.9 → 0\.1/)])
  })

  it('follows level, trend, seasons and limits', () => {
    const { numbers } = declaredSeries({
      time: { start: '2026-01-05', interval: '1 h', readings: 24 * 14 },
      sensors: {
        trend: { level: 10, noise: 0, trend: { change: 24, per: '1 d' }, decimals: 3 },
        day: { noise: 0, seasons: [{ period: '1 d', amplitude: 3, peak: '14 h' }] },
        week: { noise: 0, seasons: [{ period: '1 w', amplitude: 1, peak: '12 h', shape: 'triangle' }], decimals: 6 },
        shift: { noise: 0, seasons: [{ period: '1 d', amplitude: 1, peak: '12 h', shape: 'square' }] },
        limited: { noise: 5, min: -1, max: 2 },
      },
    })
    expect(numbers('trend').slice(0, 3)).toEqual([10, 11, 12])
    expect(numbers('day')[14]).toBe(3)
    expect(numbers('day')[26]).toBe(-3)
    const week = numbers('week')
    expect(week.indexOf(Math.max(...week))).toBe(12)
    expect(week[12]).toBe(1)
    expect(week[12 + 84]).toBe(-1)
    expect(
      numbers('shift')
        .slice(0, 24)
        .flatMap((value, hour) => (value > 0 ? [hour] : [])),
    ).toEqual(Array.from({ length: 12 }, (_, at) => 6 + at))
    expect([Math.min(...numbers('limited')), Math.max(...numbers('limited'))]).toEqual([-1, 2])
  })

  it('has as many decimals as its noise leaves certain, its unit where asked, and misses values at random', () => {
    const { source, numbers } = declaredSeries({
      sensors: { fine: { noise: 0.02, unit: 'bar' }, coarse: { noise: 300 }, holes: { missing: 0.3 } },
      units: true,
    })
    expect(source.columns.slice(1)).toMatchObject([
      { name: 'fine [bar]', type: 'decimal', decimals: 4 },
      { name: 'coarse', type: 'integer' },
      { name: 'holes', type: 'decimal', decimals: 2 },
    ])
    for (const value of numbers('fine [bar]')) expect(Number(value.toFixed(4))).toBe(value)
    const missing = numbers('holes').filter(value => Number.isNaN(value)).length
    expect(missing).toBeGreaterThan(240)
    expect(missing).toBeLessThan(360)
  })
})
