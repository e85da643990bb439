/** Tests of what is recognised, kept and left out when a table is learned. */
import { expect, it } from 'vitest'
import { CultivarError } from '../../model/error.ts'
import { randomStream } from '../../stats/random-stream.ts'
import type { CategoryColumn, Column, NumberColumn, Table, TextColumn } from '../table.ts'
import { fitTable } from './fit-table.ts'
import type { FitTableOptions } from './fit-table-options.ts'
import { openTableSampler } from './sample-table.ts'

const random = randomStream('rows')
const rows = 2000
const day = 86_400_000
const each = <Value>(make: (row: number) => Value) => Array.from({ length: rows }, (_, row) => make(row))

function numbers(name: string, type: NumberColumn['type'], values: number[]): NumberColumn {
  return { storage: 'numbers', name, type, values: Float64Array.from(values) }
}
function texts(name: string, values: (string | null)[]): TextColumn {
  return { storage: 'texts', name, type: 'text', values }
}
function categories(name: string, values: string[]): CategoryColumn {
  const dictionary = [...new Set(values)]
  return {
    storage: 'codes',
    name,
    type: 'category',
    codes: Int32Array.from(values, text => dictionary.indexOf(text)),
    dictionary,
  }
}
function table(...columns: Column[]): Table {
  const [first] = columns as [Column]
  return { name: 'plant', rows: first.storage === 'codes' ? first.codes.length : first.values.length, columns }
}
function drawn(source: Table, options: Partial<FitTableOptions> = {}, count = rows): Table {
  const fitted = JSON.parse(JSON.stringify(fitTable(source, { seed: 1, ...options })))
  return openTableSampler(fitted, { rows: count, seed: 2 }).block(0)
}
function column(of: Table, name: string): Column {
  return of.columns.find(one => one.name === name)!
}
const numbersOf = (of: Table, name: string) => (column(of, name) as NumberColumn).values
const textsIn = (of: Table, name: string) => (column(of, name) as TextColumn).values
const categoriesOf = (of: Table, name: string) => {
  const { codes, dictionary } = column(of, name) as CategoryColumn
  return Array.from(codes, code => (code < 0 ? null : dictionary[code]!))
}

const kinds = each(() => random.pick(['L', 'L', 'L', 'M', 'M', 'H']))

it('writes new ids of the pattern, all different, whose letter still follows from its column', () => {
  const ids = each(row => `${kinds[row]}${10_000 + random.int(90_000)}`)
  const made = drawn(
    table(
      categories('kind', kinds),
      texts(
        'code',
        [...new Set(ids)].length === rows ? ids : ids.map((id, row) => id.slice(0, 2) + String(row).padStart(4, '0')),
      ),
    ),
  )
  const codes = textsIn(made, 'code') as string[]
  expect(new Set(codes).size).toBe(rows)
  expect(codes.every(code => /^[LMH]\d{5}$/.test(code))).toBe(true)
  expect(codes.map(code => code[0])).toEqual(categoriesOf(made, 'kind'))
})

it('numbers on where a column numbers the rows, over all blocks', () => {
  const fitted = fitTable(
    table(
      numbers(
        'id',
        'integer',
        each(row => row + 1),
      ),
      categories('kind', kinds),
    ),
    { seed: 1 },
  )
  const source = openTableSampler(fitted, { rows: 70_000, seed: 2 })
  expect(numbersOf(source.block(1), 'id')[0]).toBe(65_537)
})

