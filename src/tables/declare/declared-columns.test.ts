/** What each kind of column promises. */
import { allLocales } from '@faker-js/faker'
import { describe, expect, it } from 'vitest'
import {
  correlationOf,
  declaredColumn,
  declaredValues,
  deviation,
  numbers,
  type Value,
} from '../../testing/declared-values.ts'
import { mean } from '../../testing/moments.ts'
import type { Declaration } from './declaration.ts'
import { localeNames } from './locale-names.ts'
import { loadLocales } from './locales.ts'
import { openDeclaration } from './open-declaration.ts'

describe('columns', () => {
  it('are a distribution, in one line or several', () => {
    const values = numbers(declaredColumn('normal(10, 2)', 20_000))
    expect(Math.abs(mean(values) - 10)).toBeLessThan(0.06)
    expect(Math.abs(deviation(values) - 2)).toBeLessThan(0.05)
    expect(declaredColumn({ distribution: 'normal', mean: 10, sd: 2 }, 20_000)).toEqual(values)
  })

  it('round and clip', () => {
    const values = numbers(declaredColumn({ distribution: 'normal', mean: 0, sd: 5, decimals: 1, clip: [-2, null] }))
    expect(Math.min(...values)).toBe(-2)
    expect(values.every(value => Number((value * 10).toFixed(6)) % 1 === 0)).toBe(true)
  })

  it('are listed values by weight', () => {
    const values = declaredColumn({ values: { L: 60, M: 30, H: 10, never: 0 } }, 20_000)
    const share = (wanted: string) => values.filter(value => value === wanted).length / values.length
    expect(Math.abs(share('L') - 0.6)).toBeLessThan(0.02)
    expect(Math.abs(share('H') - 0.1)).toBeLessThan(0.02)
    expect(share('never')).toBe(0)
    expect(new Set(declaredColumn({ values: [1, 2.5], weights: [1, 1] }))).toEqual(new Set([1, 2.5]))
  })

  it('are ids of which none comes twice', () => {
    const ids = declaredColumn({ id: 'A-##' }, 100)
    expect(new Set(ids).size).toBe(100)
    expect(ids.every(id => /^A-\d\d$/.test(id as string))).toBe(true)
    const uuids = declaredColumn({ id: 'uuid' })
    expect(new Set(uuids).size).toBe(uuids.length)
    const shape = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
    expect(uuids.every(uuid => shape.test(uuid as string))).toBe(true)
  })

  it('are times within a calendar, every moment of which comes up', () => {
    const calendar = { weekdays: ['mon', 'sat'], holidays: ['2026-01-05'], hours: ['22:00', '02:00'] } as const
    const values = numbers(declaredColumn({ datetime: { from: '2026-01-01', to: '2026-01-31', calendar } }))
    const open = values
      .map(ms => new Date(ms - 2 * 3_600_000))
      .every(date => {
        // Two hours earlier, the night is on the day it began, from 20:00.
        return [1, 6].includes(date.getUTCDay()) && date.getUTCHours() >= 20 && date.getUTCDate() !== 5
      })
    expect(open).toBe(true)
    expect(new Set(values.map(ms => new Date(ms).getUTCHours()))).toEqual(new Set([22, 23, 0, 1]))
  })

  it('are regular times that leave out what is closed, and ordered times', () => {
    const times = numbers(
      declaredColumn(
        {
          datetime: {
            from: '2026-01-02',
            every: '4 h',
            calendar: { weekdays: ['fri', 'mon'], hours: ['08:00', '16:00'] },
          },
        },
        5,
      ),
    )
    expect(times.map(ms => new Date(ms).toISOString().slice(0, 16))).toEqual([
      '2026-01-02T08:00',
      '2026-01-02T12:00',
      '2026-01-05T08:00',
      '2026-01-05T12:00',
      '2026-01-09T08:00',
    ])
    const ordered = numbers(declaredColumn({ datetime: { from: '2026-01-01', to: '2026-12-31', ordered: true } }))
    expect(ordered).toEqual(ordered.toSorted((a, b) => a - b))
  })

  it('tell which shift a time is in', () => {
    const { at, shift } = declaredValues({ columns: { at: { time: {} }, shift: { shift: 'at' } } })
    at!.forEach((ms, row) => {
      const hour = (ms as number) / 3_600_000
      expect(shift![row]).toBe(hour < 6 || hour >= 22 ? 'night' : hour < 14 ? 'early' : 'late')
    })
  })

  it('are texts with slots', () => {
    const { n, x, text } = declaredValues({
      columns: {
        n: { sequence: 1 },
        x: 'normal(0, 1)',
        text: { template: "{{{pad(n, 4)}}}: {round(x, 2)}{if(x > 0, '}', '-')}" },
      },
    })
    expect(text![0]).toBe(
      `{0001}: ${(Math.round((x![0] as number) * 100) / 100).toFixed(2)}${(x![0] as number) > 0 ? '}' : '-'}`,
    )
    expect(n).toHaveLength(2_000)
    const several = declaredColumn({ template: ['a', 'b', 'c'] })
    expect(new Set(several)).toEqual(new Set(['a', 'b', 'c']))
  })

  it('are formulas, with noise', () => {
    const { x, y } = declaredValues({ columns: { y: '20 + 3 * x + normal(0, 0.5)', x: 'uniform(0, 10)' } }, 20_000)
    const noise = y!.map((value, row) => (value as number) - 20 - 3 * (x![row] as number))
    expect(Math.abs(deviation(noise) - 0.5)).toBeLessThan(0.02)
    expect(Math.abs(correlationOf(noise, x!))).toBeLessThan(0.03)
  })

  it('draw by parameters of the row', () => {
    const { m, n } = declaredValues({ columns: { m: { values: [1, 50] }, n: 'poisson(m)' } }, 20_000)
    for (const wanted of [1, 50]) {
      const own = numbers(n!.filter((_, row) => m![row] === wanted))
      expect(Math.abs(mean(own) - wanted)).toBeLessThan(0.3)
      expect(Math.abs(deviation(own) ** 2 - wanted) / wanted).toBeLessThan(0.1)
    }
  })

  it('are one thing or another by the value of a column', () => {
    const { t, x } = declaredValues({
      columns: {
        t: { values: ['L', 'M', 'H'] },
        x: { by: 't', cases: { L: 'uniform(0, 1)', M: 'uniform(5, 6)' }, otherwise: '-1' },
      },
    })
    t!.forEach((value, row) => {
      const low = value === 'L' ? 0 : value === 'M' ? 5 : -1
      expect(x![row]).toBeGreaterThanOrEqual(low)
      expect(x![row]).toBeLessThanOrEqual(low + 1)
    })
  })

  it('lose values at random, or as the row says', () => {
    const share = (values: Value[]) => values.filter(value => value === null).length / values.length
    expect(Math.abs(share(declaredColumn({ distribution: 'normal', missing: 0.2 }, 20_000)) - 0.2)).toBeLessThan(0.01)
    const { x, age } = declaredValues(
      { columns: { age: 'uniform(0, 100)', x: { value: 'a', missing: 'if(age > 60, 0.5, 0)' } } },
      20_000,
    )
    expect(share(x!.filter((_, row) => (age![row] as number) <= 60))).toBe(0)
    expect(Math.abs(share(x!.filter((_, row) => (age![row] as number) > 60)) - 0.5)).toBeLessThan(0.02)
    expect(
      numbers(declaredColumn({ distribution: 'normal', missing: 'x > 1' }).filter(value => value !== null)).every(
        value => value <= 1,
      ),
    ).toBe(true)
  })

  it('are not written where hidden, and still of use', () => {
    const all = declaredValues({ columns: { h: { value: 4, hidden: true }, x: 'h * 2' } }, 3)
    expect(all).toEqual({ x: [8, 8, 8] })
  })
})

