/** What tabular models learn from and what they give: features and a target as plain arrays, and scores. */

/** Numbers, where NaN is null, or codes of a category from 0 to `size` − 1, where −1 is null or a category that training did not have. */
export type FeatureColumn = { name: string; values: Float64Array } | { name: string; codes: Int32Array; size: number }

export interface Features {
  rows: number
  columns: FeatureColumn[]
}

/** A class a row, from 0 to `classes` − 1. */
export interface ClassTarget {
  codes: Int32Array
  classes: number
}

/** A number a row, never NaN. */
interface NumberTarget {
  values: Float64Array
}

export type Target = ClassTarget | NumberTarget

export interface TabularModel {
  /** Scores a row: 1 for two classes and for numbers, else one a class. */
  outputs: number
  /**
   * Row by row, `outputs` each: the probability of class 1 of two, the probability of each of several classes, or the number itself.
   * Columns are those of training, in their order.
   */
  scores(features: Features): Float64Array
}

/** The class each row most likely has, of a model of classes. */
export function predictedClasses({ outputs }: TabularModel, scores: Float64Array): Int32Array {
  if (outputs === 1) return Int32Array.from(scores, score => Number(score > 0.5))
  return Int32Array.from({ length: scores.length / outputs }, (_, row) => {
    let best = 0
    for (let at = 1; at < outputs; at++) {
      if (scores[row * outputs + at]! > scores[row * outputs + best]!) best = at
    }
    return best
  })
}

/** Turns the sums of each row, `outputs` of them, into probabilities, in place: sigmoid of one, softmax of several. */
export function toClassProbabilities(sums: Float64Array, outputs: number): Float64Array {
  if (outputs === 1) {
    for (let at = 0; at < sums.length; at++) sums[at] = 1 / (1 + Math.exp(-sums[at]!))
    return sums
  }
  for (let start = 0; start < sums.length; start += outputs) {
    let highest = Number.NEGATIVE_INFINITY
    for (let at = start; at < start + outputs; at++) highest = Math.max(highest, sums[at]!)
    let total = 0
    for (let at = start; at < start + outputs; at++) total += sums[at] = Math.exp(sums[at]! - highest)
    for (let at = start; at < start + outputs; at++) sums[at]! /= total
  }
  return sums
}

/** Some rows, in the order given. */
export function takeRows(features: Features, rows: ArrayLike<number>): Features {
  const columns = features.columns.map(column =>
    'codes' in column
      ? { ...column, codes: Int32Array.from(rows, row => column.codes[row]!) }
      : { ...column, values: Float64Array.from(rows, row => column.values[row]!) },
  )
  return { rows: rows.length, columns }
}
