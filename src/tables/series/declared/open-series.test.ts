import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import type { BlockSource, CategoryColumn, NumberColumn } from '../../table.ts'
import { openSeries, type SeriesOptions } from './open-series.ts'
import { seriesSchema } from './series-schema.ts'

type Declared = z.input<typeof seriesSchema>
const minute = 60_000

function open(declared: Declared, options: Partial<SeriesOptions> = {}) {
  const { sources, notes } = openSeries(seriesSchema.parse(declared), { seed: 1, ...options })
  return { sources, notes, ...readings(sources[0]!), tables: sources.map(readings) }
}

/** All blocks of a source, column by column. */
function readings(source: BlockSource) {
  const blocks = Array.from({ length: source.blocks }, (_, index) => source.block(index))
  const at = (name: string) => source.columns.findIndex(column => column.name === name)
  const known = new Map<string, unknown>()
  const once = <T>(name: string, read: () => T[]): T[] => {
    if (!known.has(name)) known.set(name, read())
    return known.get(name) as T[]
  }
  return {
    source,
    rows: blocks.reduce((sum, { rows }) => sum + rows, 0),
    numbers: (name: string) =>
      once(name, () => blocks.flatMap(({ columns }) => [...(columns[at(name)] as NumberColumn).values])),
    texts: (name: string) =>
      once(name, () =>
        blocks.flatMap(({ columns }) => {
          const { codes, dictionary } = columns[at(name)] as CategoryColumn
          return Array.from(codes, code => (code < 0 ? '' : dictionary[code]!))
        }),
      ),
  }
}

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
function variance(values: number[]) {
  const center = mean(values)
  return mean(values.map(value => (value - center) ** 2))
}
function correlation(a: number[], b: number[]) {
  const [ma, mb] = [mean(a), mean(b)]
  return mean(a.map((value, at) => (value - ma) * (b[at]! - mb))) / Math.sqrt(variance(a) * variance(b))
}
const lag = (values: number[]) => correlation(values.slice(1), values.slice(0, -1))
const differences = (values: number[]) => values.slice(1).map((value, at) => value - values[at]!)

describe('time', () => {
  it('is regular from the start on, with the type that suits it', () => {
    const days = open({ time: { start: '2026-03-01', interval: '1 d', readings: 4 }, sensors: { x: {} } })
    expect(days.numbers('time')).toEqual([0, 1, 2, 3].map(day => Date.UTC(2026, 2, 1 + day)))
    expect(days.source.columns[0]).toMatchObject({ type: 'date' })
    const cycles = open({ time: { column: 'cycle', start: 1, readings: 3 }, sensors: { x: {} } })
    expect(cycles.numbers('cycle')).toEqual([1, 2, 3])
    expect(cycles.source.columns[0]).toMatchObject({ type: 'integer' })
    const zoned = open({
      time: { start: '2026-03-01T06:00+02:00', interval: '90 s', until: '2026-03-01T04:03' },
      sensors: { x: {} },
    })
    expect(zoned.numbers('time')).toEqual([0, 90, 180].map(second => Date.UTC(2026, 2, 1, 4) + 1000 * second))
  })

  it('jitters within its share, in order', () => {
    const times = open({ time: { interval: '10 min', jitter: 0.6, readings: 2000 }, sensors: { x: {} } }).numbers(
      'time',
    )
    const off = times.map((time, at) => (time - Date.UTC(2026, 0, 1)) / minute - 10 * at)
    expect(Math.max(...off.map(Math.abs))).toBeLessThanOrEqual(3.01)
    expect(Math.max(...off)).toBeGreaterThan(2.8)
    expect(Math.min(...differences(times))).toBeGreaterThan(0)
  })

  it('is irregular where the interval is a distribution', () => {
    const times = open({ time: { interval: 'exponential(60)', readings: 5000 }, sensors: { x: {} } }).numbers('time')
    const gaps = differences(times).map(gap => gap / 1000)
    expect(mean(gaps)).toBeGreaterThan(55)
    expect(mean(gaps)).toBeLessThan(65)
    expect(Math.sqrt(variance(gaps)) / mean(gaps)).toBeGreaterThan(0.9)
  })

  it('loses readings in gaps, and values go on behind them as if nothing were lost', () => {
    const sensors = { x: { autocorrelation: 0.9 } }
    const whole = open({ time: { readings: 5000 }, sensors })
    const torn = open({ time: { readings: 5000, gaps: { rate: 5, length: 20 } }, sensors })
    expect(torn.rows).toBe(torn.source.rows)
    expect(torn.rows).toBeLessThan(4800)
    expect(torn.rows).toBeGreaterThan(4000)
    const lost = differences(torn.numbers('time')).filter(gap => gap > minute)
    for (const gap of lost) expect((gap / minute - 1) % 20).toBe(0)
    const places = torn.numbers('time').map(time => (time - Date.UTC(2026, 0, 1)) / minute)
    expect(torn.numbers('x')).toEqual(places.map(place => whole.numbers('x')[place]!))
  })

  it('keeps to a calendar, night shifts too', () => {
    const read = (calendar: NonNullable<NonNullable<Declared['time']>['calendar']>) =>
      open({ time: { start: '2026-01-01', interval: '1 h', readings: 500, calendar }, sensors: { x: {} } })
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
      () => open({ time: { interval: '1 d', calendar: { from: '08:00', to: '09:00' } }, sensors: { x: {} } }).rows,
    ).toThrow(/lets no reading through/)
  })
})

