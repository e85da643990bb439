/** Correlations and constraints hold, by whatever columns they are of. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { correlationOf, declaredValues, numbers, valuesOf } from '../../testing/declared-values.ts'
import { mean } from '../../testing/moments.ts'
import type { Declaration } from './declaration.ts'
import { openDeclaration } from './open-declaration.ts'

describe('correlated columns', () => {
  it('correlate as given, whatever their distributions, and keep these', () => {
    const columns = { x: 'normal(0, 1)', y: 'gamma(2, 3)', z: 'poisson(4)', c: { values: ['low', 'mid', 'high'] } }
    const wanted = { x: { y: 0.7, z: -0.5 }, y: { z: -0.3 } }
    const all = declaredValues(
      { columns, correlated: [{ columns: ['x', 'y', 'z', 'c'], correlations: wanted }] },
      30_000,
    )
    expect(correlationOf(all['x']!, all['y']!)).toBeCloseTo(0.7, 1.6)
    expect(correlationOf(all['x']!, all['z']!)).toBeCloseTo(-0.5, 1.6)
    expect(correlationOf(all['y']!, all['z']!)).toBeCloseTo(-0.3, 1.6)
    expect(mean(numbers(all['y']!))).toBeCloseTo(6, 0.6)
    expect(mean(numbers(all['z']!))).toBeCloseTo(4, 1)
  })

  it('take the nearest where the given ones cannot be, and say so', () => {
    const columns = { x: 'normal(0, 1)', y: 'normal(0, 1)', z: 'normal(0, 1)', w: 'log-normal(0, 2)' }
    const { notes, sources } = openDeclaration(
      {
        columns,
        correlated: [
          {
            columns: ['x', 'y', 'z'],
            correlations: [
              [1, 0.9, 0.9],
              [0.9, 1, -0.9],
              [0.9, -0.9, 1],
            ],
          },
        ],
      },
      { seed: 1, rows: 20_000 },
    )
    expect(notes.join()).toMatch(/cannot hold together.*y–z -0\.\d+ instead of -0\.90/)
    const { x, y } = valuesOf(sources[0]!)
    expect(correlationOf(x!, y!)).toBeLessThan(0.75)
    const skewed = openDeclaration(
      { columns, correlated: [{ columns: ['x', 'w'], correlations: { x: { w: 0.95 } } }] },
      { seed: 1, rows: 10 },
    )
    expect(skewed.notes.join()).toContain('cannot correlate by 0.95')
  })
})

describe('constraints', () => {
  it('hold, by whatever they are', () => {
    const condition = fc.constantFrom(
      'a < b',
      'a > 0.5',
      'b between -1 and 1',
      `t != 'H'`,
      'a + b < c',
      'n >= 3',
      'c > 2.5',
    )
    fc.assert(
      fc.property(fc.uniqueArray(condition, { maxLength: 4 }), fc.nat(100), (constraints, seed) => {
        const all = declaredValues(
          {
            columns: {
              a: 'normal(0, 1)',
              b: 'a / 2 + normal(0, 1)',
              c: 'normal(1, 1)',
              n: 'poisson(2)',
              t: { values: ['L', 'H'] },
            },
            constraints,
          },
          200,
          seed,
        )
        for (let row = 0; row < 200; row++) {
          const [a, b, c, n] = ['a', 'b', 'c', 'n'].map(name => all[name]![row] as number) as [
            number,
            number,
            number,
            number,
          ]
          const tests: Record<string, boolean> = {
            'a < b': a < b,
            'a > 0.5': a > 0.5,
            'b between -1 and 1': b >= -1 && b <= 1,
            "t != 'H'": all['t']![row] !== 'H',
            'a + b < c': a + b < c,
            'n >= 3': n >= 3,
            'c > 2.5': c > 2.5,
          }
          for (const one of constraints) expect([one, tests[one]]).toEqual([one, true])
        }
      }),
      { numRuns: 30 },
    )
  })

  it('cut a distribution rather than draw it until it fits', () => {
    const values = numbers(declaredValues({ columns: { x: 'normal(0, 1)' }, constraints: ['x > 6'] })['x']!)
    expect(Math.min(...values)).toBeGreaterThan(6)
    // Beyond six deviations, the exponential tail is all there is: mean excess 1/6.
    expect(Math.abs(mean(values) - 6.162)).toBeLessThan(0.02)
  })

  it('keep values unique over all blocks', () => {
    const declaration: Declaration = {
      columns: { n: { distribution: 'discrete-uniform', min: 1, max: 300_000 } },
      key: 'n',
    }
    const values = declaredValues(declaration, 70_000)['n']!
    expect(new Set(values).size).toBe(70_000)
  })

  it('use every combination of listed values once where all are needed', () => {
    const { day, machine } = declaredValues(
      {
        columns: { day: { values: [1, 2, 3, 4, 5] }, machine: { values: ['A', 'B', 'C'] } },
        constraints: [{ unique: ['day', 'machine'] }],
      },
      15,
    )
    expect(new Set(day!.map((value, row) => `${value}${machine![row]}`)).size).toBe(15)
  })

  it('make columns add up, in whole steps', () => {
    const all = declaredValues({
      columns: {
        a: { distribution: 'gamma', shape: 1, scale: 1, decimals: 2 },
        b: { distribution: 'uniform', min: 0, max: 1, decimals: 2 },
        c: { distribution: 'constant', value: 0, decimals: 2 },
        total: { values: [100, 7.5] },
        p: 'gamma(2, 1)',
        q: 'gamma(2, 1)',
      },
      constraints: [
        { sum: ['a', 'b', 'c'], to: 'total' },
        { sum: ['p', 'q'], to: 1 },
      ],
    })
    for (let row = 0; row < 2_000; row++) {
      const [a, b, c, total, p, q] = ['a', 'b', 'c', 'total', 'p', 'q'].map(name => all[name]![row] as number)
      expect(Math.round((a! + b! + c!) * 100)).toBe(total! * 100)
      expect(p! + q!).toBeCloseTo(1, 12)
    }
  })

  it('draw listed combinations only', () => {
    const { country, city } = declaredValues({
      columns: { tall: { formula: 'height > 1.8' }, height: 'normal(1.75, 0.1)' },
      combinations: [
        {
          columns: ['country', 'city'],
          rows: [
            ['DE', 'Ulm'],
            ['DE', 'Jena'],
            ['FR', 'Lyon'],
          ],
          weights: [1, 1, 2],
        },
      ],
    })
    expect(new Set(country!.map((value, row) => `${value} ${city![row]}`))).toEqual(
      new Set(['DE Ulm', 'DE Jena', 'FR Lyon']),
    )
  })
})

describe('multinomial counts', () => {
  const declaration: Declaration = {
    columns: { order: { id: '######' }, yield: { formula: 'good / 40', decimals: 3 } },
    multinomials: [{ columns: ['good', 'scratched', 'broken'], trials: 40, weights: [7, 2, 1] }],
  }

  it('add up in each row, by their weights, and go on into formulas', () => {
    const { good, scratched, broken, ...others } = declaredValues(declaration, 70_000)
    for (let row = 0; row < 70_000; row++) {
      const [first, second, third] = [good, scratched, broken].map(column => column![row] as number)
      if (first! + second! + third! !== 40) expect.fail(`row ${row}`)
    }
    // Four standard errors of the share: 4 √(p (1 − p) / 2 800 000).
    expect(Math.abs(mean(numbers(good!)) / 40 - 0.7)).toBeLessThan(0.0012)
    expect(Math.abs(mean(numbers(scratched!)) / 40 - 0.2)).toBeLessThan(0.0012)
    expect(correlationOf(good!, scratched!)).toBeCloseTo(-Math.sqrt((0.7 * 0.2) / (0.3 * 0.8)), 1.5)
    expect(others['yield']!.slice(0, 100)).toEqual(good!.slice(0, 100).map(count => (count as number) / 40))
  })

  it('are the same for the same seed, in each block by itself, and others for another', () => {
    const open = (seed: number) => openDeclaration(declaration, { seed, rows: 70_000 }).sources[0]!
    expect(open(5).block(1)).toEqual(open(5).block(1))
    expect(valuesOf(open(5))['good']).toEqual(valuesOf(open(5))['good'])
    expect(valuesOf(open(6))['good']).not.toEqual(valuesOf(open(5))['good'])
  })

  it('fulfil conditions and still add up', () => {
    const { good, scratched, broken } = declaredValues({
      ...declaration,
      constraints: ['broken > 0', { unique: ['order', 'good'] }],
    })
    expect(Math.min(...numbers(broken!))).toBe(1)
    for (const [row, count] of numbers(good!).entries())
      expect(count + (scratched![row] as number) + (broken![row] as number)).toBe(40)
  })
})
