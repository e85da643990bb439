/** Expressions: what they mean, for any values; nulls; and what is said of those that are wrong. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CultivarError } from '../../model/error.ts'
import type { Column, ColumnHeader, Table } from '../table.ts'
import { compileCondition, compileExpression, openExpression } from './compile-expression.ts'
import { conjunctsOf } from './conjuncts-of.ts'
import { type Expression, expressionColumns } from './expression.ts'
import { parseExpression } from './parse-expression.ts'

const day = (text: string) => Date.parse(`${text}Z`)

const plant: Table = {
  name: 'plant',
  rows: 4,
  columns: [
    {
      storage: 'numbers',
      name: 'Air temperature [K]',
      type: 'decimal',
      values: Float64Array.of(298.1, 301.5, NaN, 305),
    },
    { storage: 'numbers', name: 'wear', type: 'integer', values: Float64Array.of(0, 10, 200, NaN) },
    { storage: 'numbers', name: 'failed', type: 'boolean', values: Float64Array.of(0, 1, NaN, 1) },
    {
      storage: 'codes',
      name: 'Type',
      type: 'category',
      codes: Int32Array.of(0, 1, -1, 2),
      dictionary: ['L', 'M', 'H'],
    },
    { storage: 'texts', name: 'note', type: 'text', values: ['ok', 'Bearing hot', null, ''] },
    {
      storage: 'numbers',
      name: 'made',
      type: 'date',
      values: Float64Array.of(day('2026-01-31'), day('2026-02-28'), NaN, day('2024-02-29')),
    },
    { storage: 'numbers', name: 'at', type: 'time', values: Float64Array.of(0, 6 * 3_600_000, NaN, 86_399_000) },
  ],
}

function values(column: Column): (number | string | null)[] {
  if (column.storage === 'numbers') return [...column.values].map(value => (Number.isNaN(value) ? null : value))
  if (column.storage === 'texts') return column.values
  return [...column.codes].map(code => (code < 0 ? null : column.dictionary[code]!))
}

const of = (text: string, table = plant) => values(compileExpression(parseExpression(text), table.columns)(table))

function fault(text: string): CultivarError {
  try {
    compileExpression(parseExpression(text), plant.columns)
  } catch (error) {
    if (error instanceof CultivarError) return error
    throw error
  }
  throw new Error(`nothing is wrong with ${text}`)
}

describe('meaning', () => {
  it.each([
    [`"Air temperature [K]" > 300 and Type in ('L', 'M')`, [0, 1, null, 0]],
    [`Type = 'H' or wear > 100`, [0, 0, 1, 1]],
    [`not failed`, [1, 0, null, 0]],
    [`wear is null`, [0, 0, 0, 1]],
    [`Type is not null and note is not null`, [1, 1, 0, 1]],
    [`wear between 5 and 200`, [0, 1, 1, null]],
    [`wear not in (0, 10)`, [0, 0, 1, null]],
    [`Type in ('L', null)`, [1, null, null, null]],
    [`wear / 0`, [null, null, null, null]],
    [`-wear % 7`, [0, 4, 3, null]],
    [`2 ^ 3 ^ 2 - -2 ^ 2`, [516, 516, 516, 516]],
    [`1 + 2 * 3 - 4 / 2`, [5, 5, 5, 5]],
    [`if(wear > 100, 'worn', wear > 5, 'used', 'new')`, ['new', 'used', 'worn', 'new']],
    [`if(failed, Type)`, [null, 'M', null, 'H']],
    [`coalesce(wear, -1)`, [0, 10, 200, -1]],
    [`coalesce(Type, note, 'none')`, ['L', 'M', 'none', 'H']],
    [`upper(note) + '!'`, ['OK!', 'BEARING HOT!', null, '!']],
    [`concat(Type, '-', pad(wear, 4))`, ['L-0000', 'M-0010', null, null]],
    [`contains(lower(note), 'hot')`, [0, 1, null, 0]],
    [`length(note)`, [2, 11, null, 0]],
    [`substring(note, 2, 3)`, ['k', 'ear', null, '']],
    [`round("Air temperature [K]" * 2 / 3, 1)`, [198.7, 201, null, 203.3]],
    [`round(1.005, 2) + round(-2.5) + round(1250, -2)`, [1298.01, 1298.01, 1298.01, 1298.01]],
    [`max(wear, 20)`, [20, 20, 200, null]],
    [`clip(wear, 5, 100)`, [5, 10, 100, null]],
    [`made > '2026-02-01'`, [0, 1, null, 0]],
    [`made = '2024-02-29' or made in ('2026-01-31')`, [1, 0, null, 1]],
    [`year(made) * 100 + month(made)`, [202601, 202602, null, 202402]],
    [`weekday(made)`, [6, 6, null, 4]],
    [`text(add(made, 1, 'month'))`, ['2026-02-28', '2026-03-28', null, '2024-03-29']],
    [`text(made + 1)`, ['2026-02-01', '2026-03-01', null, '2024-03-01']],
    [`date('2026-03-01') - made`, [29, 1, null, 731]],
    [`difference('2026-03-01' = made, made, 'days') is null`, 'fault'],
    [`at >= '06:00' and at < '14:00'`, [0, 1, null, 0]],
    [`text(datetime(made, at))`, ['2026-01-31T00:00:00', '2026-02-28T06:00:00', null, '2024-02-29T23:59:59']],
    [`number(text(wear)) + failed`, [0, 11, null, null]],
  ] as [string, (number | string | null)[] | 'fault'][])('%s', (text, expected) => {
    if (expected === 'fault') expect(() => of(text)).toThrow(CultivarError)
    else expect(of(text)).toEqual(expected)
  })

  it('is the same for one row alone and for a table without rows', () => {
    const one: Table = {
      ...plant,
      rows: 1,
      columns: plant.columns.map(column =>
        column.storage === 'codes'
          ? { ...column, codes: column.codes.slice(1, 2) }
          : { ...column, values: column.values.slice(1, 2) },
      ) as Column[],
    }
    const none: Table = {
      ...plant,
      rows: 0,
      columns: plant.columns.map(column =>
        column.storage === 'codes'
          ? { ...column, codes: new Int32Array() }
          : { ...column, values: column.values.slice(0, 0) },
      ) as Column[],
    }
    for (const text of [`upper(Type)`, `wear + 1`, `if(wear > 5, Type, note)`, `'a'`, `concat(Type, wear)`, `1 = 2`]) {
      const all = openExpression(parseExpression(text), plant.columns)
      expect(values(all.column(one))).toEqual([of(text)[1]])
      expect(values(all.column(none))).toEqual([])
      expect(all.column(one)).toMatchObject(all.header)
      expect(all.column(plant)).toMatchObject(all.header)
    }
  })

  it('knows what comes out: whole numbers, digits, dates, the values of a category', () => {
    const header = (text: string) => openExpression(parseExpression(text), plant.columns).header
    expect(header('wear + 1').type).toBe('integer')
    expect(header('wear / 2').type).toBe('decimal')
    expect(header('round(wear / 3, 2)')).toMatchObject({ type: 'decimal', decimals: 2 })
    expect(header('made + 7').type).toBe('date')
    expect(header('wear > 2').type).toBe('boolean')
    expect(header(`if(wear > 1, 'a', lower(Type))`)).toMatchObject({
      type: 'category',
      dictionary: ['a', 'l', 'm', 'h'],
    })
    expect(header('concat(note, 1)').type).toBe('text')
  })
})

/** A random tree over three truth values, with its meaning by Kleene's tables (least is false, most true, unknown between). */
const truths = ['p', 'q', 'r']
const logic: fc.Arbitrary<{ text: string; value: (row: number[]) => number }> = fc.letrec<{
  node: { text: string; value: (row: number[]) => number }
}>(tie => ({
  node: fc.oneof(
    { maxDepth: 5 },
    fc.nat(2).map(which => ({ text: truths[which]!, value: (row: number[]) => row[which]! })),
    tie('node').map(({ text, value }) => ({ text: `not (${text})`, value: (row: number[]) => 1 - value(row) })),
    fc.tuple(tie('node'), tie('node'), fc.boolean()).map(([a, b, and]) => ({
      text: `(${a.text}) ${and ? 'and' : 'OR'} (${b.text})`,
      value: (row: number[]) => (and ? Math.min : Math.max)(a.value(row), b.value(row)),
    })),
  ),
})).node

