/** The closest row of a table by Gower’s distance. */
import { BoxTree, type RowPoints } from './box-tree.ts'
import { rangeOf } from './cells.ts'
import type { SharedTable } from './shared-tables.ts'

/** How far apart neighbouring codes of categories are: more than 1, so that all are equally far. */
export const categoryPlace = 2
/** Apart from every category and number by more than 1. */
const nullPlace = -1e6
/** Differences of two cells that are worked out, at most: a second or two. */
const mostSteps = 4e8
const leastQueries = 200

/** Points of each table, in units of the first one’s ranges. */
export function rowPoints(tables: SharedTable[]): RowPoints[] {
  const [first] = tables
  const places = first!.columns.map(column => {
    if (column.storage === 'codes') return { least: 0, unit: 1 / categoryPlace }
    const { least, greatest } = rangeOf(column.values)
    return { least, unit: greatest > least ? greatest - least : 1 }
  })
  return tables.map(({ rows, columns }) => {
    const points = new Float32Array(rows * columns.length)
    for (const [at, column] of columns.entries()) {
      const values = column.storage === 'codes' ? column.codes : column.values
      const { least, unit } = places[at]!
      const isNull = column.storage === 'codes' ? (value: number) => value < 0 : Number.isNaN
      for (let row = 0; row < rows; row++) {
        const value = values[row]!
        points[row * columns.length + at] = isNull(value) ? nullPlace : (value - least) / unit
      }
    }
    return { rows, columns: columns.length, points }
  })
}

/**
 * For each of `queries`, Gower’s distance to its closest row; NaN where there is none. `itself`: which row of the table each query is,
 * for a row is not its own neighbour. Where rows are so unlike that no box can be passed over, it ends early: the result then has the
 * first queries alone, so give them in random order.
 */
export function closestDistances(
  queries: RowPoints,
  table: RowPoints,
  options: { itself?: Int32Array; signal?: AbortSignal } = {},
): Float64Array {
  const tree = new BoxTree(table)
  const distances = new Float64Array(queries.rows)
  for (let row = 0; row < queries.rows; row++) {
    if (tree.steps > mostSteps && row >= leastQueries) return distances.slice(0, row)
    if (row % 64 === 0) options.signal?.throwIfAborted()
    const start = row * queries.columns
    distances[row] =
      tree.closest(queries.points.subarray(start, start + queries.columns), options.itself?.[row]) / queries.columns
  }
  return distances
}
