/** Laws of fitted series: what a test puts into series of its own making comes out of the series drawn. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { randomStream } from '../../../stats/random-stream.ts'
import {
  closeness,
  correlation,
  difference,
  draw,
  lagged,
  means,
  normals,
  table,
  values,
} from '../../../testing/drawn-series.ts'
import type { Table } from '../../table.ts'
import { fitSeries } from './fit-series.ts'
import { openSeriesSampler } from './open-series-sampler.ts'

const hour = 3_600_000

describe('one series', () => {
  it('keeps distribution, autocorrelation at several lags, and cross-correlation', () => {
    const next = normals('plain')
    const a: number[] = []
    const b: number[] = []
    for (let row = 0; row < 6000; row++) {
      a.push(0.85 * (a[row - 1] ?? 0) + next())
      b.push(Math.exp(0.3 * (0.5 * a[row]! + next())))
    }
    const real = table({ t: a.map((_, row) => row), a, b })
    const drawn = draw(fitSeries(real, { time: 't', seed: 1 }), { rows: 30_000, seed: 2 })
    for (const name of ['a', 'b']) {
      expect(closeness(values(real, name), values(drawn, name))).toBeGreaterThan(0.94)
      for (const lag of [1, 2, 5])
        expect(difference(real, drawn, column => lagged(values(column, name), lag))).toBeLessThan(0.06)
    }
    expect(difference(real, drawn, column => correlation(values(column, 'a'), values(column, 'b')))).toBeLessThan(0.05)
    expect(values(drawn, 't').subarray(0, 6000)).toEqual(values(real, 't'))
  })

  it('keeps the trend and the seasons of the day and the week', () => {
    const next = normals('season')
    const load: number[] = []
    let noise = 0
    for (let row = 0; row < 24 * 7 * 12; row++) {
      noise = 0.6 * noise + next()
      const weekend = Math.floor(row / 24) % 7 >= 5
      load.push(100 + row * 0.01 + 10 * Math.sin(((row % 24) / 24) * 2 * Math.PI) * (weekend ? 0.2 : 1) + noise)
    }
    const real = table({ t: load.map((_, row) => Date.UTC(2024, 0, 1) + row * hour), load }, { t: 'datetime' })
    const fitted = fitSeries(real, { time: 't', seed: 1 })
    expect(fitted.seasons.map(({ name }) => name)).not.toEqual([])
    const drawn = draw(fitted, { seed: 2 })
    const profile = (of: Table) => means(values(of, 'load'), row => row % 168, 168)
    expect(correlation(profile(real), profile(drawn))).toBeGreaterThan(0.97)
    const course = (of: Table) => means(values(of, 'load'), row => Math.floor((row / load.length) * 6), 6)
    course(real).forEach((mean, part) => {
      expect(course(drawn)[part]).toBeCloseTo(mean, -0.5)
    })
    expect(difference(real, drawn, of => lagged(values(of, 'load'), 24))).toBeLessThan(0.05)
  })

  it('keeps a season whose length no calendar knows', () => {
    const next = normals('period')
    const x = Array.from({ length: 2000 }, (_, row) => 3 * Math.sin((2 * Math.PI * row) / 37) + next())
    const fitted = fitSeries(table({ t: x.map((_, row) => row * 0.5), x }), { time: 't', seed: 1 })
    expect(fitted.seasons.map(({ period }) => period)).toEqual([18.5])
    expect(difference(table({ x }), draw(fitted, { seed: 4 }), of => lagged(values(of, 'x'), 37))).toBeLessThan(0.05)
  })

  it('finds no season, trend or regime in noise', () => {
    const next = normals('noise')
    const x = Array.from({ length: 3000 }, () => next())
    const t = x.map((_, row) => Date.UTC(2024, 0, 1) + row * hour)
    const fitted = fitSeries(table({ t, x }, { t: 'datetime' }), { time: 't', seed: 1 })
    expect([fitted.seasons, fitted.phase.kind, fitted.regimes]).toEqual([[], 'none', 1])
  })

  it('keeps how discrete columns stay as they are: flags, counts, mostly zero amounts', () => {
    const next = normals('discrete')
    const latent: number[] = []
    for (let row = 0; row < 8000; row++) latent.push(0.9 * (latent[row - 1] ?? 0) + Math.sqrt(1 - 0.81) * next())
    const real = table({
      t: latent.map((_, row) => row),
      flag: latent.map(value => (value > 1 ? 1 : 0)),
      count: latent.map(value => Math.max(0, Math.round(2 * value + 1))),
      rain: latent.map(value => (value < 0.8 ? 0 : Math.round(10 * value))),
    })
    const drawn = draw(fitSeries(real, { time: 't', seed: 1 }), { rows: 30_000, seed: 2 })
    for (const name of ['flag', 'count', 'rain']) {
      expect(closeness(values(real, name), values(drawn, name))).toBeGreaterThan(0.94)
      expect(difference(real, drawn, of => lagged(values(of, name), 1))).toBeLessThan(0.07)
    }
    for (const name of ['flag', 'rain']) {
      expect(difference(real, drawn, of => correlation(values(of, 'count'), values(of, name)))).toBeLessThan(0.15)
    }
    expect(values(drawn, 'count').every(Number.isInteger)).toBe(true)
  })

  it('keeps opening hours, gaps and nulls', () => {
    const random = randomStream('hours')
    const t: number[] = []
    const x: number[] = []
    for (let day = 0; day < 120; day++) {
      for (let at = 8; at < 17; at++) {
        if (day % 7 >= 5) continue
        t.push(Date.UTC(2024, 0, 1 + day, at))
        x.push(random.float() < 0.1 ? Number.NaN : random.float())
      }
    }
    const drawn = draw(fitSeries(table({ t, x }, { t: 'datetime' }), { time: 't', seed: 1 }), { seed: 2 })
    const moments = Array.from(values(drawn, 't'), time => new Date(time))
    expect(moments.filter(moment => moment.getUTCHours() < 8 || moment.getUTCHours() >= 17)).toEqual([])
    expect(moments.filter(moment => moment.getUTCDay() % 6 === 0)).toEqual([])
    const nulls = values(drawn, 'x').filter(Number.isNaN).length / drawn.rows
    expect(nulls).toBeGreaterThan(0.07)
    expect(nulls).toBeLessThan(0.13)
  })

  it('draws meters that never fall, and moments that lie after the row’s own', () => {
    const random = randomStream('meter')
    let sum = 500
    const meter = Array.from({ length: 600 }, () => (sum += random.int(9)))
    const t = meter.map((_, row) => Date.UTC(2024, 0, 1) + row * hour)
    const real = table(
      { t, meter, due: t.map(time => time + (1 + random.int(50)) * hour) },
      { t: 'datetime', due: 'datetime' },
    )
    const drawn = draw(fitSeries(real, { time: 't', seed: 1 }), { seed: 2 })
    const drawnMeter = values(drawn, 'meter')
    expect(drawnMeter.every((value, row) => row === 0 || value >= drawnMeter[row - 1]!)).toBe(true)
    expect(drawnMeter.at(-1)! / sum).toBeCloseTo(1, 0)
    expect(values(drawn, 'due').every((value, row) => value > values(drawn, 't')[row]!)).toBe(true)
  })

  it('goes over several blocks that any order of asking leaves the same', () => {
    const next = normals('long')
    const x = Array.from({ length: 500 }, () => next())
    const fitted = fitSeries(table({ t: x.map((_, row) => row), x }), { time: 't', seed: 1 })
    const forward = openSeriesSampler(fitted, { rows: 200_000, seed: 3 })
    const backward = openSeriesSampler(fitted, { rows: 200_000, seed: 3 })
    expect(forward.blocks).toBe(4)
    const all = [0, 1, 2, 3].map(index => forward.block(index))
    expect([3, 2, 1, 0].map(index => backward.block(index)).reverse()).toEqual(all)
    expect(values(all[3]!, 't').at(-1)).toBe(199_999)
  })
})

describe('operating regimes', () => {
  it('keeps their shares, how long they stay, and what sensors read in each', () => {
    const random = randomStream('regimes')
    const next = normals('regimes')
    let regime = 0
    const rows = Array.from({ length: 6000 }, () => {
      if (random.float() < 0.1) regime = random.pick([0, 0, 1, 2])
      return regime
    })
    const real = table({
      t: rows.map((_, row) => row),
      setting: rows.map(row => 10 * row + 0.01 * next()),
      speed: rows.map(row => 500 + 300 * row + 5 * next()),
      heat: rows.map(row => 90 - 20 * row + (row === 2 ? 0 : 2 * next())),
    })
    const fitted = fitSeries(real, { time: 't', seed: 1 })
    expect(fitted.regimes).toBe(3)
    const drawn = draw(fitted, { rows: 30_000, seed: 2 })
    const [inReal, inDrawn] = [real, drawn].map(of => values(of, 'setting').map(value => Math.round(value / 10)))
    const regimes = (of: Table) => (of === real ? inReal! : inDrawn!)
    for (const place of [0, 1, 2]) {
      expect(difference(real, drawn, of => regimes(of).filter(found => found === place).length / of.rows)).toBeLessThan(
        0.05,
      )
      for (const name of ['speed', 'heat']) {
        expect(
          difference(real, drawn, of => means(values(of, name), row => regimes(of)[row]!, 3)[place]!),
        ).toBeLessThan(1)
      }
    }
    expect(
      difference(
        real,
        drawn,
        of => regimes(of).filter((found, row) => row > 0 && found !== regimes(of)[row - 1]).length / of.rows,
      ),
    ).toBeLessThan(0.02)
  })
})

it('says what is wrong with a table that is no series', () => {
  const real = table({ t: [1, 2, 3], x: [1, 2, 3] })
  expect(() => fitSeries(real, { time: 'when', seed: 1 })).toThrow(expect.objectContaining({ code: 'not-found' }))
  expect(() => fitSeries(table({ t: [] }), { time: 't', seed: 1 })).toThrow(
    expect.objectContaining({ code: 'bad-input' }),
  )
  const fitted = fitSeries(real, { time: 't', seed: 1 })
  expect(() => openSeriesSampler(fitted, { entities: 2, seed: 1 })).toThrow(
    expect.objectContaining({ code: 'bad-input' }),
  )
})

it('takes any small table, and gives its columns back', () => {
  const cell = fc.oneof(
    fc.integer({ min: -3, max: 3 }),
    fc.double({ noNaN: true, min: -1e9, max: 1e9 }),
    fc.constant(Number.NaN),
  )
  const row = fc.record({
    t: fc.integer({ min: 0, max: 40 }),
    unit: fc.integer({ min: 0, max: 4 }),
    x: cell,
    y: cell,
    z: fc.integer({ min: 0, max: 1 }),
  })
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 60 }), fc.boolean(), (rows, apart) => {
      const names = ['t', 'unit', 'x', 'y', 'z'] as const
      const real = table(Object.fromEntries(names.map(name => [name, rows.map(row => row[name])])))
      const fitted = fitSeries(real, { time: 't', ...(apart ? { entity: 'unit' } : {}), seed: 1 })
      const drawn = draw(JSON.parse(JSON.stringify(fitted)), { rows: 50, seed: 2 })
      expect(drawn.columns.map(({ name }) => name)).toEqual(names)
      for (const name of ['x', 'y', 'z'] as const) {
        const known = rows.map(row => row[name]).filter(Number.isFinite)
        const reach = Math.max(1e-6, ...known.map(Math.abs))
        for (const value of values(drawn, name))
          expect(Number.isNaN(value) || Math.abs(value) <= reach * 1e3).toBe(true)
      }
    }),
    { numRuns: 60 },
  )
})
