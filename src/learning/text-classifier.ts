/** The built-in trainable text classifier: a small network over words and pieces of words, with calibrated probabilities. */
import { CultivarError } from '../model/error.ts'
import type { Example } from '../model/example.ts'
import type { ScoredLabel } from '../model/prediction.ts'
import { randomStream } from '../stats/random-stream.ts'
import { type ClassWeights, labelWeights } from './class-weights.ts'
import { FeatureSpace } from './feature-space.ts'
import { packModel, unpackModel } from './model-bytes.ts'
import { fitTemperature, type HeldOut } from './temperature.ts'
import { textFeatures } from './text-features.ts'
import { type Lesson, networkScores, type TextNetwork, toProbabilities, trainNetwork } from './text-network.ts'

export interface TextClassifier {
  kind: 'text-classifier'
  /** Sorted by code unit. */
  labels: string[]
  /** Whether a text may have any number of labels; each then has a probability of its own, and is given from 0.5 on. */
  multiLabel: boolean
  /** All labels, surest first, with calibrated probabilities; of equally sure ones the first in `labels`. */
  predict(text: string): ScoredLabel[]
  /** The model as a file, for `readTextClassifier`. */
  toBytes(): Uint8Array
}

export interface TextClassifierOptions {
  /** Default: false, each example has one label. */
  multiLabel?: boolean
  /** Default: all 1. Probabilities are then calibrated for texts in which labels are as frequent as the weights make them. */
  classWeights?: ClassWeights
  seed?: number
  /** Told the share of training that is done, rising to 1. */
  observe?: (share: number) => void
}

const kind = 'text-classifier'
const version = 1

/** Weights of the large matrix, a byte each in the file: of more features than that allows, the most frequent are used. */
const mostWeights = 16_000_000
const folds = 5
/** Held-out texts that tell a temperature well enough. */
const enoughHeldOut = 300
/** Times that a text and its copies are shown, where there is nothing else to learn from. */
const mostShown = 40

/** Everything that predictions depend on. */
interface Parts {
  labels: string[]
  multiLabel: boolean
  temperature: number
  space: FeatureSpace
  network: TextNetwork
}

/**
 * Learns from all examples. Those with the same id are taken for copies of one text: while calibrating, either all of them are learned or none,
 * since a network is surer of what it has seen in another wording. The same examples in the same order, options and seed give the same bytes.
 * @throws CultivarError `bad-input` where there is nothing to tell apart, or labels and options do not fit each other.
 */
export function trainTextClassifier(
  examples: readonly Example[],
  { multiLabel = false, classWeights, seed = 0, observe }: TextClassifierOptions = {},
): TextClassifier {
  const labels = [...new Set(examples.flatMap(example => example.labels))].sort()
  checkExamples(examples, labels, multiLabel)
  const weights = labelWeights(examples, labels, classWeights)
  const features = examples.map(({ text }) => textFeatures(text))
  const hidden = hiddenUnits(labels.length)
  const space = FeatureSpace.of(features, Math.floor(mostWeights / hidden))
  const numbers = new Map(labels.map((label, number) => [label, number]))
  const lessons = examples.map((example, at): Lesson => {
    const own = [...new Set(example.labels)].map(label => numbers.get(label)!)
    // An example counts as much as the heaviest of its labels.
    const weight = own.length === 0 ? 1 : Math.max(...own.map(label => weights[label]!))
    return { vector: space.vector(features[at]!), labels: own, weight }
  })
  const shape = { features: space.hashes.length, hidden, labels: labels.length, multiLabel }
  const random = randomStream(`${kind} ${seed}`)
  const plan = trainingPlan(lessons, labels.length, new Set(examples.map(({ id }) => id)).size)
  const step = stepCounter(plan.steps, observe)
  const train = (part: readonly Lesson[], name: string) => {
    return trainNetwork(part, shape, { epochs: plan.epochs, random: random.fork(name), step })
  }
  const groups = Map.groupBy(lessons.keys(), at => examples[at]!.id)
  const families = [...groups.values()].map(members => members.map(at => lessons[at]!))
  const heldOut = holdOut(random.fork('folds').shuffle(families), plan.foldsUsed, train)
  const temperature = fitTemperature(heldOut, multiLabel)
  const network = train(lessons, 'all')
  observe?.(1)
  return classifierOf({ labels, multiLabel, temperature, space, network })
}

/**
 * A classifier from its bytes: it predicts exactly what the one did that was saved.
 * @throws CultivarError `bad-file`, see `unpackModel`.
 */