it('writes personal data and free text anew, and none of what was there', () => {
  const names = each(
    () =>
      `${random.pick(['Anna', 'John', 'Maria', 'Peter', 'Elena'])} ${random.pick(['Quillfeather', 'Oakenbrook', 'Marshbank'])}`,
  )
  const source = table(
    texts('name', names),
    texts(
      'contact',
      each(row => `person${row}@works.test`),
    ),
    texts(
      'phone',
      each(() => `+49 30 ${1_000_000 + random.int(8_999_999)}`),
    ),
    texts(
      'remark',
      each(row => (row % 4 === 0 ? null : `Bearing ${row} ran hot after the night shift of team ${row % 7}`)),
    ),
  )
  const made = drawn(source)
  for (const name of ['name', 'contact', 'phone', 'remark']) {
    const real = new Set(textsIn(source, name))
    expect(textsIn(made, name).filter(text => text !== null && real.has(text))).toEqual([])
  }
  expect(textsIn(made, 'phone').every(text => /^\+\d\d \d\d \d{7}$/.test(text!))).toBe(true)
  expect(new Set(textsIn(made, 'contact')).size).toBe(rows)
  const nulls = textsIn(made, 'remark').filter(text => text === null).length
  expect(Math.abs(nulls / rows - 0.25)).toBeLessThan(0.05)
})

it('keeps the hours of moments', () => {
  const made = drawn(
    table(
      numbers(
        'at',
        'datetime',
        each(row => (19_000 + (row % 400)) * day + (8 + random.int(9)) * 3_600_000),
      ),
    ),
  )
  const hours = Array.from(numbersOf(made, 'at'), ms => Math.floor((ms % day) / 3_600_000))
  expect(Math.min(...hours)).toBeGreaterThanOrEqual(8)
  expect(Math.max(...hours)).toBeLessThanOrEqual(16)
})

it('finds and keeps what is at most another column, follows from one, or is a sum', () => {
  const begun = each(() => (19_000 + random.int(500)) * day)
  const net = each(() => random.int(10_000) / 100)
  const tax = each(row => Math.round(net[row]! * (row % 2 === 0 ? 7 : 19)) / 100)
  const source = table(
    numbers('begun', 'date', begun),
    numbers(
      'ended',
      'date',
      each(row => (row % 9 === 0 ? Number.NaN : begun[row]! + random.int(300) * day)),
    ),
    numbers('net', 'decimal', net),
    numbers('tax', 'decimal', tax),
    numbers(
      'gross',
      'decimal',
      each(row => Math.round((net[row]! + tax[row]!) * 100) / 100),
    ),
    categories('kind', kinds),
    numbers(
      'power',
      'integer',
      kinds.map(kind => ({ L: 10, M: 20, H: 55 })[kind]!),
    ),
  )
  const { constraints, notes } = fitTable(source, { seed: 1 })
  expect(constraints).toContainEqual({ kind: 'at-most', low: 'begun', high: 'ended', learned: true })
  expect(constraints).toContainEqual({ kind: 'sum', parts: ['net', 'tax'], total: 'gross', learned: true })
  expect(constraints).toContainEqual({ kind: 'combinations', columns: ['kind', 'power'], learned: true })
  expect(notes).toContain('Found: “power” follows from “kind”. It is kept.')
  const made = drawn(source)
  const [from, to] = [numbersOf(made, 'begun'), numbersOf(made, 'ended')]
  expect(from.every((value, row) => !(value > to[row]!))).toBe(true)
  expect(Math.abs(to.filter(Number.isNaN).length / rows - 1 / 9)).toBeLessThan(0.03)
  const [a, b, sum] = ['net', 'tax', 'gross'].map(name => numbersOf(made, name)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ]
  expect(sum.every((value, row) => Math.abs(value - a[row]! - b[row]!) < 1e-9)).toBe(true)
  const power = numbersOf(made, 'power')
  expect(categoriesOf(made, 'kind').every((kind, row) => power[row] === { L: 10, M: 20, H: 55 }[kind!])).toBe(true)
})

