/** A feed-forward network over sparse vectors with one hidden layer, its large matrix in bytes. */
import type { RandomStream } from '../stats/random-stream.ts'
import type { SparseVector } from './feature-space.ts'

export interface NetworkShape {
  features: number
  hidden: number
  labels: number
  /** Independent sigmoids instead of one softmax. */
  multiLabel: boolean
}

/** Matrices are written row by row. A row of `embeddings` (one feature) is its bytes times the feature's scale. */
export interface TextNetwork {
  embeddings: Int8Array
  scales: Float32Array
  hiddenBiases: Float32Array
  outputs: Float32Array
  outputBiases: Float32Array
}

/** One text to learn from. */
export interface Lesson {
  vector: SparseVector
  /** Numbers of its labels. */
  labels: readonly number[]
  /** How often it is shown an epoch, on average, in relation to others. */
  weight: number
}

/**
 * Learning rates, falling linearly to 0. The rows of features move more than the rest, since each is seen in few texts only.
 * What is dropped at random at each step makes the network rely on no single word.
 */
const rates = { embeddings: 0.5, hiddenBiases: 0.05, outputs: 0.03 } as const
const dropped = { features: 0.3, hidden: 0.3 } as const
const decay = 1e-5
/** Hidden units start slightly active: with all features at zero, nothing else would let them learn. */
const firstHiddenBias = 0.05

/** The network's scores of all labels, before any sigmoid or softmax. */
export function networkScores(network: TextNetwork, { ids, values }: SparseVector): Float64Array {
  const { embeddings, scales, hiddenBiases, outputs, outputBiases } = network
  const size = hiddenBiases.length
  const hidden = Float64Array.from(hiddenBiases)
  for (let at = 0; at < ids.length; at++) {
    const row = ids[at]! * size
    const factor = values[at]! * scales[ids[at]!]!
    for (let unit = 0; unit < size; unit++) hidden[unit]! += factor * embeddings[row + unit]!
  }
  const scores = Float64Array.from(outputBiases)
  for (let unit = 0; unit < size; unit++) {
    const value = hidden[unit]!
    if (value <= 0) continue
    const row = unit * scores.length
    for (let label = 0; label < scores.length; label++) scores[label]! += value * outputs[row + label]!
  }
  return scores
}

/** Turns scores into probabilities, in place. */
export function toProbabilities(scores: Float64Array, multiLabel: boolean): Float64Array {
  if (multiLabel) {
    for (let label = 0; label < scores.length; label++) scores[label] = 1 / (1 + Math.exp(-scores[label]!))
    return scores
  }
  let highest = Number.NEGATIVE_INFINITY
  for (const score of scores) if (score > highest) highest = score
  let sum = 0
  for (let label = 0; label < scores.length; label++) {
    scores[label] = Math.exp(scores[label]! - highest)
    sum += scores[label]!
  }
  for (let label = 0; label < scores.length; label++) scores[label]! /= sum
  return scores
}

/** Stochastic gradient descent on cross-entropy, with dropout. `step` is called once a lesson shown: about epochs × lessons times. */
export function trainNetwork(
  lessons: readonly Lesson[],
  shape: NetworkShape,
  { epochs, random, step }: { epochs: number; random: RandomStream; step: () => void },
): TextNetwork {
  const trainee = new Trainee(lessons, shape, random)
  const repeats = lessons.length / lessons.reduce((sum, { weight }) => sum + weight, 0)
  const all = epochs * lessons.length
  let shown = 0
  for (let epoch = 0; epoch < epochs; epoch++) {
    const order = lessons.flatMap(lesson => {
      return Array<Lesson>(Math.floor(lesson.weight * repeats + random.float())).fill(lesson)
    })
    for (const lesson of random.shuffle(order)) {
      trainee.learn(lesson, Math.max(0, 1 - shown++ / all))
      step()
    }
  }
  return trainee.network()
}

class Trainee {
  readonly #shape: NetworkShape
  readonly #random: RandomStream
  readonly #embeddings: Float32Array
  readonly #hiddenBiases: Float32Array
  readonly #outputs: Float32Array
  readonly #outputBiases: Float32Array
  /** Of the features kept at a step: where their rows begin, and their values. */
  #rows = new Uint32Array(1024)
  #values = new Float64Array(1024)
  /** Of the hidden units that are active at a step: their numbers; their values and the gradients at them, by unit and by place. */
  readonly #active: Uint32Array
  readonly #hidden: Float64Array
  readonly #hiddenSteps: Float64Array
  readonly #scores: Float64Array

  constructor(lessons: readonly Lesson[], shape: NetworkShape, random: RandomStream) {
    const { features, hidden, labels } = shape
    this.#shape = shape
    this.#random = random
    this.#embeddings = new Float32Array(features * hidden)
    this.#hiddenBiases = new Float32Array(hidden).fill(firstHiddenBias)
    const spread = Math.sqrt(3 / hidden)
    this.#outputs = Float32Array.from({ length: hidden * labels }, () => (2 * random.float() - 1) * spread)
    this.#outputBiases = logOdds(lessons, labels)
    this.#active = new Uint32Array(hidden)
    this.#hidden = new Float64Array(hidden)
    this.#hiddenSteps = new Float64Array(hidden)
    this.#scores = new Float64Array(labels)
  }

