/** What a declaration of a series may say, and what it is told when it cannot. */
import { describe, expect, it } from 'vitest'
import { seriesSchema } from './series-schema.ts'

describe('a declaration that makes no sense', () => {
  const messages = (declared: object) =>
    seriesSchema
      .safeParse({ sensors: { x: {} }, ...declared })
      .error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)

  it.each<[object, RegExp]>([
    [{ sensors: {} }, /^sensors: name at least one/],
    [
      { sensors: { temp: {} }, correlations: [{ between: ['temp', 'tmp'], value: 0.5 }] },
      /correlations.0.between.1: there is no sensor “tmp”; did you mean “temp”/,
    ],
    [{ sensors: { x: { regimes: { on: 3 } } } }, /sensors.x.regimes.on: there is no regime “on”/],
    [{ sensors: { x: { wear: 3 } } }, /wear needs a life/],
    [{ time: { interval: 10 } }, /time.interval: write the unit too/],
    [{ time: { start: 1, interval: '10 min' } }, /time.interval: write a number without a unit/],
    [{ time: { interval: '10 minutes' } }, /time.interval: /],
    [{ time: { start: 'yesterday' } }, /time.start: write a date/],
    [{ time: { pattern: 'DD.QQ' } }, /time.pattern: /],
    [{ time: { readings: 5 }, life: { length: 9 } }, /give one of readings, until and life/],
    [{ time: { column: 'x' } }, /two columns are called “x”/],
    [{ events: { a: { cause: 'sensor', sensor: 'x' } } }, /events.a: give one of above and below/],
    [{ faults: [{ kind: 'drift', column: 'y' }] }, /faults.0.column: there is no sensor “y”/],
    [{ sensors: { x: { noise: 'normal(0, -1)' } } }, /sensors.x.noise: .*sd/],
    [{ sensors: { x: { level: { distribution: 'norml' } } } }, /sensors.x.level: .*did you mean “normal”/],
    [{ life: { length: 'long' } }, /life.length: write a whole number/],
    [{ sensor: {} }, /sensor/],
  ])('is told where and why: %j', (declared, message) => {
    expect(messages(declared)?.join('\n')).toMatch(message)
  })
})
