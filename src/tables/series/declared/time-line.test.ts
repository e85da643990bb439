/** Times of readings: regular, irregular, with gaps, jitter and calendars. */
import { describe, expect, it } from 'vitest'
import { type DeclaredSeries, declaredSeries } from '../../../testing/declared-series.ts'
import { mean, variance } from '../../../testing/moments.ts'

const minute = 60_000
const differences = (values: number[]) => values.slice(1).map((value, at) => value - values[at]!)

describe('time', () => {
  it('is regular from the start on, with the type that suits it', () => {
    const days = declaredSeries({ time: { start: '2026-03-01', interval: '1 d', readings: 4 }, sensors: { x: {} } })
    expect(days.numbers('time')).toEqual([0, 1, 2, 3].map(day => Date.UTC(2026, 2, 1 + day)))
    expect(days.source.columns[0]).toMatchObject({ type: 'date' })
    const cycles = declaredSeries({ time: { column: 'cycle', start: 1, readings: 3 }, sensors: { x: {} } })
    expect(cycles.numbers('cycle')).toEqual([1, 2, 3])
    expect(cycles.source.columns[0]).toMatchObject({ type: 'integer' })
    const zoned = declaredSeries({
      time: { start: '2026-03-01T06:00+02:00', interval: '90 s', until: '2026-03-01T04:03' },
      sensors: { x: {} },
    })
    expect(zoned.numbers('time')).toEqual([0, 90, 180].map(second => Date.UTC(2026, 2, 1, 4) + 1000 * second))
  })

  it('jitters within its share, in order', () => {
    const times = declaredSeries({
      time: { interval: '10 min', jitter: 0.6, readings: 2000 },
      sensors: { x: {} },
    }).numbers('time')
    const off = times.map((time, at) => (time - Date.UTC(2026, 0, 1)) / minute - 10 * at)
    expect(Math.max(...off.map(Math.abs))).toBeLessThanOrEqual(3.01)
    expect(Math.max(...off)).toBeGreaterThan(2.8)
    expect(Math.min(...differences(times))).toBeGreaterThan(0)
  })

  it('is irregular where the interval is a distribution', () => {
    const times = declaredSeries({ time: { interval: 'exponential(60)', readings: 5000 }, sensors: { x: {} } }).numbers(
      'time',
    )
    const gaps = differences(times).map(gap => gap / 1000)
    expect(mean(gaps)).toBeGreaterThan(55)
    expect(mean(gaps)).toBeLessThan(65)
    expect(Math.sqrt(variance(gaps)) / mean(gaps)).toBeGreaterThan(0.9)
  })

  it('loses readings in gaps, and values go on behind them as if nothing were lost', () => {
    const sensors = { x: { autocorrelation: 0.9 } }
    const whole = declaredSeries({ time: { readings: 5000 }, sensors })
    const torn = declaredSeries({ time: { readings: 5000, gaps: { rate: 5, length: 20 } }, sensors })
    expect(torn.rows).toBe(torn.source.rows)
    expect(torn.rows).toBeLessThan(4800)
    expect(torn.rows).toBeGreaterThan(4000)
    const lost = differences(torn.numbers('time')).filter(gap => gap > minute)
    for (const gap of lost) expect((gap / minute - 1) % 20).toBe(0)
    const places = torn.numbers('time').map(time => (time - Date.UTC(2026, 0, 1)) / minute)
    expect(torn.numbers('x')).toEqual(places.map(place => whole.numbers('x')[place]!))
  })

  it('keeps to a calendar, night shifts too', () => {
    const read = (calendar: NonNullable<NonNullable<DeclaredSeries['time']>['calendar']>) =>
      declaredSeries({ time: { start: '2026-01-01', interval: '1 h', readings: 500, calendar }, sensors: { x: {} } })
        .numbers('time')
        .map(time => new Date(time))
    const days = read({ days: ['mon', 'fri'], from: '06:00', to: '14:00', except: ['2026-01-09'] })
    expect(days).toHaveLength(500)
    expect(new Set(days.map(date => date.getUTCDay()))).toEqual(new Set([1, 5]))
    expect(new Set(days.map(date => date.getUTCHours()))).toEqual(new Set([6, 7, 8, 9, 10, 11, 12, 13]))
    expect(days.some(date => date.toISOString().startsWith('2026-01-09'))).toBe(false)
    const nights = read({ days: ['fri'], from: '22:00', to: '02:00' })
    expect(new Set(nights.map(date => `${date.getUTCDay()} ${date.getUTCHours()}`))).toEqual(
      new Set(['5 22', '5 23', '6 0', '6 1']),
    )
    expect(
      () =>
        declaredSeries({ time: { interval: '1 d', calendar: { from: '08:00', to: '09:00' } }, sensors: { x: {} } })
          .rows,
    ).toThrow(/lets no reading through/)
  })
})
