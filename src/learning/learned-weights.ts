/**
 * Weights learned online by FTRL-Proximal (McMahan et al. 2013, "Ad Click Prediction", algorithm 1): a learning rate
 * for each weight, and L1 and L2 penalties paid once for the whole run: they hold back, or at exactly 0, what has little
 * evidence, and cost the rest next to nothing.
 */

export interface LearningRates {
  /** Scale of the steps, α, and how soon they begin to shrink, β. */
  step: number
  delay: number
  l1: number
  l2: number
}

export class LearnedWeights {
  readonly values: Float32Array
  readonly #rates: LearningRates
  /** Sums of the squared gradients, and of the gradients less what the steps so far account for. */
  readonly #squares: Float32Array
  readonly #leads: Float32Array

  constructor(length: number, rates: LearningRates) {
    this.values = new Float32Array(length)
    this.#squares = new Float32Array(length)
    this.#leads = new Float32Array(length)
    this.#rates = rates
  }

  /** One step against the gradient of one weight. */
  descend(place: number, gradient: number): void {
    const { step, delay, l1, l2 } = this.#rates
    const before = this.#squares[place]!
    const after = before + gradient * gradient
    const root = Math.sqrt(after)
    const lead = this.#leads[place]! + gradient - ((root - Math.sqrt(before)) / step) * this.values[place]!
    this.#squares[place] = after
    this.#leads[place] = lead
    const beyond = Math.abs(lead) - l1
    this.values[place] = beyond <= 0 ? 0 : (-Math.sign(lead) * beyond) / ((delay + root) / step + l2)
  }
}
