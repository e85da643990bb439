/** Runs to failure: wear grows, sensors follow, readings end. */
import { describe, expect, it } from 'vitest'
import { type DeclaredSeries, declaredSeries } from '../../../testing/declared-series.ts'
import { mean, variance } from '../../../testing/moments.ts'

describe('a life', () => {
  const declared: DeclaredSeries = {
    entities: { column: 'engine', count: 300, first: 1 },
    time: { column: 'cycle', start: 1 },
    life: { length: 'normal(200, 40)', initial: 'uniform(0, 0.2)', most: 125 },
    sensors: { t: { level: 600, wear: 20, noise: 0.5, decimals: 3 } },
  }
  const { numbers, source } = declaredSeries(declared)
  const engines = numbers('engine')
  const own = Map.groupBy(
    engines.map((engine, row) => ({ engine, row })),
    ({ engine }) => engine,
  )

  it('is as long as the distribution says, and ends with nothing left', () => {
    const lengths = [...own.values()].map(rows => rows.length)
    expect(source.rows).toBe(engines.length)
    expect(Math.abs(mean(lengths) - 200)).toBeLessThan(8)
    expect(Math.abs(Math.sqrt(variance(lengths)) - 40)).toBeLessThan(6)
    const remaining = numbers('remaining_life')
    for (const rows of own.values())
      expect(rows.map(({ row }) => remaining[row])).toEqual(rows.map((_, at) => Math.min(125, rows.length - 1 - at)))
  })

  it('wears exponentially up to the whole of it, from where each entity began', () => {
    const t = numbers('t')
    const firsts = [...own.values()].map(([first]) => t[first!.row]! - 600)
    expect(Math.abs(mean(firsts) - 2)).toBeLessThan(0.4)
    for (const rows of own.values()) {
      const values = rows.map(({ row }) => t[row]! - 600)
      expect(Math.abs(values.at(-1)! - 20)).toBeLessThan(2.5)
      const half = mean(values.slice(Math.floor(values.length / 2) - 5, Math.floor(values.length / 2) + 5))
      const first = mean(values.slice(0, 10))
      expect(first).toBeLessThan(5)
      expect(half - first).toBeLessThan(3.5)
    }
  })

  it('can be seen in part', () => {
    const seen = declaredSeries({ ...declared, life: { length: 100, seen: 'uniform(0.3, 0.9)' } })
    const left = seen.numbers('remaining_life')
    const cycles = seen.numbers('cycle')
    cycles.forEach((cycle, row) => void expect(left[row]).toBe(100 - cycle))
    expect(Math.max(...cycles)).toBeLessThanOrEqual(90)
    expect(Math.max(...cycles)).toBeGreaterThan(85)
  })
})