export function readTextClassifier(bytes: Uint8Array): TextClassifier {
  const { header, arrays } = unpackModel(bytes, { kind, version })
  const { hashes, rarities, ...network } = arrays as unknown as TextNetwork & Pick<FeatureSpace, 'hashes' | 'rarities'>
  const { labels, multiLabel, temperature } = header as unknown as Omit<Parts, 'space' | 'network'>
  return classifierOf({ labels, multiLabel, temperature, space: new FeatureSpace(hashes, rarities), network })
}

function classifierOf({ labels, multiLabel, temperature, space, network }: Parts): TextClassifier {
  return {
    ...{ kind, labels, multiLabel },
    predict(text) {
      const scores = networkScores(network, space.vectorOf(text))
      for (let label = 0; label < scores.length; label++) scores[label]! /= temperature
      const probabilities = toProbabilities(scores, multiLabel)
      return labels.map((label, number) => ({ label, score: probabilities[number]! })).sort((a, b) => b.score - a.score)
    },
    toBytes() {
      const { hashes, rarities } = space
      return packModel({ kind, version, labels, multiLabel, temperature }, { hashes, rarities, ...network })
    },
  }
}

function checkExamples(examples: readonly Example[], labels: readonly string[], multiLabel: boolean): void {
  const stop = (message: string, hint: string, details = {}) => new CultivarError('bad-input', message, hint, details)
  if (examples.length === 0) throw stop('There are no examples to learn from.', 'Give some labelled texts.')
  if (labels.length === 0) throw stop('No example has a label.', 'Give the texts their labels first.')
  if (multiLabel) return
  const odd = examples.find(example => new Set(example.labels).size !== 1)
  if (odd) {
    const count = odd.labels.length === 0 ? 'no label' : `${odd.labels.length} labels`
    const hint = 'Give each example one label, or train with multiLabel: true.'
    throw stop(`Example ${odd.id} has ${count}.`, hint, { example: odd.id })
  }
  if (labels.length === 1) {
    throw stop(
      `All examples have the label ${labels[0]}.`,
      'Add examples of a second label: there is nothing to tell apart.',
    )
  }
}

/** More labels need more room; beyond this it costs time and gains nothing. */
function hiddenUnits(labels: number): number {
  return Math.min(128, 32 + 16 * Math.floor(labels / 16))
}

/**
 * How often all lessons are shown, how many of the folds are held out in turn, and the lessons shown altogether. Few lessons are shown
 * more often, and so are those of many labels; long ones less often, as each moves many features. Lessons of one family, as a text and
 * its changed copies, count together towards the most that is shown of any: else few texts with many copies are learned by heart.
 */
function trainingPlan(lessons: readonly Lesson[], labels: number, families: number) {
  const enough = (20_000 + 1_600 * Math.min(labels, 80)) / lessons.length
  const bearable = 30_000_000 / lessons.reduce((sum, { vector }) => sum + vector.ids.length, 1)
  const bearing = (mostShown * families) / lessons.length
  const epochs = Math.max(6, Math.min(Math.ceil(bearing), Math.ceil(enough), Math.ceil(bearable)))
  const foldsUsed = Math.min(folds, Math.ceil((enoughHeldOut * folds) / lessons.length))
  return { epochs, foldsUsed, steps: epochs * lessons.length * (1 + (foldsUsed * (folds - 1)) / folds) }
}

/** Calls `observe` about a hundred times. */
function stepCounter(steps: number, observe: TextClassifierOptions['observe']): () => void {
  const stride = Math.ceil(steps / 100)
  let done = 0
  return () => {
    if (++done % stride === 0) observe?.(Math.min(0.99, done / steps))
  }
}

/** Scores of lessons by networks that have seen neither them nor others of their family, fold by fold. */
function holdOut(
  families: readonly Lesson[][],
  foldsUsed: number,
  train: (part: readonly Lesson[], name: string) => TextNetwork,
): HeldOut[] {
  return Array.from({ length: foldsUsed }, (_, fold) => {
    const part = families.filter((_, at) => at % folds !== fold).flat()
    // A label that no lesson of this part has cannot be found: that says nothing of how sure to be of the others.
    const known = new Set(part.flatMap(({ labels }) => labels))
    const rest = families
      .filter((_, at) => at % folds === fold)
      .flat()
      .filter(({ labels }) => labels.every(label => known.has(label)))
    if (part.length === 0 || rest.length === 0) return []
    const network = train(part, `fold ${fold}`)
    return rest.map(({ vector, labels, weight }) => ({ scores: networkScores(network, vector), labels, weight }))
  }).flat()
}
