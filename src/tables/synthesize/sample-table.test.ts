/** Tests of drawing from a learned table: blocks, conditions, shares. */
import { describe, expect, it } from 'vitest'
import { randomStream } from '../../stats/random-stream.ts'
import { parseExpression } from '../expression/parse-expression.ts'
import { blockRows, type CategoryColumn, type Column, type NumberColumn, type Table } from '../table.ts'
import { fitTable } from './fit-table.ts'
import { drawRows, openTableSampler } from './sample-table.ts'

const rows = 4000
const random = randomStream('machines')

/** Hot machines fail more often; only kind H gets hot at all. */
function machines(): Table {
  const kind = new Int32Array(rows)
  const heat = new Float64Array(rows)
  const failed = new Float64Array(rows)
  const wear = new Float64Array(rows)
  for (let row = 0; row < rows; row++) {
    kind[row] = row % 10 === 0 ? 2 : random.int(2)
    heat[row] = Math.round(10 * (20 + random.float() * 20 + (kind[row] === 2 ? 30 * random.float() : 0))) / 10
    failed[row] = random.float() < (heat[row]! > 50 ? 0.5 : 0.01) ? 1 : 0
    wear[row] = random.int(12) === 0 ? Number.NaN : random.int(200)
  }
  const number = (name: string, type: NumberColumn['type'], values: Float64Array): Column => ({
    storage: 'numbers',
    name,
    type,
    values,
  })
  return {
    name: 'machines',
    rows,
    columns: [
      number(
        'id',
        'integer',
        Float64Array.from({ length: rows }, (_, row) => row + 1),
      ),
      { storage: 'codes', name: 'kind', type: 'category', codes: kind, dictionary: ['L', 'M', 'H'] },
      number('heat', 'decimal', heat),
      number('failed', 'boolean', failed),
      number('wear', 'integer', wear),
    ],
  }
}

const real = machines()
const fitted = fitTable(real, { seed: 1 })
const numbersOf = (table: Table, name: string) =>
  (table.columns.find(column => column.name === name) as NumberColumn).values
const kindsOf = (table: Table) => {
  const { codes, dictionary } = table.columns.find(column => column.name === 'kind') as CategoryColumn
  return Array.from(codes, code => dictionary[code])
}
const mean = (values: ArrayLike<number>) => Array.from(values).reduce((sum, value) => sum + value, 0) / values.length
function sample(options: { rows?: number; where?: string; shares?: Record<string, number>; column?: string }): Table {
  return openTableSampler(fitted, {
    rows: options.rows ?? 2000,
    seed: 3,
    ...(options.where !== undefined && { where: parseExpression(options.where) }),
    ...(options.shares && { balance: { column: options.column ?? 'failed', shares: options.shares } }),
  }).block(0)
}

describe('blocks', () => {
  const big = { rows: blockRows * 2 + 100, seed: 9 }
  it('come out the same whichever is made first, and from a model that was stored', () => {
    const one = openTableSampler(fitted, big)
    const other = openTableSampler(JSON.parse(JSON.stringify(fitted)), big)
    const last = other.block(2)
    expect(one.blocks).toBe(3)
    expect(one.block(0)).toEqual(other.block(0))
    expect(one.block(2)).toEqual(last)
    expect(last.rows).toBe(100)
  })

  it('differ from one another, and by the seed', () => {
    const source = openTableSampler(fitted, big)
    expect(numbersOf(source.block(0), 'heat')).not.toEqual(numbersOf(source.block(1), 'heat'))
    expect(numbersOf(openTableSampler(fitted, { ...big, seed: 10 }).block(0), 'heat')).not.toEqual(
      numbersOf(source.block(0), 'heat'),
    )
  })
})

it('keeps how columns go together, nulls included', () => {
  const made = sample({ rows: 20_000 })
  const failing = (table: Table, hot: boolean) =>
    mean(numbersOf(table, 'failed').filter((_, row) => numbersOf(table, 'heat')[row]! > 50 === hot))
  expect(Math.abs(failing(made, true) - failing(real, true))).toBeLessThan(0.08)
  expect(failing(made, false)).toBeLessThan(0.02)
  expect(
    Math.abs(mean(Array.from(numbersOf(made, 'wear'), value => (Number.isNaN(value) ? 1 : 0))) - 1 / 12),
  ).toBeLessThan(0.01)
})

