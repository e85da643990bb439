/** Columns drawn from a distribution whose parameters are fixed, or worked out from the row. */
import { BulkRandom } from '../../stats/bulk-random.ts'
import type { Distribution, DistributionChoice } from '../../stats/distributions/define-distribution.ts'
import { distributionKinds, openDistribution } from '../../stats/distributions/index.ts'
import { truncate } from '../../stats/distributions/truncated.ts'
import { openExpression } from '../expression/compile-expression.ts'
import { type Expression, expressionColumns } from '../expression/expression.ts'
import type { NumberColumn } from '../table.ts'
import type { ColumnMaker } from './column-maker.ts'
import { at, type Path, recipeFault } from './read-declaration.ts'
import { rowDraws } from './row-draws.ts'

/** Whole numbers wherever one looks are whole numbers. */
export function numberType({ discrete, quantile }: Distribution): 'integer' | 'decimal' {
  const whole = discrete && [0.01, 0.25, 0.5, 0.75, 0.99].every(share => Number.isInteger(quantile(share)))
  return whole ? 'integer' : 'decimal'
}

/**
 * @param within values beyond these are not drawn: the distribution is cut there, so that a condition on this column
 * alone costs no rejection.
 */
export function drawMaker(
  name: string,
  choice: DistributionChoice,
  path: Path,
  within?: readonly [number, number],
): ColumnMaker {
  return {
    makes: [name],
    needs: [],
    path,
    open() {
      const distribution = openDistribution(choice)
      const type = numberType(distribution)
      const { fill } = within
        ? at(path, () => truncate(distribution, `its conditions leave no values: ${choice.distribution}`, ...within))
        : distribution
      return {
        headers: [{ storage: 'numbers', type, name }],
        make({ table, random }) {
          const values = new Float64Array(table.rows)
          fill(values, new BulkRandom(random, 4 * values.length))
          return [{ storage: 'numbers', type, name, values }]
        },
      }
    },
  }
}

/**
 * A distribution in a formula, such as `poisson(2 + wear / 100)` or `normal(0, sd = 2)`: parameters in order or by name.
 * Rows with equal parameters are drawn together; a null parameter gives null.
 */
export function formulaDrawMaker(name: string, kind: string, given: Expression[], path: Path): ColumnMaker {
  const parameters = namedParameters(kind, given, path)
  const fixed = Object.entries(parameters).map(
    ([parameter, { kind: node, ...rest }]) => [parameter, node, rest] as const,
  )
  if (fixed.every(([, node]) => node === 'literal')) {
    const values = fixed.map(([parameter, , rest]) => [parameter, (rest as { value: unknown }).value])
    return drawMaker(name, { ...Object.fromEntries(values), distribution: kind }, path)
  }
  return {
    makes: [name],
    needs: [...new Set(Object.values(parameters).flatMap(expressionColumns))],
    path,
    open({ headers }) {
      const compiled = Object.entries(parameters).map(([parameter, expression]) => {
        const opened = at(path, () => openExpression(expression, headers))
        if (opened.header.storage === 'numbers') return { parameter, column: opened.column }
        throw recipeFault(path, `${parameter} of ${kind} is a number`, 'Give it a number, or a column of numbers.')
      })
      const header = { storage: 'numbers', type: likelyType(kind, Object.keys(parameters)), name } as const
      return {
        headers: [header],
        make({ table, random }) {
          const columns = compiled.map(({ column }) => (column(table) as NumberColumn).values)
          const values = new Float64Array(table.rows).fill(Number.NaN)
          const bulk = new BulkRandom(random, 4 * values.length)
          const parametersOf = (row: number) =>
            Object.fromEntries(compiled.map(({ parameter }, place) => [parameter, columns[place]![row]!]))
          const others: number[] = []
          for (let row = 0; row < values.length; row++) {
            if (columns.some(column => Number.isNaN(column[row]!))) continue
            const value = rowDraws[kind]?.(parametersOf(row), bulk)
            if (value === undefined) others.push(row)
            else values[row] = value
          }
          for (const rows of alike(columns, others)) {
            const opened = at(path, () => openDistribution({ ...parametersOf(rows[0]!), distribution: kind }))
            drawInto(values, rows, opened, bulk)
          }
          return [{ ...header, values }]
        },
      }
    },
  }
}

/** Their parameters are no numbers. */
const composed = new Set(['mixture', 'truncated', 'empirical'])

function namedParameters(kind: string, given: Expression[], path: Path): Record<string, Expression> {
  if (composed.has(kind)) {
    throw recipeFault(
      path,
      `${kind} cannot stand within a formula`,
      'Make it a column of its own, with hidden: true, and name that here.',
    )
  }
  const names = Object.keys(kindOf(kind).params.shape)
  const entries = given.map((node, place): [string, Expression] => {
    const named =
      node.kind === 'binary' && node.operator === '=' && node.left.kind === 'column' && names.includes(node.left.name)
    if (named) return [(node.left as { name: string }).name, node.right]
    if (place < names.length) return [names[place]!, node]
    throw recipeFault(path, `${kind} takes at most ${names.length} parameters`, `They are ${names.join(', ')}.`)
  })
  return Object.fromEntries(entries)
}

function kindOf(kind: string) {
  return distributionKinds.find(one => one.kind === kind)!
}

/** Whether a kind gives whole numbers, by parameters that it takes. */
function likelyType(kind: string, parameters: string[]): 'integer' | 'decimal' {
  for (const guess of [0.5, 1, 2, 10]) {
    const choice = Object.fromEntries(parameters.map((parameter, place) => [parameter, guess * (place + 1)]))
    const { params, open } = kindOf(kind)
    const read = params.safeParse(choice)
    if (read.success) return numberType(open(read.data))
  }
  return 'decimal'
}

/** Below so many draws the tables that make many draws quick are not worth making. */
const fewDraws = 8

function drawInto(values: Float64Array, rows: readonly number[], distribution: Distribution, bulk: BulkRandom): void {
  if (rows.length < fewDraws) {
    for (const row of rows) {
      const share = bulk.openFloat()
      values[row] = share < 0.5 ? distribution.quantile(share) : distribution.upperQuantile(1 - share)
    }
    return
  }
  const drawn = new Float64Array(rows.length)
  distribution.fill(drawn, bulk)
  rows.forEach((row, place) => {
    values[row] = drawn[place]!
  })
}

/** Rows in groups of equal values, in order of first appearance. */
function alike(columns: readonly Float64Array[], rows: readonly number[]): number[][] {
  const groups = new Map<string, number[]>()
  for (const row of rows) {
    const key = columns.map(column => column[row]).join(' ')
    const group = groups.get(key)
    if (group) group.push(row)
    else groups.set(key, [row])
  }
  return [...groups.values()]
}
