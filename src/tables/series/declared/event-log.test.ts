/** Event logs: what a regime, a sensor or chance causes, and how long it lasts. */
import { describe, expect, it } from 'vitest'
import { declaredSeries } from '../../../testing/declared-series.ts'
import { mean } from '../../../testing/moments.ts'

describe('events', () => {
  const { tables, numbers, texts } = declaredSeries({
    entities: { count: 3, first: 'A1' },
    time: { interval: '1 min', readings: 30_000 },
    regimes: { states: { on: { lasts: '2 h' }, off: { lasts: '30 min' } } },
    sensors: { x: { regimes: { on: 50, off: 10 }, noise: 4, autocorrelation: 0.9 } },
    events: {
      check: { cause: 'chance', rate: 6, per: '1 d', during: ['on'], duration: 'exponential(600)' },
      stop: { cause: 'regime', regime: 'off' },
      alarm: { cause: 'sensor', sensor: 'x', above: 58, readings: 2 },
    },
  })
  const [machine, time, x, regime] = [texts('machine'), numbers('time'), numbers('x'), texts('regime')]
  const log = tables[1]!
  const events = log.texts('event').map((event, at) => ({
    ...{ event, machine: log.texts('machine')[at]!, cause: log.texts('cause')[at]! },
    ...{ start: log.numbers('start')[at]!, end: log.numbers('end')[at]! },
  }))
  const expected = (holds: (row: number) => boolean, needed: number) => {
    const found: { machine: string; start: number; end: number }[] = []
    let inRow = 0
    for (let row = 0; row < x.length; row++) {
      if (machine[row] !== machine[row - 1]) inRow = 0
      if (!holds(row)) {
        if (inRow >= needed) found.at(-1)!.end = time[row]!
        inRow = 0
      } else if (++inRow === needed) found.push({ machine: machine[row]!, start: time[row]!, end: Number.NaN })
    }
    return found
  }
  const told = (name: string) =>
    events.filter(({ event }) => event === name).map(({ machine, start, end }) => ({ machine, start, end }))

  it('follow regimes and readings from the reading on that shows it, up to the one that no longer does', () => {
    expect(told('stop')).toEqual(expected(row => regime[row] === 'off', 1))
    expect(told('alarm')).toEqual(expected(row => x[row]! > 58, 2))
    expect(told('alarm').length).toBeGreaterThan(20)
    expect(new Set(events.map(({ event, cause }) => `${event}: ${cause}`))).toEqual(
      new Set(['check: chance', 'stop: regime off', 'alarm: x above 58']),
    )
  })

  it('happen by chance as often as declared, in the regimes named, as long as drawn', () => {
    const checks = told('check')
    const onDays = regime.filter(each => each === 'on').length / (60 * 24)
    expect(Math.abs(checks.length / onDays - 6)).toBeLessThan(1)
    expect(Math.abs(mean(checks.map(({ start, end }) => (end - start) / 1000)) - 600)).toBeLessThan(120)
    for (const check of checks) {
      const row = time.findLastIndex((at, row) => machine[row] === check.machine && at <= check.start)
      expect(regime[row]).toBe('on')
    }
  })
})