  learn({ vector, labels }: Lesson, pace: number): void {
    const kept = this.#keepFeatures(vector)
    const active = this.#activate(kept)
    this.#score(active)
    const errors = toProbabilities(this.#scores, this.#shape.multiLabel)
    for (const label of labels) errors[label]! -= 1
    this.#moveOutputs(active, errors, pace)
    this.#moveEmbeddings(kept, active)
  }

  #keepFeatures({ ids, values }: SparseVector): number {
    if (ids.length > this.#rows.length) {
      this.#rows = new Uint32Array(2 * ids.length)
      this.#values = new Float64Array(2 * ids.length)
    }
    const chance = dropped.features * 2 ** 32
    let kept = 0
    for (let at = 0; at < ids.length; at++) {
      if (this.#random.uint32() < chance) continue
      this.#rows[kept] = ids[at]! * this.#shape.hidden
      this.#values[kept++] = values[at]! / (1 - dropped.features)
    }
    return kept
  }

  #activate(kept: number): number {
    const hidden = this.#hidden
    const embeddings = this.#embeddings
    const size = hidden.length
    hidden.set(this.#hiddenBiases)
    for (let at = 0; at < kept; at++) {
      const row = this.#rows[at]!
      const value = this.#values[at]!
      for (let unit = 0; unit < size; unit++) hidden[unit]! += value * embeddings[row + unit]!
    }
    const chance = dropped.hidden * 2 ** 32
    let active = 0
    for (let unit = 0; unit < size; unit++) {
      if (hidden[unit]! <= 0 || this.#random.uint32() < chance) continue
      this.#active[active++] = unit
      hidden[unit]! /= 1 - dropped.hidden
    }
    return active
  }

  #score(active: number): void {
    const scores = this.#scores
    const outputs = this.#outputs
    const size = scores.length
    scores.set(this.#outputBiases)
    for (let at = 0; at < active; at++) {
      const unit = this.#active[at]!
      const value = this.#hidden[unit]!
      const row = unit * size
      for (let label = 0; label < size; label++) scores[label]! += value * outputs[row + label]!
    }
  }

  #moveOutputs(active: number, errors: Float64Array, pace: number): void {
    const outputs = this.#outputs
    const size = errors.length
    const rate = rates.outputs * pace
    for (let label = 0; label < size; label++) this.#outputBiases[label]! -= rate * errors[label]!
    for (let at = 0; at < active; at++) {
      const unit = this.#active[at]!
      const value = this.#hidden[unit]!
      const row = unit * size
      let gradient = 0
      for (let label = 0; label < size; label++) {
        const weight = outputs[row + label]!
        const error = errors[label]!
        gradient += weight * error
        outputs[row + label] = weight - rate * (value * error + decay * weight)
      }
      gradient *= pace / (1 - dropped.hidden)
      this.#hiddenBiases[unit]! -= rates.hiddenBiases * gradient
      this.#hiddenSteps[at] = rates.embeddings * gradient
    }
  }

  #moveEmbeddings(kept: number, active: number): void {
    const embeddings = this.#embeddings
    for (let at = 0; at < kept; at++) {
      const row = this.#rows[at]!
      const value = this.#values[at]!
      for (let place = 0; place < active; place++) {
        embeddings[row + this.#active[place]!]! -= value * this.#hiddenSteps[place]!
      }
    }
  }

  /** What was learned, in bytes. */
  network(): TextNetwork {
    const { features, hidden } = this.#shape
    const embeddings = new Int8Array(features * hidden)
    const scales = new Float32Array(features)
    for (let feature = 0; feature < features; feature++) {
      const row = this.#embeddings.subarray(feature * hidden, (feature + 1) * hidden)
      let largest = 0
      for (const value of row) largest = Math.max(largest, Math.abs(value))
      scales[feature] = largest / 127
      if (largest > 0)
        embeddings.set(
          row.map(value => Math.round((value / largest) * 127)),
          feature * hidden,
        )
    }
    return {
      ...{ embeddings, scales, hiddenBiases: this.#hiddenBiases },
      ...{ outputs: this.#outputs, outputBiases: this.#outputBiases },
    }
  }
}

/** Of each label, by its weight among the lessons: what is known of a text without words. */
function logOdds(lessons: readonly Lesson[], labels: number): Float32Array {
  const mean = lessons.reduce((sum, { weight }) => sum + weight, 0) / lessons.length
  const counts = new Float64Array(labels)
  for (const lesson of lessons) for (const label of lesson.labels) counts[label]! += lesson.weight / mean
  return Float32Array.from(counts, count => Math.log((count + 0.5) / (lessons.length - count + 0.5)))
}
