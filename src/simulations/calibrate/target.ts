/** Target statistics: numbers that a run’s tables are to have, and how they are worked out block by block. */
import { CultivarError } from '../../model/error.ts'
import { quantile } from '../../stats/quantile.ts'
import type { ColumnHeader, Table } from '../../tables/table.ts'
import { nearestName } from '../../text/nearest-name.ts'
import { stepColumn } from '../table-recorder.ts'

/** Of the values of a column that are not null; `last` is the value of the last row. */
export type StatisticKind = 'mean' | 'sd' | 'min' | 'max' | 'last' | 'sum' | 'count'

/** One of these, a quantile (0 to 1), or the mean of the rows that were written after one step. */
export type Statistic = StatisticKind | { quantile: number } | { step: number }

export interface CalibrationTarget {
  table: string
  /** A column of numbers; booleans are 0 and 1. */
  column: string
  statistic: Statistic
  value: number
  /** How far off counts as matched, and as a loss of 1; 5 % of the value unless given, 0.05 where it is 0. */
  tolerance?: number
  /** 1 unless given. */
  weight?: number
}

const usualTolerance = 0.05

export function toleranceOf({ tolerance, value }: CalibrationTarget): number {
  return tolerance ?? (usualTolerance * Math.abs(value) || usualTolerance)
}

/** `counts.sheep:mean`, `counts.sheep:q90`, `counts.sheep:at100`: as it is written on the command line. */
export function targetName({ table, column, statistic }: CalibrationTarget): string {
  return `${table}.${column}:${statisticName(statistic)}`
}

function statisticName(statistic: Statistic): string {
  if (typeof statistic === 'string') return statistic
  return 'step' in statistic ? `at${statistic.step}` : `q${Number((100 * statistic.quantile).toPrecision(12))}`
}

/** @throws CultivarError `bad-input` for a table or column that there is not, or of which no statistic can be worked out. */
export function checkTarget(
  target: CalibrationTarget,
  tables: readonly { name: string; columns: ColumnHeader[] }[],
): void {
  const table = tables.find(({ name }) => name === target.table)
  if (!table) throw unknown('table', target.table, tables)
  const column = table.columns.find(({ name }) => name === target.column)
  if (!column) throw unknown(`column of “${table.name}”`, target.column, table.columns)
  if (column.storage !== 'numbers') {
    throw new CultivarError(
      'bad-input',
      `The column “${target.column}” of “${table.name}” holds words, and a target is a number.`,
      `Columns with numbers are ${table.columns.flatMap(({ name, storage }) => (storage === 'numbers' ? [name] : [])).join(', ')}.`,
    )
  }
  const { tolerance = 1, weight = 1, statistic } = target
  const share = typeof statistic === 'object' && 'quantile' in statistic ? statistic.quantile : 0
  if (Number.isFinite(target.value) && tolerance > 0 && weight > 0 && share >= 0 && share <= 1) return
  throw new CultivarError(
    'bad-input',
    `The target ${targetName(target)} = ${target.value} (tolerance ${tolerance}, weight ${weight}) cannot be aimed at.`,
    'Value, tolerance and weight are numbers, the last two over 0; quantiles run from 0 to 1 (q0 to q100).',
  )
}

function unknown(what: string, name: string, known: readonly { name: string }[]): CultivarError {
  const names = known.map(one => one.name)
  const near = nearestName(name, names)
  return new CultivarError(
    'bad-input',
    `There is no ${what} called “${name}”.`,
    `${near === undefined ? '' : `Did you mean “${near}”? `}There are: ${names.join(', ')}.`,
  )
}

/** By target, out of the blocks of one run; NaN where there was no value. */
export function statisticsOf(targets: readonly CalibrationTarget[], blocks: Iterable<Table>): number[] {
  const collectors = targets.map(target => new StatisticCollector(target))
  for (const block of blocks) for (const collector of collectors) collector.take(block)
  return collectors.map(({ value }) => value)
}

class StatisticCollector {
  readonly #target: CalibrationTarget
  #count = 0
  #mean = 0
  #squares = 0
  #min = Number.POSITIVE_INFINITY
  #max = Number.NEGATIVE_INFINITY
  #last = Number.NaN
  /** Only for quantiles. */
  readonly #values: number[] = []

  constructor(target: CalibrationTarget) {
    this.#target = target
  }

  take({ name, rows, columns }: Table): void {
    const { table, column: wanted, statistic } = this.#target
    if (name !== table) return
    const column = columns.find(one => one.name === wanted)
    const steps = columns.find(one => one.name === stepColumn)
    if (column?.storage !== 'numbers' || steps?.storage !== 'numbers') return
    const at = typeof statistic === 'object' && 'step' in statistic ? statistic.step : undefined
    for (let row = 0; row < rows; row++)
      if (at === undefined || steps.values[row] === at) this.#add(column.values[row]!)
  }

  /** NaN where there was no value. */
  get value(): number {
    const { statistic } = this.#target
    if (typeof statistic === 'object') {
      if ('step' in statistic) return this.#count === 0 ? Number.NaN : this.#mean
      return this.#count === 0
        ? Number.NaN
        : quantile(
            this.#values.sort((one, other) => one - other),
            statistic.quantile,
          )
    }
    return this.#simple(statistic)
  }

  #simple(kind: StatisticKind): number {
    if (kind === 'count') return this.#count
    if (kind === 'sum') return this.#count * this.#mean
    if (this.#count === 0) return Number.NaN
    if (kind === 'sd') return this.#count < 2 ? Number.NaN : Math.sqrt(this.#squares / (this.#count - 1))
    return { mean: this.#mean, min: this.#min, max: this.#max, last: this.#last }[kind]
  }

  /** Mean and squares as they come (Welford 1962). */
  #add(value: number): void {
    this.#last = value
    if (Number.isNaN(value)) return
    const { statistic } = this.#target
    this.#count++
    const off = value - this.#mean
    this.#mean += off / this.#count
    this.#squares += off * (value - this.#mean)
    this.#min = Math.min(this.#min, value)
    this.#max = Math.max(this.#max, value)
    if (typeof statistic === 'object' && 'quantile' in statistic) this.#values.push(value)
  }
}