describe('conditions', () => {
  it('hold in every row, and leave the rest distributed as it is under them', () => {
    const made = sample({ where: "heat > 55.5 and kind = 'H' and wear is not null" })
    expect(Math.min(...numbersOf(made, 'heat'))).toBeGreaterThan(55.5)
    expect(new Set(kindsOf(made))).toEqual(new Set(['H']))
    expect(numbersOf(made, 'wear').some(Number.isNaN)).toBe(false)
    expect(Math.abs(mean(numbersOf(made, 'failed')) - 0.5)).toBeLessThan(0.15)
    expect(numbersOf(made, 'id').every((id, row) => id === row + 1)).toBe(true)
  })

  it('may compare columns, and ask for one exact value', () => {
    expect(sample({ where: 'wear > 3 * heat' }).rows).toBe(2000)
    const exact = sample({ where: 'heat = 31.7 or heat = 33.3' })
    expect(new Set(numbersOf(exact, 'heat'))).toEqual(new Set([31.7, 33.3]))
  })

  it('draws conditional rows in proportion to how likely they are', () => {
    const made = sample({ rows: 5000, where: 'failed = 1' })
    const share = mean(kindsOf(made).map(kind => (kind === 'H' ? 1 : 0)))
    const realFailed = kindsOf(real).filter((_, row) => numbersOf(real, 'failed')[row] === 1)
    expect(Math.abs(share - mean(realFailed.map(kind => (kind === 'H' ? 1 : 0))))).toBeLessThan(0.08)
  })

  const impossible: [string, RegExp][] = [
    ['heat > 500', /No row can have “heat” > 500/],
    ["kind = 'X'", /No row can have “kind” = 'X'/],
    ['failed is null', /No row can have “failed” null/],
    ['wear + heat > 9999', /too rare: no row found/],
    ['id < 10', /cannot choose values of “id”/],
  ]
  it.each(impossible)('that cannot be met are refused with the part that fails: %s', (where, message) => {
    expect(() => sample({ where, rows: 100 })).toThrow(message)
  })
})

describe('shares', () => {
  it('are met to the row, and the other values share the rest as they did', () => {
    const made = sample({ rows: 2500, shares: { 1: 0.2 } })
    expect(numbersOf(made, 'failed').filter(value => value === 1).length).toBe(500)
    const byKind = sample({ rows: 3000, column: 'kind', shares: { H: 0.5, L: 0.1 } })
    expect(['H', 'L', 'M'].map(kind => kindsOf(byKind).filter(one => one === kind).length)).toEqual([1500, 300, 1200])
  })

  it('go together with a condition, and rows come in no order of theirs', () => {
    const made = sample({ shares: { true: 0.5 }, where: 'heat > 40' })
    const failed = numbersOf(made, 'failed')
    expect(mean(failed)).toBe(0.5)
    expect(Math.abs(mean(failed.subarray(0, 1000)) - 0.5)).toBeLessThan(0.1)
    expect(Math.min(...numbersOf(made, 'heat'))).toBeGreaterThan(40)
  })

  it.each([
    [{ shares: { 1: 1.2 } }, /add up to at most 1/],
    [{ shares: { Z: 1 }, column: 'kind' }, /has no value “Z”/],
    [{ shares: { 1: 1 }, column: 'faild' }, /no column “faild”/],
    [{ shares: { 1: 1 }, column: 'id' }, /cannot be balanced/],
  ])('that make no sense are refused: %j', (options, message) => {
    expect(() => sample(options)).toThrow(message)
  })
})

it('draws rows for given columns, which stay as they are', () => {
  const conditioned = fitTable(real, { seed: 1, given: ['kind', 'heat'] })
  expect(() => openTableSampler(conditioned, { rows: 5, seed: 1 })).toThrow(/given columns: kind, heat/)
  const made = drawRows(conditioned, rows, randomStream('given'), real)
  expect(numbersOf(made, 'heat')).toBe(numbersOf(real, 'heat'))
  const hot = numbersOf(made, 'failed').filter((_, row) => numbersOf(real, 'heat')[row]! > 50)
  expect(mean(hot)).toBeGreaterThan(0.3)
  expect(mean(numbersOf(made, 'failed'))).toBeLessThan(0.1)
})
