/** Columns that refer to rows of another table, and what those rows say. */
import { AliasTable } from '../../stats/alias-table.ts'
import { BulkRandom } from '../../stats/bulk-random.ts'
import { openExpression } from '../expression/compile-expression.ts'
import { expressionColumns } from '../expression/expression.ts'
import { parseExpression } from '../expression/parse-expression.ts'
import type { Column, ColumnHeader, NumberColumn } from '../table.ts'
import { takeValues } from '../take-rows.ts'
import type { ReferenceChoice } from './column-choice.ts'
import type { ColumnMaker } from './column-maker.ts'
import { at, type Path, recipeFault } from './read-declaration.ts'

/** A table that can be referred to. */
export interface TargetTable {
  name: string
  rows: number
  key: string | undefined
  headers: readonly ColumnHeader[]
  /** All values of a column, of all rows; it is kept. */
  whole(column: string): Column
}

/**
 * @param used columns of the target that others read through this one, as `product.price`.
 * @param selfKey the key, if the table refers to itself: rows then refer to rows before them, so that nothing goes in a
 * circle, and the first to none.
 */
export function referenceMaker(
  name: string,
  choice: ReferenceChoice,
  path: Path,
  table: TargetTable,
  selfKey: string | undefined,
  used: string[],
): ColumnMaker {
  return {
    makes: [name, ...used.map(column => `${name}.${column}`)],
    needs: selfKey === undefined ? [] : [selfKey],
    path,
    open(context) {
      const isSelf = selfKey !== undefined
      const { rows, key } = table
      if (key === undefined) {
        throw recipeFault(
          path,
          `table “${table.name}” has no key to refer to`,
          `Name the column that identifies its rows: key: id`,
        )
      }
      if (rows === 0 && context.rows > 0) {
        throw recipeFault(path, `table “${table.name}” has no rows to refer to`, 'Give it rows.')
      }
      const wanted = [key, ...used]
      const headers = wanted.map((column, place) => {
        const header = (isSelf ? context.headers : table.headers).find(one => one.name === column)!
        return { ...header, name: place === 0 ? name : `${name}.${column}` }
      })
      const weights = weightsOf(choice, table, path)
      if (weights && isSelf)
        throw recipeFault([...path, 'weights'], 'a table cannot refer to itself with weights', 'Leave them out.')
      const alias = weights && at([...path, 'weights'], () => new AliasTable(weights))
      return {
        headers,
        make({ table: { rows: count }, numbers, random, wanted: asked }) {
          const bulk = new BulkRandom(random, 2 * count)
          const places = Int32Array.from(numbers, number => {
            if (isSelf) return number === 0 ? -1 : bulk.below(number)
            return alias ? alias.draw(bulk) : bulk.below(rows)
          })
          return wanted.flatMap((column, place) => {
            const header = headers[place]!
            if (place > 0 && asked && !asked.has(header.name)) return []
            return [{ ...takeValues(table.whole(column), places), name: header.name }]
          })
        },
      }
    },
  }
}

function weightsOf({ weights }: ReferenceChoice, table: TargetTable, path: Path): Float64Array | undefined {
  if (weights === undefined) return undefined
  const where = [...path, 'weights']
  return at(where, () => {
    const expression = parseExpression(weights)
    const opened = openExpression(expression, table.headers)
    if (opened.header.storage !== 'numbers')
      throw recipeFault(where, 'weights are numbers', 'Name a column of numbers.')
    const columns = expressionColumns(expression).map(column => table.whole(column))
    const { values } = opened.column({ name: table.name, rows: table.rows, columns }) as NumberColumn
    return values.map(value => (Number.isNaN(value) ? 0 : value))
  })
}
