/** Columns as cells of a grid, and how differently two tables fill the grid of several columns. */
import type { SharedColumn } from './shared-tables.ts'

/** A column as whole numbers from 0 to `size` − 1. */
export interface Cells {
  codes: Int32Array
  size: number
}

/** Grids up to this size are counted in place; larger ones by sorting. */
const mostInPlace = 1 << 20

/** Each value of a category is a cell of its own, and null one more, the first. */
export function categoryCells({ codes, dictionary }: { codes: Int32Array; dictionary: readonly string[] }): Cells {
  return { codes: codes.map(code => code + 1), size: dictionary.length + 1 }
}

/** Cell of each number: how many `edges` (ascending) are at most as great; nulls have `nullCell`. */
export function numberCells(values: Float64Array, edges: readonly number[], nullCell: number): Cells {
  const codes = new Int32Array(values.length)
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!
    codes[row] = Number.isNaN(value) ? nullCell : edgesUpTo(edges, value)
  }
  return { codes, size: Math.max(edges.length, nullCell) + 1 }
}

/** Only these rows, in this order. */
export function cellsOfRows({ codes, size }: Cells, rows: Int32Array): Cells {
  return { codes: rows.map(row => codes[row]!), size }
}

/** Columns of nulls only: NaN. */
export function rangeOf(values: Float64Array): { least: number; greatest: number } {
  let least = Number.NaN
  let greatest = Number.NaN
  for (const value of values) {
    if (Number.isNaN(least)) least = greatest = value
    else if (value < least) least = value
    else if (value > greatest) greatest = value
  }
  return { least, greatest }
}

/**
 * Total variation distance of the two tables over the grid of all these columns, from 0 (filled alike) to 1:
 * ½ Σ |share of the first − share of the second|. NaN where a table has no rows.
 */
export function variationDistance(first: Cells[], second: Cells[]): number {
  return shareDifferences(first, second).distance
}

/**
 * With it, the distance that two samples of these sizes from the first table's own distribution have on average:
 * ½ Σ √(2 p (1 − p) (1/n + 1/m) / π), a cell no more than 2 p (normal approximation of a binomial's mean deviation).
 */
export function shareDifferences(first: Cells[], second: Cells[]): { distance: number; bySampling: number } {
  const firstRows = first[0]!.codes.length
  const secondRows = second[0]!.codes.length
  const noise = (2 / Math.PI) * (1 / firstRows + 1 / secondRows)
  let distance = 0
  let bySampling = 0
  eachCell(first, second, (inFirst, inSecond) => {
    const share = inFirst / firstRows
    distance += Math.abs(share - inSecond / secondRows)
    bySampling += Math.min(Math.sqrt(noise * share * (1 - share)), 2 * share)
  })
  if (firstRows === 0 || secondRows === 0) return { distance: Number.NaN, bySampling: Number.NaN }
  return { distance: distance / 2, bySampling: bySampling / 2 }
}

/**
 * Cramér’s V of two columns, 0 to 1: √(χ² / n / (min(values of one, values of the other) − 1)), without correction. NaN where one is
 * constant.
 */
export function cramersV(one: Cells, other: Cells): number {
  const ofOne = countsOf(one)
  const ofOther = countsOf(other)
  const fewest = Math.min(filled(ofOne), filled(ofOther))
  // χ² = n (Σ observed² / (row sum · column sum) − 1): only cells that are filled count.
  let sum = 0
  eachCell([one, other], [], (count, _, cell) => {
    sum += (count * count) / (ofOne[Math.floor(cell / other.size)]! * ofOther[cell % other.size]!)
  })
  return fewest < 2 ? Number.NaN : Math.sqrt(Math.max(0, sum - 1) / (fewest - 1))
}

export function countsOf({ codes, size }: Cells): Float64Array {
  const counts = new Float64Array(size)
  for (const code of codes) counts[code]!++
  return counts
}

/** Whether a column is cut into ranges when it is put into cells. */
export function isNumeric(column: SharedColumn): column is SharedColumn & { storage: 'numbers' } {
  return column.storage === 'numbers'
}

function filled(counts: Float64Array): number {
  return counts.reduce((sum, count) => sum + Number(count > 0), 0)
}

/** Every cell that either fills, with how many rows of each are in it. */
function eachCell(first: Cells[], second: Cells[], see: (first: number, second: number, cell: number) => void): void {
  const sizes = first.map(({ size }, at) => Math.max(size, second[at]?.size ?? 0))
  const grid = sizes.reduce((product, size) => product * size, 1)
  if (grid <= mostInPlace) {
    const counts = [first, second].map(columns => {
      const all = new Int32Array(grid)
      for (const cell of cellNumbers(columns, sizes, Int32Array)) all[cell]!++
      return all
    })
    for (let cell = 0; cell < grid; cell++) {
      const inFirst = counts[0]![cell]!
      const inSecond = counts[1]![cell]!
      if (inFirst + inSecond > 0) see(inFirst, inSecond, cell)
    }
    return
  }
  const a = cellNumbers(first, sizes, Float64Array).sort()
  const b = cellNumbers(second, sizes, Float64Array).sort()
  for (let atA = 0, atB = 0; atA < a.length || atB < b.length; ) {
    const cell = Math.min(a[atA] ?? Number.POSITIVE_INFINITY, b[atB] ?? Number.POSITIVE_INFINITY)
    const [fromA, fromB] = [atA, atB]
    while (a[atA] === cell) atA++
    while (b[atB] === cell) atB++
    see(atA - fromA, atB - fromB, cell)
  }
}

/** The cell of each row in the grid of these sizes, the last column turning fastest. */
function cellNumbers<Numbers extends Int32Array | Float64Array>(
  columns: Cells[],
  sizes: number[],
  Kind: new (length: number) => Numbers,
): Numbers {
  const cells = new Kind(columns[0]?.codes.length ?? 0)
  for (const [at, { codes }] of columns.entries()) {
    const size = sizes[at]!
    for (let row = 0; row < codes.length; row++) cells[row] = cells[row]! * size + codes[row]!
  }
  return cells
}

function edgesUpTo(edges: readonly number[], value: number): number {
  let low = 0
  let high = edges.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (edges[middle]! <= value) low = middle + 1
    else high = middle
  }
  return low
}