it('keeps given constraints: combinations, sums to a number, ranges', () => {
  const source = table(
    ...['a', 'b', 'c'].map(name =>
      numbers(
        name,
        'integer',
        each(() => random.int(50)),
      ),
    ),
    texts(
      'town',
      each(row => ['Rome', 'Bonn', 'Nice'][row % 3]!),
    ),
    texts(
      'side',
      each(row => ['east', 'west'][(row % 3) % 2]!),
    ),
    numbers(
      'load',
      'decimal',
      each(() => random.float() * 10),
    ),
  )
  const made = drawn(source, {
    constraints: [
      { kind: 'sum', parts: ['a', 'b', 'c'], total: 100 },
      { kind: 'combinations', columns: ['town', 'side'] },
      { kind: 'range', column: 'load', max: 6 },
    ],
  })
  const parts = ['a', 'b', 'c'].map(name => numbersOf(made, name))
  expect(parts[0]!.every((_, row) => parts.reduce((sum, part) => sum + part[row]!, 0) === 100)).toBe(true)
  const pairs = new Set(categoriesOf(made, 'town').map((town, row) => `${town} ${categoriesOf(made, 'side')[row]}`))
  expect([...pairs].sort()).toEqual(['Bonn west', 'Nice east', 'Rome east'])
  expect(Math.max(...numbersOf(made, 'load'))).toBe(6)
})

it('merges rare categories and says so', () => {
  const makers = each(row => (row < 6 ? `maker ${row}` : ['Borg', 'Wells'][row % 2]!))
  const source = table(
    texts('maker', makers),
    numbers(
      'x',
      'integer',
      each(() => random.int(5)),
    ),
  )
  const { notes } = fitTable(source, { seed: 1, privacy: { mergeBelow: 5 } })
  expect(notes).toContain('“maker”: 6 categories of few rows became “other”.')
  expect(new Set(categoriesOf(drawn(source, { privacy: { mergeBelow: 5 } }), 'maker'))).toEqual(
    new Set(['Borg', 'Wells', 'other']),
  )
})

it('draws no number that was there if none shall be, and says where that cannot be', () => {
  const source = table(
    numbers(
      'pay',
      'integer',
      each(() => 20_000 + random.int(900_000)),
    ),
    numbers(
      'stars',
      'integer',
      each(() => random.int(5)),
    ),
  )
  const { notes } = fitTable(source, { seed: 1, privacy: { neverReemit: true } })
  const real = new Set(numbersOf(source, 'pay'))
  const made = numbersOf(drawn(source, { privacy: { neverReemit: true } }), 'pay')
  expect(made.some(value => real.has(value))).toBe(false)
  expect(notes.some(note => note.includes('“stars”'))).toBe(true)
})

it('spends no more than ε, says on what, and shows no category that one row alone has', () => {
  const towns = each(row => (row === 0 ? 'Nowhere' : ['Rome', 'Bonn'][row % 2]!))
  const source = table(
    texts('town', towns),
    numbers(
      'age',
      'integer',
      each(() => 18 + random.int(60)),
    ),
    numbers(
      'id',
      'integer',
      each(row => 500 + row),
    ),
  )
  const fitted = fitTable(source, { seed: 1, privacy: { epsilon: 2 }, columns: { age: { range: [0, 100] } } })
  expect(fitted.notes[0]).toBe(
    'Differential privacy, ε = 2 in all, for tables that differ in one row: 0.5 for ranges, histograms and categories of 2 columns, 0.5 for the structure, 1 for the counts.',
  )
  expect(JSON.stringify(fitted)).not.toContain('Nowhere')
  const made = openTableSampler(fitted, { rows, seed: 2 }).block(0)
  expect(new Set(categoriesOf(made, 'town'))).toContain('Rome')
  expect(numbersOf(made, 'id')[0]).toBe(1)
})

it('learns constant columns, columns without values, one row, and very many categories', () => {
  const source = table(
    numbers(
      'same',
      'decimal',
      each(() => 2.5),
    ),
    numbers(
      'none',
      'decimal',
      each(() => Number.NaN),
    ),
    texts(
      'empty',
      each(() => null),
    ),
    categories(
      'many',
      each(row => `part ${row % 800}`),
    ),
  )
  const made = drawn(source)
  expect(new Set(numbersOf(made, 'same'))).toEqual(new Set([2.5]))
  expect(numbersOf(made, 'none').every(Number.isNaN)).toBe(true)
  expect(textsIn(made, 'empty').every(text => text === null)).toBe(true)
  expect(new Set(categoriesOf(made, 'many')).size).toBeGreaterThan(600)
  expect(drawn(table(numbers('a', 'integer', [7])), {}, 3).rows).toBe(3)
})

