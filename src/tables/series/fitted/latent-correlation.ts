/** From correlations of discrete columns’ scores to those of the normals below them (NORTA: Cario & Nelson 1997, by Hermite series). */

import type { ScoreMap } from './marginal.ts'
import { normalDensity } from './normal-scores.ts'

const terms = 24
/** A column with so many values, none of them frequent, is as good as continuous. */
const continuousVariance = 0.995

/** Squares of it are the parts of a score’s variance that polynomials of degree 1, 2, … hold; they add up to 1 at most. */
export type HermiteWeights = Float64Array

/** Undefined for a column that is continuous enough to need no correction. */
export function hermiteWeights({ score, cuts, variance }: ScoreMap): HermiteWeights | undefined {
  if (variance >= continuousVariance || variance <= 0) return undefined
  const weights = new Float64Array(terms)
  for (let group = 0; group < score.length; group++) {
    addEdge(weights, cuts[group]!, score[group]!)
    addEdge(weights, cuts[group + 1]!, -score[group]!)
  }
  const scale = Math.sqrt(variance)
  return weights.map(weight => weight / scale)
}

/** Adds `factor` · h(k−1)(cut) φ(cut) / √k for each degree k, with h the Hermite polynomials of norm 1. */
function addEdge(weights: Float64Array, cut: number, factor: number): void {
  if (!Number.isFinite(cut)) return
  const density = normalDensity(cut) * factor
  let before = 0
  let value = 1
  for (let degree = 1; degree <= terms; degree++) {
    weights[degree - 1]! += (value * density) / Math.sqrt(degree)
    const next = (cut * value - Math.sqrt(degree - 1) * before) / Math.sqrt(degree)
    before = value
    value = next
  }
}

/** The correlation that two normals must have for their columns’ scores to correlate as `observed`; within ±1. */
export function latentCorrelation(
  observed: number,
  first: HermiteWeights | undefined,
  second: HermiteWeights | undefined,
): number {
  const bounded = Math.max(-1, Math.min(1, observed))
  if (!first && !second) return bounded
  if (!first || !second) {
    const linear = (first ?? second)![0]!
    return Math.max(-1, Math.min(1, bounded / Math.max(linear, 0.05)))
  }
  const reach = (correlation: number) => {
    let power = 1
    let sum = 0
    for (let k = 0; k < terms; k++) {
      power *= correlation
      sum += first[k]! * second[k]! * power
    }
    return sum
  }
  let low = bounded < 0 ? -1 : 0
  let high = bounded < 0 ? 0 : 1
  if (bounded <= reach(low)) return low
  if (bounded >= reach(high)) return high
  for (let i = 0; i < 40; i++) {
    const middle = (low + high) / 2
    if (reach(middle) < bounded) low = middle
    else high = middle
  }
  return (low + high) / 2
}