describe('a sensor', () => {
  it('has the noise declared: distribution, autocorrelation and correlation of values, whatever the distributions', () => {
    const { numbers, notes } = open({
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
    expect(lag(normal)).toBeCloseTo(0.8, 1)
    expect(Math.abs(lag(gamma) - 0.6)).toBeLessThan(0.04)
    expect(Math.abs(lag(counts) - 0.3)).toBeLessThan(0.03)
    expect(Math.abs(lag(apart))).toBeLessThan(0.02)
    expect(Math.abs(correlation(normal, gamma) - 0.5)).toBeLessThan(0.04)
    expect(Math.abs(correlation(gamma, counts) + 0.3)).toBeLessThan(0.04)
    expect(Math.abs(correlation(normal, apart))).toBeLessThan(0.03)
  })

  it('says which correlations could not be had, and takes the nearest', () => {
    const { notes, numbers } = open({
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
    const memories = open({
      sensors: { quick: {}, slow: { autocorrelation: 0.99 } },
      correlations: [{ between: ['quick', 'slow'], value: 0.9 }],
    })
    expect(memories.notes).toEqual([expect.stringMatching(/quick and slow 0\.9 → 0\.1/)])
  })

  it('follows level, trend, seasons and limits', () => {
    const { numbers } = open({
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
    const { source, numbers } = open({
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

describe('regimes', () => {
  const declared: Declared = {
    entities: { count: 4 },
    time: { interval: '1 min', readings: 20_000 },
    regimes: {
      states: {
        running: { lasts: '40 min', next: { idle: 3, stopped: 1 } },
        idle: { lasts: '10 min', next: { running: 1 } },
        stopped: { lasts: '5 min', next: { running: 1 } },
      },
    },
    sensors: {
      power: {
        level: { distribution: 'normal', mean: 100, sd: 5 },
        regimes: { idle: 'normal(30, 5)', stopped: { level: 0, noise: 0 } },
        noise: 1,
      },
      heat: { level: 80, regimes: { stopped: 20 }, settle: '10 min', noise: 0 },
    },
  }
  const { texts, numbers } = open(declared)
  const regimes = texts('regime')

  it('last and follow one another as declared', () => {
    const share = (name: string) => regimes.filter(regime => regime === name).length / regimes.length
    // Of 4 visits to running, 3 go to idle and 1 to stopped: 160, 30 and 5 minutes.
    expect(Math.abs(share('running') - 160 / 195)).toBeLessThan(0.02)
    expect(Math.abs(share('idle') - 30 / 195)).toBeLessThan(0.02)
    const follows = regimes
      .slice(1)
      .flatMap((regime, at) => (regimes[at] === regime ? [] : [`${regimes[at]} ${regime}`]))
    const direct = ['running idle', 'running stopped', 'idle running', 'stopped running']
    // What lasts less than a reading is passed over.
    expect(follows.filter(each => direct.includes(each)).length / follows.length).toBeGreaterThan(0.9)
  })

  it('set the level of each sensor, and an entity that lies high in one lies high in all', () => {
    const machines = texts('machine')
    const of = (regime: string, machine: string) =>
      mean(numbers('power').filter((_, row) => regimes[row] === regime && machines[row] === machine))
    const names = [...new Set(machines)]
    expect(names).toEqual(['M-001', 'M-002', 'M-003', 'M-004'])
    for (const name of names) {
      expect(of('stopped', name)).toBe(0)
      expect(of('running', name) - of('idle', name)).toBeCloseTo(70, 0)
    }
    expect(new Set(names.map(name => Math.round(of('running', name)))).size).toBeGreaterThan(1)
  })

  it('are followed slowly where a sensor settles', () => {
    const heat = numbers('heat')
    const machines = texts('machine')
    for (let row = 1; row < heat.length; row++) {
      if (machines[row] !== machines[row - 1]) continue
      const target = regimes[row] === 'stopped' ? 20 : 80
      expect(Math.abs(heat[row]! - (heat[row - 1]! + (target - heat[row - 1]!) * (1 - Math.exp(-0.1))))).toBeLessThan(
        0.002,
      )
    }
  })
})

describe('a life', () => {
  const declared: Declared = {
    entities: { column: 'engine', count: 300, first: 1 },
    time: { column: 'cycle', start: 1 },
    life: { length: 'normal(200, 40)', initial: 'uniform(0, 0.2)', most: 125 },
    sensors: { t: { level: 600, wear: 20, noise: 0.5, decimals: 3 } },
  }
  const { numbers, source } = open(declared)
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
    const seen = open({ ...declared, life: { length: 100, seen: 'uniform(0.3, 0.9)' } })
    const left = seen.numbers('remaining_life')
    const cycles = seen.numbers('cycle')
    cycles.forEach((cycle, row) => void expect(left[row]).toBe(100 - cycle))
    expect(Math.max(...cycles)).toBeLessThanOrEqual(90)
    expect(Math.max(...cycles)).toBeGreaterThan(85)
  })
})

describe('events', () => {
  const { tables, numbers, texts } = open({
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

describe('faults within a declaration', () => {
  const declared: Declared = {
    entities: { count: 5 },
    time: { readings: 4000, gaps: { rate: 2, length: 15 } },
    sensors: { a: { level: 20, autocorrelation: 0.7 }, b: { noise: 0.1 } },
  }
  const faults: Declared['faults'] = [
    { kind: 'bias', column: 'a', count: 6, length: [30, 60] },
    { kind: 'stuck', column: 'b', each: 2 },
    { kind: 'delayed', column: 'a', rate: 0.3, lag: 8 },
  ]
  const clean = open(declared)
  const faulty = open({ ...declared, faults })

  it('are where labels and intervals say, and nowhere else', () => {
    const [machine, time, label] = [faulty.texts('machine'), faulty.numbers('time'), faulty.texts('fault')]
    const intervals = faulty.tables[1]!
    expect(intervals.source.name).toBe('series_faults')
    expect(intervals.rows).toBe(6 + 10 + 6)
    expect(intervals.rows).toBe(intervals.source.rows)
    const expected: string[][] = machine.map(() => [])
    const names = intervals.texts('machine')
    for (let at = 0; at < intervals.rows; at++) {
      const inside = machine.flatMap((own, row) =>
        own === names[at] && time[row]! >= intervals.numbers('from')[at]! && time[row]! <= intervals.numbers('to')[at]!
          ? [row]
          : [],
      )
      expect(inside).toHaveLength(intervals.numbers('readings')[at]!)
      const [kind, sensor] = [intervals.texts('fault')[at]!, intervals.texts('sensor')[at]!]
      const [before, after] = [clean.numbers(sensor), faulty.numbers(sensor)]
      const magnitude = intervals.numbers('magnitude')[at]!
      for (const row of inside) {
        expected[row]!.push(`${kind}:${sensor}`)
        if (kind === 'bias') expect(after[row]! - before[row]!).toBeCloseTo(magnitude, 1)
        if (kind === 'stuck') expect(after[row]).toBe(before[inside[0]!])
        if (kind === 'delayed') expect(after[row]).toBe(before[row - 8])
      }
    }
    expect(label).toEqual(expected.map(labels => labels.sort().join(' + ')))
    for (const sensor of ['a', 'b'])
      clean.numbers(sensor).forEach((value, row) => {
        if (!label[row]!.includes(`:${sensor}`)) expect(Object.is(faulty.numbers(sensor)[row], value)).toBe(true)
      })
  })

  it('ask for a size in the unit of the sensor where there is no noise', () => {
    const quiet = (fault: object) =>
      open({ sensors: { x: { noise: 0 } }, faults: [{ kind: 'bias', column: 'x', ...fault }] })
    expect(() => quiet({})).toThrow(
      expect.objectContaining({ code: 'bad-recipe', hint: expect.stringMatching(/units: own/) }),
    )
    expect(quiet({ units: 'own', size: 2, direction: 'up' }).numbers('x')).toContain(2)
  })
})

describe('blocks', () => {
  const declared: Declared = {
    entities: { count: 3, columns: { site: { values: { North: 3, South: 1 } }, age: 'uniform(1, 9)' } },
    time: { readings: 150_000, jitter: 0.2 },
    regimes: { states: { on: { lasts: '2 h' }, off: { lasts: '30 min' } } },
    sensors: { x: { autocorrelation: 0.99, missing: 0.01, regimes: { off: -5 } } },
    faults: [{ kind: 'drift', column: 'x', each: 3, length: 500 }],
    events: { stop: { cause: 'regime', regime: 'off' } },
  }
  const opened = () => openSeries(seriesSchema.parse(declared), { seed: 7 }).sources

  it('depend on their number alone, and have the columns that the source says', () => {
    const [inOrder, atRandom] = [opened(), opened()]
    inOrder.forEach((source, place) => {
      expect(source.blocks).toBe(place === 0 ? 9 : 3)
      const made = Array.from({ length: source.blocks }, (_, index) => source.block(index))
      for (const index of [4, 1, 2, 8, 0, 2].filter(each => each < source.blocks))
        expect(atRandom[place]!.block(index)).toEqual(made[index])
      for (const { columns, rows } of made) {
        expect(columns.map(({ storage, name, type }) => ({ storage, name, type }))).toEqual(
          source.columns.map(({ storage, name, type }) => ({ storage, name, type })),
        )
        columns.forEach((column, at) => {
          expect(column.storage === 'codes' ? column.codes : column.values).toHaveLength(rows)
          const header = source.columns[at]!
          if (column.storage === 'codes' && header.storage === 'codes')
            expect(column.dictionary).toBe(header.dictionary)
        })
      }
    })
    const x = readings(inOrder[0]!)
    expect(x.rows).toBe(450_000)
    // A block goes on where the one before ended.
    const values = (inOrder[0]!.block(1).columns.at(-2) as NumberColumn).values
    expect(Math.abs(values[0]! - (inOrder[0]!.block(0).columns.at(-2) as NumberColumn).values.at(-1)!)).toBeLessThan(1)
  })

  it('hold many short entities at once, and keys of another table name them', () => {
    const { source, texts } = open(
      { entities: { column: 'unit' }, time: { readings: 10 }, sensors: { x: {} } },
      { keys: ['p', 'q', 'r'], name: 'trace' },
    )
    expect([source.name, source.blocks, source.rows]).toEqual(['trace', 1, 30])
    expect(texts('unit')).toEqual(['p', 'q', 'r'].flatMap(key => Array(10).fill(key)))
  })

  it('keep what stays the same the same, in the shares declared', () => {
    const { texts, numbers } = open({
      entities: { count: 2000, columns: { site: { values: { North: 3, South: 1 } }, age: 'uniform(1, 9)' } },
      time: { readings: 2 },
      sensors: { x: {} },
    })
    const [sites, ages] = [texts('site'), numbers('age')]
    for (let row = 0; row < sites.length; row += 2)
      expect([sites[row], ages[row]]).toEqual([sites[row + 1], ages[row + 1]])
    expect(Math.abs(sites.filter(site => site === 'North').length / sites.length - 0.75)).toBeLessThan(0.03)
    expect(Math.abs(mean(ages) - 5)).toBeLessThan(0.2)
  })
})

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
    [{ time: { readings: 5 }, life: { length: 9 } }, /give one of readings, until and life/],
    [{ time: { column: 'x' } }, /two columns are called “x”/],
    [{ events: { a: { cause: 'sensor', sensor: 'x' } } }, /events.a: give one of above and below/],
    [{ faults: [{ kind: 'drift', column: 'y' }] }, /faults.0.column: there is no sensor “y”/],
    [{ sensors: { x: { noise: 'normal(0, -1)' } } }, /sensors.x.noise: /],
    [{ sensor: {} }, /sensor/],
  ])('is told where and why: %j', (declared, message) => {
    expect(messages(declared)?.join('\n')).toMatch(message)
  })
})