const rows27 = Array.from({ length: 27 }, (_, i) => [i % 3, Math.floor(i / 3) % 3, Math.floor(i / 9)].map(n => n / 2))
const truthTable: Table = {
  name: 't',
  rows: 27,
  columns: truths.map((name, which) => ({
    storage: 'numbers',
    name,
    type: 'boolean',
    values: Float64Array.from(rows27, row => (row[which] === 0.5 ? NaN : row[which]!)),
  })),
}

describe('three values of truth', () => {
  it('follow Kleene’s tables, however deep', () => {
    fc.assert(
      fc.property(logic, ({ text, value }) => {
        expect(of(text, truthTable)).toEqual(rows27.map(row => (value(row) === 0.5 ? null : value(row))))
      }),
    )
  })

  it('make a condition hold only where it is true', () => {
    expect([...compileCondition(parseExpression('wear > 5'), plant.columns)(plant)]).toEqual([0, 1, 1, 0])
    expect(() => compileCondition(parseExpression('wear + 5'), plant.columns)).toThrow('A condition is true or false')
  })
})

const arithmetic: fc.Arbitrary<{ text: string; value: (row: number[]) => number }> = fc.letrec<{
  node: { text: string; value: (row: number[]) => number }
}>(tie => ({
  node: fc.oneof(
    { maxDepth: 4 },
    fc.nat(1).map(which => ({ text: `"col ${which}"`, value: (row: number[]) => row[which]! })),
    fc.integer({ min: -50, max: 50 }).map(n => ({ text: `${n}`, value: () => n })),
    fc.tuple(tie('node'), tie('node'), fc.constantFrom('+', '-', '*', '/')).map(([a, b, operator]) => ({
      text: `(${a.text} ${operator} ${b.text})`,
      value: (row: number[]) => {
        const [x, y] = [a.value(row), b.value(row)]
        const result = operator === '+' ? x + y : operator === '-' ? x - y : operator === '*' ? x * y : x / y
        return Number.isFinite(result) ? result : NaN
      },
    })),
  ),
})).node