const refused: [string, Table, Partial<FitTableOptions>, RegExp][] = [
  ['a table without rows', table(numbers('a', 'integer', [])), {}, /has no rows/],
  ['a table without columns', { name: 'none', rows: 3, columns: [] }, {}, /has no columns/],
  ['an unknown given column', table(numbers('age', 'integer', [1, 2])), { given: ['agee'] }, /no column “agee”/],
  [
    'a constraint on an unknown column',
    table(numbers('a', 'integer', [1])),
    { constraints: [{ kind: 'range', column: 'b' }] },
    /no such column/,
  ],
  ['an ε of 0', table(numbers('a', 'integer', [1])), { privacy: { epsilon: 0 } }, /ε must be/],
  [
    'ε with a synthesizer that cannot',
    table(numbers('a', 'integer', [1])),
    { privacy: { epsilon: 1 }, synthesizer: 'trees' },
    /“trees” cannot/,
  ],
]
it.each(refused)('refuses %s', (_, source, options, message) => {
  expect(() => fitTable(source, { seed: 1, ...options })).toThrow(message)
  expect(() => fitTable(source, { seed: 1, ...options })).toThrow(CultivarError)
})

it('keeps columns that are always equal, or always as far apart, so', () => {
  const start = each(() => Math.floor(random.float() * 900) * day + Math.floor(random.float() * 86_400) * 1000)
  const source = table(
    numbers('begun', 'datetime', start),
    numbers('again', 'datetime', start),
    numbers(
      'ended',
      'datetime',
      start.map(value => value + 3 * day),
    ),
  )
  const { columns } = drawn(source)
  const [begun, again, ended] = columns.map(one => (one as NumberColumn).values) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ]
  expect(new Set(begun).size).toBeGreaterThan(rows / 2)
  expect(again).toEqual(begun)
  expect([...ended].every((value, row) => value - begun[row]! === 3 * day)).toBe(true)
})

it('keeps a value that many rows share, also among numbers of any number of digits', () => {
  const rain = each(row => (row % 3 === 0 ? 0 : random.float() * 1e-4))
  const { values } = column(drawn(table(numbers('rain', 'decimal', rain))), 'rain') as NumberColumn
  expect(values.filter(value => value === 0).length / rows).toBeCloseTo(1 / 3, 1)
  expect(values.every(value => value >= 0 && value <= 1e-4)).toBe(true)
})

it('takes columns by any name, those of JavaScript’s own objects too', () => {
  const named = table(
    numbers(
      'constructor',
      'integer',
      each(row => row % 7),
    ),
    categories(
      '__proto__',
      each(row => `k${row % 3}`),
    ),
  )
  expect(drawn(named).columns.map(({ name }) => name)).toEqual(['constructor', '__proto__'])
})

it('finds a sum of three parts, and keeps it', () => {
  const cents = (spread: number) => each(() => Math.round(random.float() * spread) / 100)
  const [net, tax, shipping] = [cents(90_000), cents(9000), cents(900)] as [number[], number[], number[]]
  const gross = net.map((value, row) => Math.round((value + tax[row]! + shipping[row]!) * 100) / 100)
  const parts = { net, tax, shipping, gross }
  const source = table(...Object.entries(parts).map(([name, values]) => numbers(name, 'decimal', values)))
  const of = (name: string) => (column(drawn(source), name) as NumberColumn).values
  const [n, t, s, g] = [of('net'), of('tax'), of('shipping'), of('gross')]
  expect(g.every((value, row) => Math.abs(value - n[row]! - t[row]! - s[row]!) < 1e-6)).toBe(true)
})
