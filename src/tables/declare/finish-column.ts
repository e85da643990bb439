/** What is done to a column when it was made: rounding and clipping; and what goes missing from it at the very end. */
import { BulkRandom } from '../../stats/bulk-random.ts'
import type { RandomStream } from '../../stats/random-stream.ts'
import { openExpression } from '../expression/compile-expression.ts'
import { expressionColumns } from '../expression/expression.ts'
import { parseExpression } from '../expression/parse-expression.ts'
import type { Column, ColumnHeader, NumberColumn, Table } from '../table.ts'
import type { Extras } from './column-choice.ts'
import { at, type Path, recipeFault } from './read-declaration.ts'

export interface Finish {
  header: ColumnHeader
  apply(column: Column): Column
}

/** Rounds and clips numbers; undefined where there is nothing to do. */
export function openFinish(header: ColumnHeader, { decimals, clip }: Extras, path: Path): Finish | undefined {
  if (decimals === undefined && clip === undefined) return undefined
  if (header.storage !== 'numbers' || (header.type !== 'integer' && header.type !== 'decimal')) {
    const member = decimals === undefined ? 'clip' : 'decimals'
    throw recipeFault(
      [...path, member],
      `only numbers have ${member}, but this is a ${header.type}`,
      `Leave out "${member}".`,
    )
  }
  const [least, most] = [clip?.[0] ?? Number.NEGATIVE_INFINITY, clip?.[1] ?? Number.POSITIVE_INFINITY]
  if (least > most) throw recipeFault([...path, 'clip'], 'the least comes first, then the most', 'Write [0, 100].')
  const type = decimals === 0 ? 'integer' : header.type
  const digits = type === 'integer' ? undefined : (decimals ?? header.decimals)
  const finished = { ...header, type, ...(digits !== undefined && { decimals: digits }) }
  const scale = decimals === undefined ? undefined : 10 ** decimals
  return {
    header: finished,
    apply(column) {
      const values = (column as NumberColumn).values.map(value => {
        // Beyond 2⁵³ steps there are no digits left to round.
        const rounded =
          scale === undefined || Math.abs(value) * scale > 9e15 ? value : Math.round(value * scale) / scale
        return Math.min(Math.max(rounded, least), most)
      })
      return { ...finished, values }
    },
  }
}

export interface Missing {
  column: string
  needs: string[]
  /** Opens it for a table of such columns. */
  open(headers: readonly ColumnHeader[]): (column: Column, table: Table, random: RandomStream) => Column
}

/** Takes values out: at random, or by a share that is worked out from the row. */
export function missingOf(column: string, missing: number | string, path: Path): Missing {
  const where = [...path, 'missing']
  const expression = typeof missing === 'string' ? at(where, () => parseExpression(missing)) : undefined
  return {
    column,
    needs: expression ? expressionColumns(expression) : [],
    open(headers) {
      const compiled = expression && at(where, () => openExpression(expression, headers))
      if (compiled && compiled.header.storage !== 'numbers') {
        throw recipeFault(
          where,
          'this is no share',
          'Write a number from 0 to 1, a condition, or if(age > 60, 0.3, 0.05).',
        )
      }
      return (made, table, random) => {
        const bulk = new BulkRandom(random, 2 * table.rows)
        const shares = compiled && (compiled.column(table) as NumberColumn).values
        const rows = Array.from({ length: table.rows }, (_, row) => row)
        return withNulls(
          made,
          rows.filter(row => bulk.float() < (shares ? shares[row]! : (missing as number))),
        )
      }
    },
  }
}

function withNulls(column: Column, rows: number[]): Column {
  if (column.storage === 'codes') {
    const codes = column.codes.slice()
    for (const row of rows) codes[row] = -1
    return { ...column, codes }
  }
  if (column.storage === 'numbers') {
    const values = column.values.slice()
    for (const row of rows) values[row] = Number.NaN
    return { ...column, values }
  }
  const values = column.values.slice()
  for (const row of rows) values[row] = null
  return { ...column, values }
}