describe('arithmetic', () => {
  it('is that of numbers, null where there is no finite result', () => {
    fc.assert(
      fc.property(
        arithmetic,
        fc.array(fc.tuple(fc.double(), fc.integer()), { minLength: 1, maxLength: 5 }),
        (tree, given) => {
          const rows = given.map(([x, y]) => [Number.isFinite(x) ? x : NaN, y])
          const table: Table = {
            name: 't',
            rows: rows.length,
            columns: [0, 1].map(which => ({
              storage: 'numbers',
              name: `col ${which}`,
              type: 'decimal',
              values: Float64Array.from(rows, row => row[which]!),
            })),
          }
          const out = of(tree.text, table)
          rows.forEach((row, i) => {
            const expected = tree.value(row)
            expect(out[i]).toBe(Number.isNaN(expected) ? null : out[i] === 0 ? out[i] : expected)
            if (out[i] === 0) expect(Math.abs(expected)).toBe(0)
          })
        },
      ),
    )
  })
})

describe('conjuncts', () => {
  const candidates = [
    `wear > 5`,
    `5 < wear`,
    `Type in ('L', 'M')`,
    `Type = 'L' or Type = 'H'`,
    `failed`,
    `not failed`,
    `wear is null`,
    `not (wear <= 10 or Type = 'M')`,
    `made >= '2026-02-01'`,
    `wear > length(note)`,
    `Type not in ('L')`,
    `note is not null`,
    `wear != 10`,
  ]

  it('together mean what the condition means', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.constantFrom(...candidates), { minLength: 1, maxLength: 4 }), chosen => {
        const expression = parseExpression(chosen.map(one => `(${one})`).join(' and '))
        const { predicates, rest } = conjunctsOf(expression, plant.columns)
        const whole = compileCondition(expression, plant.columns)(plant)
        const tests = rest.map(part => compileCondition(part, plant.columns)(plant))
        for (let row = 0; row < plant.rows; row++) {
          const simple = predicates.every(({ column, operator, values: wanted }) => {
            const found = plant.columns.find(({ name }) => name === column)!
            const value = values(found)[row]!
            if (operator === 'is-null') return value === null
            if (value === null) return false
            const first = wanted[0]!
            switch (operator) {
              case 'is-not-null':
                return true
              case 'in':
                return wanted.includes(value)
              case 'not-in':
                return !wanted.includes(value)
              case '=':
                return value === first
              case '!=':
                return value !== first
              case '<':
                return value < first
              case '<=':
                return value <= first
              case '>':
                return value > first
              default:
                return value >= first
            }
          })
          expect(Number(simple && tests.every(test => test[row] === 1))).toBe(whole[row])
        }
      }),
    )
  })

  it('leaves what needs two columns to the rows', () => {
    const { predicates, rest } = conjunctsOf(parseExpression(`wear > 5 and (wear > 9 or Type = 'L') and 3 >= wear`))
    expect(predicates).toEqual([
      { column: 'wear', operator: '>', values: [5] },
      { column: 'wear', operator: '<=', values: [3] },
    ])
    expect(rest.map(part => expressionColumns(part as Expression))).toEqual([['wear', 'Type']])
  })
})

