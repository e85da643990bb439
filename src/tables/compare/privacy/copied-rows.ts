/** Rows that equal or nearly equal a real row, held against how often real rows do so among themselves. */
import type { Measuring } from '../measuring.ts'
import { keyCounts, rowKeys } from '../row-keys.ts'
import type { SharedColumn, SharedTable } from '../shared-tables.ts'
import { spreadRows } from '../spread-rows.ts'

export interface CopiedRows {
  /** Synthetic rows that equal a real row in all columns compared. */
  exact: number
  share: number
  /** Share of the hold-out’s rows that do or, without one, of real rows that equal another real row. */
  baseline: { of: 'holdout' | 'real'; share: number }
  /** Exact copies beyond what that share, and three standard deviations of chance in both, explain. */
  beyondBaseline: number
  /** SDMetrics’ NewRowSynthesis: share of rows without a real row whose numbers are all within 1 % and whose categories are equal. */
  newRows: number
  newRowsOfHoldout?: number
  /** Rows looked at for it. */
  newRowsOf: number
}

const mostRows = 20_000
const tolerance = 0.01

export function copiedRows(
  real: SharedTable,
  synthetic: SharedTable,
  holdout: SharedTable | undefined,
  measuring: Measuring,
): CopiedRows {
  const realKeys = rowKeys(real.columns, real.rows)
  const counts = keyCounts(realKeys)
  const amongReal = (keys: Float64Array) => keys.reduce((sum, key) => sum + Number(counts.has(key)), 0)
  const exact = amongReal(rowKeys(synthetic.columns, synthetic.rows))
  const repeated = realKeys.reduce((sum, key) => sum + Number(counts.get(key)! > 1), 0)
  const baseline =
    holdout && holdout.rows > 0
      ? { of: 'holdout' as const, share: amongReal(rowKeys(holdout.columns, holdout.rows)) / holdout.rows }
      : { of: 'real' as const, share: real.rows === 0 ? 0 : repeated / real.rows }
  const expected = baseline.share * synthetic.rows
  const chance =
    3 *
    Math.sqrt(Math.max(1, expected * (1 - baseline.share)) + baselineVariance(synthetic.rows, baseline, real, holdout))
  const finder = new SimilarRows(real)
  return {
    exact,
    share: synthetic.rows === 0 ? 0 : exact / synthetic.rows,
    baseline,
    beyondBaseline: exact > expected + chance ? Math.round(exact - expected) : 0,
    newRows: finder.newRows(synthetic, measuring),
    ...(holdout && holdout.rows > 0 && { newRowsOfHoldout: finder.newRows(holdout, measuring) }),
    newRowsOf: Math.min(mostRows, synthetic.rows),
  }
}

/** The share that is expected was measured on few rows itself; real rows that equal one another come in pairs, and so count half. */
function baselineVariance(
  rows: number,
  { of, share }: CopiedRows['baseline'],
  real: SharedTable,
  holdout: SharedTable | undefined,
): number {
  const counted = of === 'holdout' ? holdout!.rows : real.rows / 2
  return counted > 0 ? (rows ** 2 * share * (1 - share)) / counted : 0
}

/** Real rows by their categories, and within those by one of their numbers. */
class SimilarRows {
  readonly #numbers: Float64Array[]
  readonly #byCategories = new Map<number, Int32Array>()
  /** The number whose values differ most: rows are ordered by it. */
  readonly #ordered: number

  constructor(real: SharedTable) {
    this.#numbers = numbersOf(real.columns)
    const variety = this.#numbers.map(values => new Set(values).size)
    this.#ordered = variety.indexOf(Math.max(...variety))
    const groups = new Map<number, number[]>()
    for (const [row, key] of this.#keysOf(real).entries()) {
      const group = groups.get(key)
      if (group) group.push(row)
      else groups.set(key, [row])
    }
    const order = this.#numbers[this.#ordered]
    for (const [key, rows] of groups) {
      this.#byCategories.set(key, Int32Array.from(order ? rows.sort((a, b) => order[a]! - order[b]!) : rows))
    }
  }

  /** Share of rows that are like none. */
  newRows(table: SharedTable, { random, signal }: Measuring): number {
    const rows = spreadRows(table.rows, mostRows, random.fork('new rows'))
    const keys = this.#keysOf(table)
    const numbers = numbersOf(table.columns)
    let fresh = 0
    for (const [at, row] of rows.entries()) {
      if (at % 256 === 0) signal?.throwIfAborted()
      if (
        !this.#hasLike(
          keys[row]!,
          numbers.map(values => values[row]!),
        )
      )
        fresh++
    }
    return rows.length === 0 ? 1 : fresh / rows.length
  }

  /** Categories, and which numbers are null: what has to be equal. */
  #keysOf({ rows, columns }: SharedTable): Float64Array {
    const exact = columns.map((column): SharedColumn => {
      if (column.storage === 'codes') return column
      const codes = Int32Array.from(column.values, value => Number(Number.isNaN(value)))
      return { storage: 'codes', type: 'category', name: column.name, codes, dictionary: [] }
    })
    return rowKeys(exact, rows)
  }

  #hasLike(key: number, numbers: number[]): boolean {
    const rows = this.#byCategories.get(key)
    if (!rows) return false
    const order = this.#numbers[this.#ordered]
    const value = numbers[this.#ordered]
    if (!order || value === undefined || Number.isNaN(value)) return rows.some(row => this.#alike(row, numbers))
    const slack = tolerance * Math.abs(value)
    for (
      let at = firstAtLeast(rows, order, value - slack);
      at < rows.length && order[rows[at]!]! <= value + slack;
      at++
    ) {
      if (this.#alike(rows[at]!, numbers)) return true
    }
    return false
  }

  #alike(row: number, numbers: number[]): boolean {
    return numbers.every((value, at) => {
      const real = this.#numbers[at]![row]!
      return Number.isNaN(value) ? Number.isNaN(real) : Math.abs(real - value) <= tolerance * Math.abs(value)
    })
  }
}

function firstAtLeast(rows: Int32Array, order: Float64Array, least: number): number {
  let low = 0
  let high = rows.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (order[rows[middle]!]! < least) low = middle + 1
    else high = middle
  }
  return low
}

function numbersOf(columns: SharedColumn[]): Float64Array[] {
  return columns.flatMap(column => (column.storage === 'numbers' ? [column.values] : []))
}