describe('made-up people', () => {
  const people: Declaration = {
    columns: {
      name: { fake: 'name', locale: 'de' },
      last: { fake: 'last name', locale: 'de' },
      email: { fake: 'email', locale: 'de' },
      other: { fake: 'last name', locale: 'de', of: 'contact' },
      city: { fake: 'city', locale: 'ja' },
    },
  }

  it('have an address that fits their name, and that reaches nobody', async () => {
    await loadLocales(people)
    const { name, last, email, other, city } = declaredValues(people, 300)
    for (const [row, one] of last!.entries()) expect(name![row]).toContain(one as string)
    expect(email!.every(one => /@example\.(com|org|net)$/.test(one as string))).toBe(true)
    const plain = last!
      .map((one, row) => [one as string, email![row] as string])
      .filter(([one]) => /^[A-Za-z]+$/.test(one!))
    expect(plain.length).toBeGreaterThan(100)
    for (const [one, address] of plain) expect(address).toContain(`.${one!.toLowerCase()}`)
    expect(other).not.toEqual(last)
    expect(city!.every(one => /[\u3040-\u9fff]/.test(one as string))).toBe(true)
    expect(declaredValues(people, 300)).toEqual(declaredValues(people, 300))
  })
})

it('knows the locales that there are', () => {
  const jests = ['base', 'en_AU_ocker', 'en_BORK']
  expect([...localeNames]).toEqual(Object.keys(allLocales).filter(name => !jests.includes(name)))
})

it('says so where a locale has no words for a column', async () => {
  const declaration: Declaration = { columns: { x: { fake: 'postcode', locale: 'en_HK' } } }
  await loadLocales(declaration)
  expect(() => openDeclaration(declaration, { seed: 1 })).toThrow('columns.x: the locale “en_HK” has no postcode')
})
