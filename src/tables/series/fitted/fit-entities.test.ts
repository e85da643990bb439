/** Laws of fitted series of several entities: what a test puts into machines of its own making comes out of those drawn. */
import { describe, expect, it } from 'vitest'
import { randomStream } from '../../../stats/random-stream.ts'
import {
  closeness,
  correlation,
  difference,
  draw,
  lagged,
  left,
  lengths,
  normals,
  starts,
  table,
  text,
  values,
} from '../../../testing/drawn-series.ts'
import type { CategoryColumn, Table } from '../../table.ts'
import { fitSeries } from './fit-series.ts'
import type { FittedSeries } from './fitted-series.ts'

describe('several entities', () => {
  const fleet = runsToFailure()
  const fitted = fitSeries(fleet, { time: 'cycle', entity: 'unit', seed: 1 })
  const drawn = draw(fitted, { entities: 300, seed: 2 })

  it('keeps lengths, the trend towards failure, and memory within units', () => {
    expect(closeness(lengths(fleet), lengths(drawn))).toBeGreaterThan(0.9)
    expect(fitted.phase.kind).toBe('life')
    for (const name of ['wear', 'fan']) {
      expect(closeness(values(fleet, name), values(drawn, name))).toBeGreaterThan(0.9)
      expect(difference(fleet, drawn, of => correlation(values(of, name), left(of)))).toBeLessThan(0.07)
      expect(difference(fleet, drawn, of => lagged(values(of, name), 1, starts(of)))).toBeLessThan(0.05)
    }
  })

  it('keeps how units differ at their ends, up or down, and that no two sensors part', () => {
    const ends = (of: Table) =>
      starts(of)
        .slice(1)
        .map(end => values(of, 'fan')[end - 1]!)
    expect(closeness(Float64Array.from(ends(fleet)), Float64Array.from(ends(drawn)))).toBeGreaterThan(0.8)
    expect(difference(fleet, drawn, of => correlation(values(of, 'fan'), values(of, 'twin')))).toBeLessThan(0.05)
  })

  it('keeps static columns together, and with what goes with them', () => {
    const pairs = (of: Table) =>
      new Set(
        starts(of)
          .slice(0, -1)
          .map(start => `${text(of, 'site', start)} ${text(of, 'country', start)}`),
      )
    expect([...pairs(drawn)].filter(pair => !pairs(fleet).has(pair))).toEqual([])
    const perUnit = (of: Table, name: string) =>
      Float64Array.from(starts(of).slice(0, -1), start => values(of, name)[start]!)
    expect(difference(fleet, drawn, of => correlation(perUnit(of, 'power'), lengths(of)))).toBeLessThan(0.25)
  })

  it('sets the flag of the last row at the last row', () => {
    const failed = starts(drawn)
      .slice(1)
      .map(end => values(drawn, 'failed')[end - 1]!)
    expect(failed.filter(flag => flag === 1).length / failed.length).toBeGreaterThan(0.95)
    expect(values(drawn, 'failed').reduce((a, b) => a + b)).toBeLessThan(failed.length * 1.1)
  })

  it('copies no value of a real unit and names none', () => {
    const real = new Set(values(fleet, 'wear'))
    expect(values(drawn, 'wear').filter(value => real.has(value)).length).toBeLessThan(drawn.rows * 0.001)
    expect(JSON.stringify(fitted)).not.toContain('X-1007')
    expect(text(drawn, 'unit', 0)).toBe('X-0001')
  })

  it('is plain JSON, and gives the same for the same seed alone', () => {
    const again: FittedSeries = JSON.parse(JSON.stringify(fitted))
    expect(draw(again, { entities: 300, seed: 2 })).toEqual(drawn)
    expect(draw(fitted, { entities: 300, seed: 3 })).not.toEqual(drawn)
    expect(fitSeries(fleet, { time: 'cycle', entity: 'unit', seed: 1 })).toEqual(fitted)
  })

  it('makes as many rows as asked', () => {
    expect(draw(fitted, { rows: 1234, seed: 2 }).rows).toBe(1234)
    expect(lengths(draw(fitted, { entities: 7, seed: 2 })).length).toBe(7)
  })

  it('keeps levels that are far apart without jumping between them', () => {
    const next = normals('levels')
    const rows: { unit: number; x: number }[] = []
    for (let unit = 0; unit < 20; unit++) for (let row = 0; row < 60; row++) rows.push({ unit, x: 100 * unit + next() })
    const real = table({
      t: rows.map((_, row) => row % 60),
      unit: rows.map(({ unit }) => unit),
      x: rows.map(({ x }) => x),
    })
    const drawn = draw(fitSeries(real, { time: 't', entity: 'unit', seed: 1 }), { seed: 2 })
    const edges = starts(drawn)
    edges.slice(0, -1).forEach((start, unit) => {
      const own = values(drawn, 'x').slice(start, edges[unit + 1])
      expect(Math.max(...own) - Math.min(...own)).toBeLessThan(12)
    })
  })
})

/** Units that wear out: a common trend, a fan that goes up or down with the unit, static columns, a flag at the end. */
function runsToFailure(): Table {
  const random = randomStream('fleet')
  const next = normals('fleet')
  const columns: Record<string, number[]> = { cycle: [], wear: [], fan: [], twin: [], power: [], failed: [] }
  const units: number[] = []
  const sites: number[] = []
  for (let unit = 0; unit < 60; unit++) {
    const power = random.int(1000) / 10
    const length = 60 + Math.round(power) + random.int(60)
    const way = random.pick([-1, 0, 0, 1]) * (2 + random.float())
    const site = random.int(4)
    let noise = 0
    for (let cycle = 1; cycle <= length; cycle++) {
      const worn = Math.exp(4 * (cycle / length - 1))
      noise = 0.5 * noise + next()
      units.push(unit)
      sites.push(site)
      columns['cycle']!.push(cycle)
      columns['wear']!.push(500 + 8 * worn + noise + next())
      columns['fan']!.push(9000 + 10 * way * worn + next())
      columns['twin']!.push(8000 + 7 * way * worn + 0.7 * next())
      columns['power']!.push(power)
      columns['failed']!.push(cycle === length ? 1 : 0)
    }
  }
  const made = table(columns)
  const category = (name: string, codes: number[], dictionary: string[]): CategoryColumn => ({
    storage: 'codes',
    name,
    type: 'category',
    codes: Int32Array.from(codes),
    dictionary,
  })
  made.columns.push(
    category(
      'unit',
      units,
      Array.from({ length: 60 }, (_, unit) => `X-${1000 + unit}`),
    ),
    category('site', sites, ['Bern', 'Basel', 'Lyon', 'Turin']),
    category(
      'country',
      sites.map(site => Math.max(0, site - 1)),
      ['CH', 'FR', 'IT'],
    ),
  )
  return made
}
