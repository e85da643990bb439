/** Declared series as tables: the same bytes for the same seed, block by block. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type DeclaredSeries, declaredSeries, readSource } from '../../../testing/declared-series.ts'
import { mean } from '../../../testing/moments.ts'
import type { NumberColumn } from '../../table.ts'
import { openSeries } from './open-series.ts'
import { seriesSchema } from './series-schema.ts'

describe('faults within a declaration', () => {
  const declared: DeclaredSeries = {
    entities: { count: 5 },
    time: { readings: 4000, gaps: { rate: 2, length: 15 } },
    sensors: { a: { level: 20, autocorrelation: 0.7 }, b: { noise: 0.1 } },
  }
  const faults: DeclaredSeries['faults'] = [
    { kind: 'bias', column: 'a', count: 6, length: [30, 60] },
    { kind: 'stuck', column: 'b', each: 2 },
    { kind: 'delayed', column: 'a', rate: 0.3, lag: 8 },
  ]
  const clean = declaredSeries(declared)
  const faulty = declaredSeries({ ...declared, faults })

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
      declaredSeries({ sensors: { x: { noise: 0 } }, faults: [{ kind: 'bias', column: 'x', ...fault }] })
    expect(() => quiet({})).toThrow(
      expect.objectContaining({ code: 'bad-recipe', hint: expect.stringMatching(/units: own/) }),
    )
    expect(quiet({ units: 'own', size: 2, direction: 'up' }).numbers('x')).toContain(2)
  })
})

describe('blocks', () => {
  const declared: DeclaredSeries = {
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
      if (source.rows !== undefined) expect(made.reduce((sum, { rows }) => sum + rows, 0)).toBe(source.rows)
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
    const x = readSource(inOrder[0]!)
    expect(x.rows).toBe(450_000)
    // A block goes on where the one before ended.
    const values = (inOrder[0]!.block(1).columns.at(-2) as NumberColumn).values
    expect(Math.abs(values[0]! - (inOrder[0]!.block(0).columns.at(-2) as NumberColumn).values.at(-1)!)).toBeLessThan(1)
  })

  it('are as many, and in order of time, whatever is declared', () => {
    const clocks = fc.record(
      {
        start: fc.constantFrom('2026-01-01', '2025-12-31T23:00'),
        interval: fc.constantFrom('1 s', '7 min', '1 d', 'gamma(2, 300)'),
        readings: fc.integer({ min: 1, max: 300 }),
        jitter: fc.constantFrom(0, 0.5, 1),
        stagger: fc.constantFrom('1 h', '3 d'),
        gaps: fc.record({ rate: fc.constantFrom(1, 100, 1000), length: fc.constantFrom(1, 30, 'poisson(5)') }),
        calendar: fc.constantFrom<object>({ days: ['mon', 'sun'] }, { from: '22:00', to: '04:00' }),
      },
      { requiredKeys: [] },
    )
    const noises = fc.constantFrom(0, 2, 'cauchy(0, 1)', 'poisson(2)', 'exponential(3)', 'constant(1)')
    const sensor = fc.record({ noise: noises, autocorrelation: fc.constantFrom(-0.9, 0, 0.999), decimals: fc.nat(4) })
    fc.assert(
      fc.property(
        clocks,
        sensor,
        sensor,
        fc.integer({ min: 1, max: 40 }),
        fc.constantFrom(-1, -0.5, 0, 1),
        (time, a, b, count, value) => {
          const declared = {
            ...{ entities: { count, first: 1 }, time, sensors: { a, b } },
            ...{
              correlations: [{ between: ['a', 'b'], value }],
              faults: [{ kind: 'dropout', column: 'a', length: 3, count: 5 }],
            },
          } as DeclaredSeries
          const made = declaredSeries(declared)
          expect(made.rows).toBe(made.source.rows)
          const [machines, times] = [made.numbers('machine'), made.numbers('time')]
          for (let row = 1; row < made.rows; row++) {
            const same = machines[row] === machines[row - 1]
            expect(same ? times[row]! >= times[row - 1]! : machines[row]! > machines[row - 1]!).toBe(true)
          }
          for (const values of [made.numbers('b'), times]) expect(values.every(Number.isFinite)).toBe(true)
          const labelled = made.texts('fault').filter(label => label !== '').length
          expect(labelled).toBe(3 * made.tables[1]!.rows)
          expect(made.numbers('a').filter(value => Number.isNaN(value)).length).toBe(labelled)
        },
      ),
      { numRuns: 60 },
    )
  })

  it('hold many short entities at once, and keys of another table name them', () => {
    const { source, texts } = declaredSeries(
      { entities: { column: 'unit' }, time: { readings: 10 }, sensors: { x: {} } },
      { keys: ['p', 'q', 'r'], name: 'trace' },
    )
    expect([source.name, source.blocks, source.rows]).toEqual(['trace', 1, 30])
    expect(texts('unit')).toEqual(['p', 'q', 'r'].flatMap(key => Array(10).fill(key)))
  })

  it('keep what stays the same the same, in the shares declared', () => {
    const { texts, numbers } = declaredSeries({
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
