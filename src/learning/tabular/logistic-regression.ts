/** Logistic regression on tabular features: two classes or several, with a ridge penalty. */
import { type ClassTarget, type Features, type TabularModel, toClassProbabilities } from './features.ts'
import { minimise } from './lbfgs.ts'
import { addGradient, addWeighted, LinearDesign } from './linear-design.ts'

export interface LogisticOptions {
  /** Strength of the penalty: half of it times the square of each weight, the intercept's excepted, beside the sum of log losses; default 1. */
  penalty?: number
  /** Steps of the descent at most; default 100. */
  steps?: number
}

/** The weights that make the log loss and the penalty least (L-BFGS); the same for the same features. */
export function fitLogistic(
  features: Features,
  target: ClassTarget,
  { penalty = 1, steps = 100 }: LogisticOptions = {},
): TabularModel {
  const outputs = target.classes <= 2 ? 1 : target.classes
  const design = new LinearDesign(features)
  const weights = new Float64Array(design.size * outputs)
  const weightsOf = (all: Float64Array, offset: number) =>
    all.subarray(offset * design.size, (offset + 1) * design.size)
  const scores = (columns: ReturnType<LinearDesign['columns']>, rows: number, from: Float64Array) => {
    const sums = new Float64Array(rows * outputs)
    for (let offset = 0; offset < outputs; offset++) {
      addWeighted(columns, weightsOf(from, offset), sums, { stride: outputs, offset })
    }
    return toClassProbabilities(sums, outputs)
  }
  const columns = design.columns(features)
  const loss = (at: Float64Array, gradient: Float64Array) => {
    const probabilities = scores(columns, features.rows, at)
    let sum = 0
    for (let row = 0; row < features.rows; row++) sum += lossAndErrors(probabilities, row, outputs, target.codes[row]!)
    gradient.fill(0)
    for (let offset = 0; offset < outputs; offset++) {
      addGradient(columns, probabilities, weightsOf(gradient, offset), { stride: outputs, offset })
    }
    for (let i = 0; i < at.length; i++) {
      if (i % design.size !== 0) {
        sum += (penalty / 2) * at[i]! ** 2
        gradient[i]! += penalty * at[i]!
      }
      gradient[i]! /= features.rows
    }
    return sum / features.rows
  }
  if (features.rows > 0) minimise(weights, loss, { steps, tolerance: 1e-5 })
  return { outputs, scores: others => scores(design.columns(others), others.rows, weights) }
}

/** No probability counts as less than this. */
const least = 1e-12

/** The log loss of a row, whose probabilities become the derivatives of that loss by its sums. */
function lossAndErrors(probabilities: Float64Array, row: number, outputs: number, code: number): number {
  if (outputs === 1) {
    const probability = probabilities[row]!
    probabilities[row]! -= code
    return -Math.log(Math.max(least, code === 1 ? probability : 1 - probability))
  }
  const at = row * outputs + code
  const probability = probabilities[at]!
  probabilities[at]! -= 1
  return -Math.log(Math.max(least, probability))
}
