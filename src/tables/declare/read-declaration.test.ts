/** What is said of declarations that cannot be, and what the schema says of itself. */

import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { CultivarError } from '../../model/error.ts'
import { declaredValues } from '../../testing/declared-values.ts'
import { type Declaration, declarationSchema } from './declaration.ts'
import { openDeclaration } from './open-declaration.ts'

describe('what cannot be', () => {
  it.each<[string, unknown, string]>([
    [
      'an unknown member',
      { columns: { x: { values: [1], wieghts: [1] } } },
      'columns.x: there is no member “wieghts”; did you mean “weights”?',
    ],
    ['an unknown distribution', { columns: { x: 'nomal(0, 1)' } }, 'columns.x: There is no function "nomal"'],
    ['bad parameters', { columns: { x: 'normal(0, -1)' } }, 'columns.x: '],
    ['bad parameters in a mapping', { columns: { x: { distribution: 'normal', sd: -1 } } }, 'columns.x.sd: '],
    ['an unknown column', { columns: { price: '1', x: 'prise * 2' } }, 'columns.x: there is no column “prise”'],
    ['a circle', { columns: { a: 'b + 1', b: 'c + 1', c: 'a + 1' } }, 'a circle: a → b → c → a'],
    ['a type that does not fit', { columns: { t: { values: ['a'] }, x: 't * 2' } }, 'columns.x: "*" needs a number'],
    [
      'weights too few',
      { columns: { x: { values: [1, 2], weights: [1] } } },
      'columns.x: there are 2 values and 1 weights',
    ],
    ['a pattern too short', { columns: { x: { id: '##' } }, rows: 101 }, '100 values for 101 rows'],
    [
      'a bad date',
      { columns: { x: { date: { from: '2026-02-30', to: '2026-03-01' } } } },
      'columns.x.date.from: a date is written',
    ],
    [
      'a closed calendar',
      { columns: { x: { date: { from: '2026-01-03', to: '2026-01-04', calendar: { weekdays: ['mon'] } } } } },
      'no day is open',
    ],
    [
      'an unknown calendar',
      { columns: { x: { date: { from: '2026-01-03', to: '2026-01-04', calendar: 'c' } } } },
      'no calendar “c”',
    ],
    [
      'a case that never is',
      { columns: { t: { values: ['L'] }, x: { by: 't', cases: { M: '1' } } } },
      'columns.x.cases.M: the column never has the value “M”',
    ],
    ['a brace left open', { columns: { x: { template: 'a {x' } } }, 'the brace at character 3'],
    [
      'a condition that never holds',
      { columns: { x: 'normal(0, 1)', y: 'x + 1' }, constraints: ['y < x'], rows: 50 },
      'constraints.0: “y < x” cannot be fulfilled: 100.0 %',
    ],
    [
      'bounds that leave nothing',
      { columns: { x: 'uniform(0, 1)' }, constraints: ['x > 2'] },
      'columns.x: its conditions leave no values',
    ],
    [
      'too few to be unique',
      { columns: { x: { values: [1, 2] } }, constraints: [{ unique: 'x' }], rows: 3 },
      '2 combinations for 3 rows',
    ],
    [
      'counts without weights of their own',
      { columns: {}, multinomials: [{ columns: ['a', 'b'], trials: 3, weights: [1] }] },
      'multinomials.0.weights: there are 2 columns and 1 weights',
    ],
    [
      'counts of which none is likely',
      { columns: {}, multinomials: [{ columns: ['a', 'b'], trials: 3, weights: [0, 0] }] },
      'at least one weight must be above zero',
    ],
    [
      'a column of counts that there is already',
      { columns: { a: '1' }, multinomials: [{ columns: ['a', 'b'], trials: 3, weights: [1, 1] }] },
      'multinomials: “a” is made twice',
    ],
    [
      'a matrix that is not symmetric',
      {
        columns: { x: 'normal(0,1)', y: 'normal(0,1)' },
        correlated: [
          {
            columns: ['x', 'y'],
            correlations: [
              [1, 0.5],
              [0.4, 1],
            ],
          },
        ],
      },
      'correlated.0.correlations.0.1',
    ],
    [
      'tables in a circle',
      {
        tables: {
          a: { columns: { x: { references: 'b' } }, key: 'x' },
          b: { columns: { y: { references: 'a' } }, key: 'y' },
        },
      },
      'a circle: a → b → a',
    ],
    [
      'an unknown table',
      { tables: { machines: { columns: {} }, b: { parent: 'machnes', columns: {} } } },
      'tables.b.parent: there is no table “machnes”',
    ],
    [
      'a reference without a key',
      { tables: { a: { columns: { x: '1' } }, b: { columns: { y: { references: 'a' } } } } },
      'has no key',
    ],
    ['an unknown locale', { columns: { x: { fake: 'name', locale: 'dee' } } }, 'columns.x.locale'],
    ['nothing', null, 'a declaration has columns'],
    ['no columns', {}, 'columns: it is missing; expected a mapping'],
    ['a misspelt member at the top', { tabels: {} }, ''],
    ['a number for a text', { columns: { x: { template: 5 } } }, 'columns.x.template: '],
    [
      'rounded texts',
      { columns: { x: { value: 'a', decimals: 2 } } },
      'columns.x.decimals: only numbers have decimals',
    ],
    ['a missing share of text', { columns: { x: { value: 'a', missing: `'no'` } } }, 'columns.x.missing'],
  ])('%s', (_, declaration, message) => {
    let caught: unknown
    try {
      for (const source of openDeclaration(declaration as Declaration, { seed: 1 }).sources) source.block(0)
    } catch (error) {
      caught = error
    }
    expect(caught).toBeInstanceOf(CultivarError)
    const { code, message: said, hint } = caught as CultivarError
    expect({ code, said }).toEqual({ code: 'bad-recipe', said: expect.stringContaining(message) })
    expect(hint).not.toBe('')
  })
})

it('makes no rows where none are wanted', () => {
  expect(declaredValues({ columns: { x: 'normal(0, 1)', y: 'x + 1' } }, 0)).toEqual({ x: [], y: [] })
})

it('describes every member of the schema', () => {
  const schema = z.toJSONSchema(declarationSchema, { io: 'input', unrepresentable: 'any' })
  const bare: string[] = []
  const visit = (node: unknown, path: string): void => {
    if (typeof node !== 'object' || node === null) return
    const { properties } = node as {
      properties?: Record<string, { description?: string; const?: unknown; $ref?: string }>
    }
    for (const [name, member] of Object.entries(properties ?? {})) {
      if (!member.description && member.const === undefined && !member.$ref && !path.includes('/series'))
        bare.push(`${path}/${name}`)
    }
    for (const [name, inner] of Object.entries(node)) visit(inner, `${path}/${name}`)
  }
  visit(schema, '')
  expect(bare.filter(path => !path.includes('distribution'))).toEqual([])
})
