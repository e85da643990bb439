/** Calibration: the one number that makes a classifier as sure as it is right on texts it has not learned from. */
import { toProbabilities } from './text-network.ts'

/** A text that was held out: its scores, its labels by number, and its weight. */
export interface HeldOut {
  scores: Float64Array
  labels: readonly number[]
  weight: number
}

/** Where there is nothing to measure on. Networks trained like ours are about that much too sure. */
const expected = 1.25
/** As a squared error in ln T, against nats of log loss: a dozen texts move it little, hundreds at will. */
const priorStrength = 10
const range = { from: Math.log(0.2), to: Math.log(10) }
const rounds = 18

/**
 * The temperature T that minimises the log loss of softmax(scores / T), or of each sigmoid (Guo et al. 2017, On calibration of modern neural
 * networks), found by golden-section search over ln T.
 */
export function fitTemperature(heldOut: readonly HeldOut[], multiLabel: boolean): number {
  const loss = (logarithm: number) => {
    let sum = priorStrength * (logarithm - Math.log(expected)) ** 2
    for (const { scores, labels, weight } of heldOut) {
      sum += weight * logLoss(scores, labels, Math.exp(logarithm), multiLabel)
    }
    return sum
  }
  const golden = (Math.sqrt(5) - 1) / 2
  let { from, to } = range
  let low = to - golden * (to - from)
  let high = from + golden * (to - from)
  let [lossLow, lossHigh] = [loss(low), loss(high)]
  for (let round = 0; round < rounds; round++) {
    if (lossLow < lossHigh) {
      ;[to, high, lossHigh] = [high, low, lossLow]
      low = to - golden * (to - from)
      lossLow = loss(low)
    } else {
      ;[from, low, lossLow] = [low, high, lossHigh]
      high = from + golden * (to - from)
      lossHigh = loss(high)
    }
  }
  return Math.exp((from + to) / 2)
}

/** No probability counts as less than this: one hopeless text is not to decide. */
const least = 1e-6

function logLoss(scores: Float64Array, labels: readonly number[], temperature: number, multiLabel: boolean): number {
  const probabilities = toProbabilities(
    scores.map(score => score / temperature),
    multiLabel,
  )
  let loss = 0
  for (const label of labels) loss -= Math.log(Math.max(least, probabilities[label]!))
  if (multiLabel) {
    for (const [label, probability] of probabilities.entries()) {
      if (!labels.includes(label)) loss -= Math.log(Math.max(least, 1 - probability))
    }
  }
  return loss
}
