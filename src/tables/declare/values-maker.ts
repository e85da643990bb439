/** Columns of listed values with weights. */
import { AliasTable } from '../../stats/alias-table.ts'
import { BulkRandom } from '../../stats/bulk-random.ts'
import { filledCodes, filledNumbers } from '../expression/filled-arrays.ts'
import type { Column, ColumnHeader } from '../table.ts'
import type { ColumnChoice, ValuesChoice } from './column-choice.ts'
import type { ColumnMaker } from './column-maker.ts'
import { type Path, recipeFault } from './read-declaration.ts'

type Value = string | number | boolean

export interface ListedValues {
  values: Value[]
  weights: number[]
}

/** Whether a column is of listed values; a distribution may have a parameter of that name. */
export function isListed(choice: ColumnChoice | undefined): choice is ValuesChoice {
  return typeof choice === 'object' && 'values' in choice && !('distribution' in choice)
}

export function listedValues({ values, weights }: Pick<ValuesChoice, 'values' | 'weights'>, path: Path): ListedValues {
  const listed = Array.isArray(values) ? values : namedValues(Object.keys(values))
  if (!Array.isArray(values) && weights) {
    throw recipeFault(path, 'weights are given twice', 'Leave out "weights", or write the values as a list.')
  }
  const given = (Array.isArray(values) ? weights : Object.values(values)) ?? listed.map(() => 1)
  if (given.length !== listed.length) {
    throw recipeFault(
      path,
      `there are ${listed.length} values and ${given.length} weights`,
      'Give each value a weight, or leave the weights out.',
    )
  }
  if (given.every(weight => weight === 0))
    throw recipeFault(path, 'all weights are 0', 'Give one value a weight above 0.')
  return { values: listed, weights: given }
}

/** Names of members are texts even where numbers were written. */
function namedValues(names: string[]): Value[] {
  return names.every(name => String(Number(name)) === name) ? names.map(Number) : names
}

/** The share of the weights up to each; the last of them that is not 0 has 1. */
export function shareUpTo(weights: ArrayLike<number>): Float64Array {
  const upTo = new Float64Array(weights.length)
  let sum = 0
  for (let i = 0; i < upTo.length; i++) {
    sum += weights[i]!
    upTo[i] = sum
  }
  return upTo.map(part => part / sum)
}

/** The place of the first share above u, for u from 0 to below 1. */
export function placeOf(upTo: Float64Array, u: number): number {
  let low = 0
  let high = upTo.length - 1
  while (low < high) {
    const middle = (low + high) >>> 1
    if (upTo[middle]! > u) high = middle
    else low = middle + 1
  }
  return low
}

/** A column of listed values by their places: numbers, truth values, or texts as a category. Places below 0 are null. */
export function listedColumn(
  name: string,
  values: readonly Value[],
): { header: ColumnHeader; column(places: Int32Array): Column } {
  const kinds = new Set(values.map(value => typeof value))
  if (kinds.size === 1 && !kinds.has('string')) {
    const numbers = values.map(Number)
    const type = kinds.has('boolean') ? 'boolean' : numbers.every(Number.isInteger) ? 'integer' : 'decimal'
    const header = { storage: 'numbers', type, name } as const
    return {
      header,
      column: places => ({
        ...header,
        values: filledNumbers(places.length, row => numbers[places[row]!] ?? Number.NaN),
      }),
    }
  }
  const dictionary = [...new Set(values.map(String))]
  const codes = Int32Array.from(values, value => dictionary.indexOf(String(value)))
  const header = { storage: 'codes', type: 'category', name, dictionary } as const
  return {
    header,
    column: places => ({ ...header, codes: filledCodes(places.length, row => codes[places[row]!] ?? -1) }),
  }
}

export function valuesMaker(name: string, choice: Pick<ValuesChoice, 'values' | 'weights'>, path: Path): ColumnMaker {
  return {
    makes: [name],
    needs: [],
    path,
    open() {
      const { values, weights } = listedValues(choice, path)
      const { header, column } = listedColumn(name, values)
      const table = new AliasTable(weights)
      return {
        headers: [header],
        make({ table: { rows }, random }) {
          const bulk = new BulkRandom(random, 2 * rows)
          const places = new Int32Array(rows)
          for (let i = 0; i < rows; i++) places[i] = table.draw(bulk)
          return [column(places)]
        },
      }
    },
  }
}
