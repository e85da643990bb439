/** Features as linear models see them: numbers in standard deviations from their mean, a weight for each category and for null. */
import type { Features } from './features.ts'

/** Where a column's weights begin, and what they are multiplied with: a value a row, or 1 for the one weight that `places` names. */
interface DesignColumn {
  from: number
  values?: Float64Array
  /** Place of the row's own weight from `from` on; −1 is none. */
  places?: Int32Array
}

interface ColumnScale {
  from: number
  /** Of number columns. */
  mean?: number
  deviation?: number
  /** Of category columns. */
  size?: number
}

export class LinearDesign {
  /** How many weights: the first is the intercept. */
  readonly size: number
  readonly #scales: ColumnScale[] = []

  constructor(train: Features) {
    let size = 1
    for (const column of train.columns) {
      if ('codes' in column) {
        this.#scales.push({ from: size, size: column.size })
        size += column.size + 1
      } else {
        this.#scales.push({ from: size, ...meanAndDeviation(column.values) })
        size += 2
      }
    }
    this.size = size
  }

  /** The columns of any features of the same form. */
  columns(features: Features): DesignColumn[] {
    return features.columns.flatMap((column, at): DesignColumn[] => {
      const { from, mean = 0, deviation = 0, size = 0 } = this.#scales[at]!
      if ('codes' in column) return [{ from, places: column.codes.map(code => (code < 0 ? size : code)) }]
      const values = column.values.map(value =>
        Number.isNaN(value) || deviation === 0 ? 0 : (value - mean) / deviation,
      )
      const nulls = Int32Array.from(column.values, value => (Number.isNaN(value) ? 0 : -1))
      return [{ from, values }, ...(nulls.includes(0) ? [{ from: from + 1, places: nulls }] : [])]
    })
  }
}

/** Adds to `sums` each row's weighted sum; its own is every `stride`th from `offset` on. */
export function addWeighted(
  columns: readonly DesignColumn[],
  weights: Float64Array,
  sums: Float64Array,
  { stride, offset }: { stride: number; offset: number },
): void {
  for (let at = offset; at < sums.length; at += stride) sums[at]! += weights[0]!
  for (const { from, values, places } of columns) {
    if (values) {
      const weight = weights[from]!
      for (let row = 0, at = offset; row < values.length; row++, at += stride) sums[at]! += weight * values[row]!
    } else if (places) {
      for (let row = 0, at = offset; row < places.length; row++, at += stride) {
        if (places[row]! >= 0) sums[at]! += weights[from + places[row]!]!
      }
    }
  }
}

/** Adds to `gradient` what each row's error, laid out as the sums of `addWeighted`, says of each weight. */
export function addGradient(
  columns: readonly DesignColumn[],
  errors: Float64Array,
  gradient: Float64Array,
  { stride, offset }: { stride: number; offset: number },
): void {
  for (let at = offset; at < errors.length; at += stride) gradient[0]! += errors[at]!
  for (const { from, values, places } of columns) {
    if (values) {
      let sum = 0
      for (let row = 0, at = offset; row < values.length; row++, at += stride) sum += errors[at]! * values[row]!
      gradient[from]! += sum
    } else if (places) {
      for (let row = 0, at = offset; row < places.length; row++, at += stride) {
        if (places[row]! >= 0) gradient[from + places[row]!]! += errors[at]!
      }
    }
  }
}

function meanAndDeviation(values: Float64Array): { mean: number; deviation: number } {
  const known = values.filter(value => !Number.isNaN(value))
  if (known.length === 0) return { mean: 0, deviation: 0 }
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length
  return { mean, deviation: Math.sqrt(known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / known.length) }
}
