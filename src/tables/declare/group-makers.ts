/** Columns that are made together: listed combinations, counts of categories, and parts that add up. */
import { AliasTable } from '../../stats/alias-table.ts'
import { BulkRandom } from '../../stats/bulk-random.ts'
import { openMultinomial } from '../../stats/distributions/multinomial.ts'
import { openExpression } from '../expression/compile-expression.ts'
import { expressionColumns } from '../expression/expression.ts'
import type { ColumnHeader, NumberColumn } from '../table.ts'
import { type ColumnMaker, columnOf } from './column-maker.ts'
import type { CombinationsChoice, MultinomialChoice } from './declaration.ts'
import { parseFormula } from './formula-makers.ts'
import { at, type Path, recipeFault } from './read-declaration.ts'
import { listedColumn, listedValues } from './values-maker.ts'

export function combinationsMaker({ columns, rows, weights }: CombinationsChoice, path: Path): ColumnMaker {
  return {
    makes: columns,
    needs: [],
    path,
    open() {
      rows.forEach((row, place) => {
        if (row.length === columns.length) return
        throw recipeFault(
          [...path, 'rows', place],
          `there are ${columns.length} columns, but this has ${row.length} values`,
          'Give one value for each column.',
        )
      })
      const listed = listedValues({ values: rows.map((_, place) => place), weights }, path)
      const table = new AliasTable(listed.weights)
      const made = columns.map((name, column) =>
        listedColumn(
          name,
          rows.map(row => row[column]!),
        ),
      )
      return {
        headers: made.map(({ header }) => header),
        make({ table: { rows: count }, random }) {
          const bulk = new BulkRandom(random, 2 * count)
          const places = new Int32Array(count)
          for (let i = 0; i < count; i++) places[i] = table.draw(bulk)
          return made.map(({ column }) => column(places))
        },
      }
    },
  }
}

/** Counts that add up to the same number in each row. */
export function multinomialMaker({ columns, trials, weights }: MultinomialChoice, path: Path): ColumnMaker {
  return {
    makes: columns,
    needs: [],
    path,
    open() {
      if (weights.length !== columns.length) {
        throw recipeFault(
          [...path, 'weights'],
          `there are ${columns.length} columns and ${weights.length} weights`,
          'Give each column a weight.',
        )
      }
      const counts = openMultinomial({ trials, weights })
      const headers = columns.map(name => ({ storage: 'numbers', type: 'integer', name }) as const)
      return {
        headers,
        make({ table: { rows }, random }) {
          const made = headers.map(header => ({ ...header, values: new Float64Array(rows) }))
          counts.fill(
            made.map(({ values }) => values),
            random,
          )
          return made
        },
      }
    },
  }
}

export interface Part {
  name: string
  /** The column before it was scaled. */
  raw: string
  decimals: number | undefined
}

/** Scales parts so that they add up; with whole steps (decimals), what is left over goes to those that lost most by rounding. */
export function sumMaker(parts: Part[], to: number | string, path: Path): ColumnMaker {
  const expression = parseFormula(String(to), [...path, 'to'])
  return {
    makes: parts.map(({ name }) => name),
    needs: [...parts.map(({ raw }) => raw), ...expressionColumns(expression)],
    path,
    open({ headers }) {
      const total = at([...path, 'to'], () => openExpression(expression, headers))
      const raws = parts.map(({ raw }) => headers.find(header => header.name === raw)!)
      const odd = [...raws, total.header].find(({ type }) => type !== 'integer' && type !== 'decimal')
      if (odd) throw recipeFault(path, `only numbers add up, but one is a ${odd.type}`, 'Name columns of numbers.')
      const digits = parts.map(({ decimals }, place) => (raws[place]!.type === 'integer' ? 0 : decimals))
      const step = digits.some(one => one === undefined) ? 0 : 10 ** -Math.max(...(digits as number[]))
      const made = parts.map(({ name }, place): Extract<ColumnHeader, { storage: 'numbers' }> => {
        const decimals = digits[place]
        return decimals === 0
          ? { storage: 'numbers', type: 'integer', name }
          : { storage: 'numbers', type: 'decimal', name, ...(decimals !== undefined && { decimals }) }
      })
      return {
        headers: made,
        make({ table }) {
          const given = parts.map(({ raw }) => (columnOf(table, raw) as NumberColumn).values)
          const totals = (total.column(table) as NumberColumn).values
          const out = parts.map(() => new Float64Array(table.rows))
          for (let row = 0; row < table.rows; row++) {
            const scaled = addingUp(
              given.map(values => values[row]!),
              totals[row]!,
              step,
            )
            scaled.forEach((value, place) => {
              out[place]![row] = value
            })
          }
          return made.map((header, place) => ({ ...header, values: out[place]! }))
        },
      }
    },
  }
}

/**
 * Numbers in the proportions of `parts` (alike if these are all 0) whose sum is `total`, in whole steps if `step` is not
 * 0 (largest remainders).
 */
function addingUp(parts: number[], total: number, step: number): number[] {
  const sum = parts.reduce((before, part) => before + part, 0)
  const shares = sum === 0 ? parts.map(() => total / parts.length) : parts.map(part => (part / sum) * total)
  if (step === 0) {
    const [first, ...others] = shares
    return first === undefined ? [] : [total - others.reduce((before, share) => before + share, 0), ...others]
  }
  const perUnit = Math.round(1 / step)
  const units = shares.map(share => Math.floor(share * perUnit))
  let left = Math.round(total * perUnit) - units.reduce((before, unit) => before + unit, 0)
  const byRest = shares
    .map((share, place) => ({ place, rest: share * perUnit - units[place]! }))
    .sort((a, b) => b.rest - a.rest || a.place - b.place)
  for (let next = 0; left > 0; next = (next + 1) % byRest.length, left--) units[byRest[next]!.place]!++
  return units.map(unit => unit / perUnit)
}

/** The same maker with one of its columns under another name. */
export function renamed(maker: ColumnMaker, from: string, to: string): ColumnMaker {
  const changed = (name: string) => (name === from ? to : name)
  return {
    ...maker,
    makes: maker.makes.map(changed),
    open(context) {
      const opened = maker.open(context)
      return {
        headers: opened.headers.map(header => ({ ...header, name: changed(header.name) })),
        make: rows => opened.make(rows).map(column => ({ ...column, name: changed(column.name) })),
      }
    },
  }
}