describe('faults', () => {
  it.each([
    ['wear >', 'Expected a column, a number, a text in single quotes or "(", but the expression ends, at character 7'],
    ['wear wear', 'there is wear, at character 6'],
    [`Air temperature [K] > 3`, '"[" means nothing here, at character 17'],
    ['wear && failed', '"&" means nothing here'],
    ['weer > 1', 'no column "weer" (character 1'],
    ['wear = L', 'no column "L"'],
    [`Type = 5`, 'a text cannot be compared with a number'],
    [`made > 'yesterday'`, `'yesterday' is no date`],
    [`made > '2026-02-30'`, `'2026-02-30' is no date`],
    [`at > '25:00'`, 'is no time'],
    ['wear = null', 'Nothing is ever equal to null'],
    ['1 < wear < 5', 'Comparisons cannot be chained'],
    ['roun(wear)', 'no function "roun"'],
    ['round()', 'round was given 0 values'],
    [`'a' + 1`, '"+" joins two texts'],
    ['Type * 2', '"*" needs a number, but this is a text'],
    ['wear and failed', '"and" needs true or false, but this is a number'],
    [`'never closed`, 'means nothing here'],
    [`if(failed, 1, 'a')`, 'if needs values of one kind'],
  ])('%s: %s', (text, message) => {
    const error = fault(text)
    expect(error.code).toBe('bad-input')
    expect(`${error.message}`).toContain(message)
    expect(error.hint).not.toBe('')
  })

  it('bound how deep and how long an expression is', () => {
    expect(fault(`${'('.repeat(500)}1`).message).toContain('Nested more than 100 deep')
    expect(fault(`${'-'.repeat(5000)}1`).message).toContain('More than 1000 operators')
  })

  it('name the nearest column or function', () => {
    expect(fault('weer > 1').hint).toContain('Did you mean wear?')
    expect(fault('"air temperature [k]" > 1').hint).toContain('Did you mean "Air temperature [K]"?')
    expect(fault('roun(wear)').hint).toContain('round(…)')
  })

  it('are the only way to fail, whatever is written', () => {
    const piece = fc.constantFrom(
      'wear',
      '"Air temperature [K]"',
      'Type',
      "'L'",
      '1',
      '(',
      ')',
      ',',
      '+',
      '-',
      '=',
      'and',
      'or',
      'not',
      'in',
      'is',
      'null',
      'if(',
      'round(',
      'between',
      '^',
      'made',
      'text(',
      '§',
      'failed',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), pieces => {
        const text = pieces.join(' ')
        try {
          expect(of(text)).toHaveLength(plant.rows)
        } catch (error) {
          expect(error).toBeInstanceOf(CultivarError)
        }
      }),
      { numRuns: 2000 },
    )
  })
})

it('reads names of columns with any characters', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }), name => {
      const header: ColumnHeader = { storage: 'numbers', name, type: 'integer' }
      const table: Table = { name: 't', rows: 1, columns: [{ ...header, values: Float64Array.of(7) } as Column] }
      expect(of(`"${name.replaceAll('"', '""')}" + 1`, table)).toEqual([8])
    }),
  )
})
