/** Precision, recall and F1: of each label, and over all of them. */
import type { Entity } from '../model/example.ts'
import { bootstrap, type Interval } from '../stats/bootstrap.ts'
import type { RandomStream } from '../stats/random-stream.ts'
import { classificationOutcome, entityOutcome, type TextOutcome } from './outcome.ts'

export interface Score {
  precision: number
  recall: number
  f1: number
}

interface LabelScore extends Score {
  label: string
  /** How often the label stands in the data. */
  support: number
  /** How often the model gave it. */
  predicted: number
}

/**
 * All between 0 and 1. A label that is neither there nor predicted has no part in the averages; one that is predicted and never
 * there counts as 0. `macro` is the mean over labels, `weighted` the mean by support, `micro` is of all counts together.
 */
export interface Scores {
  /** In alphabetical order. */
  labels: LabelScore[]
  micro: Score
  macro: Score
  weighted: Score
  /** Share of texts that were got right as a whole. */
  accuracy: number
  texts: number
}

/** Confidence intervals, as `scores` has figures. */
export interface ScoreIntervals {
  labels: { label: string; f1: Interval }[]
  microF1: Interval
  macroF1: Interval
  weightedF1: Interval
  accuracy: Interval
}

export function classificationScores(gold: readonly string[][], predicted: readonly string[][]): Scores {
  return scoresOf(gold.map((labels, at) => classificationOutcome(labels, predicted[at]!)))
}

export function entityScores(gold: readonly Entity[][], predicted: readonly Entity[][]): Scores {
  return scoresOf(gold.map((entities, at) => entityOutcome(entities, predicted[at]!)))
}

export function scoresOf(outcomes: readonly TextOutcome[]): Scores {
  return new ScoreTable(outcomes).scores()
}

/** Of resampled texts, 95 %. The same stream gives the same intervals. */
export function scoreIntervals(
  outcomes: readonly TextOutcome[],
  random: RandomStream,
  resamples = 1000,
): ScoreIntervals {
  const table = new ScoreTable(outcomes)
  const { names } = table
  const intervals = bootstrap(outcomes.length, times => figuresOf(table.scores(times)), { resamples, random })
  const nothing = { low: Number.NaN, high: Number.NaN }
  const [microF1 = nothing, macroF1 = nothing, weightedF1 = nothing, accuracy = nothing, ...labels] = intervals
  return {
    ...{ microF1, macroF1, weightedF1, accuracy },
    labels: names.map((label, at) => ({ label, f1: labels[at] ?? nothing })),
  }
}

export interface Difference {
  value: number
  interval: Interval
}

/**
 * By how much `after` is better than `before` on the same texts, with 95 % intervals of the paired differences: both are
 * resampled together, so that hard texts are hard for both.
 */
export function scoreDifferences(
  before: readonly TextOutcome[],
  after: readonly TextOutcome[],
  random: RandomStream,
  resamples = 1000,
): {
  labels: ({ label: string } & Difference)[]
  microF1: Difference
  macroF1: Difference
  weightedF1: Difference
  accuracy: Difference
} {
  const names = [...new Set([...namesOf(before), ...namesOf(after)])].sort()
  const [first, second] = [new ScoreTable(before, names), new ScoreTable(after, names)]
  const differences = (times?: Uint32Array) => {
    const [was, is] = [figuresOf(first.scores(times)), figuresOf(second.scores(times))]
    return is.map((value, at) => value - was[at]!)
  }
  const values = differences()
  const intervals = bootstrap(before.length, differences, { resamples, random })
  const [microF1, macroF1, weightedF1, accuracy, ...labels] = values.map((value, at) => ({
    value,
    interval: intervals[at] ?? { low: Number.NaN, high: Number.NaN },
  })) as [Difference, Difference, Difference, Difference, ...Difference[]]
  return { microF1, macroF1, weightedF1, accuracy, labels: names.map((label, at) => ({ label, ...labels[at]! })) }
}

function figuresOf({ micro, macro, weighted, accuracy, labels }: Scores): number[] {
  return [micro.f1, macro.f1, weighted.f1, accuracy, ...labels.map(({ f1 }) => f1)]
}

function namesOf(outcomes: readonly TextOutcome[]): string[] {
  return outcomes.flatMap(({ counts }) => counts.map(({ label }) => label))
}

/** The counts of all texts in flat arrays, so that they are summed anew for a thousand resamples. */
class ScoreTable {
  readonly names: string[]
  readonly #texts: Uint32Array
  readonly #labels: Uint32Array
  readonly #counts: Float64Array
  readonly #exact: Float64Array

  constructor(outcomes: readonly TextOutcome[], names = [...new Set(namesOf(outcomes))].sort()) {
    this.names = names
    const place = new Map(names.map((name, at) => [name, at]))
    const entries = outcomes.flatMap(({ counts }, text) => counts.map(count => ({ text, ...count })))
    this.#texts = Uint32Array.from(entries, ({ text }) => text)
    this.#labels = Uint32Array.from(entries, ({ label }) => place.get(label)!)
    this.#counts = Float64Array.from(
      entries.flatMap(({ support, predicted, correct }) => [support, predicted, correct]),
    )
    this.#exact = Float64Array.from(outcomes, ({ exact }) => exact)
  }

  /** `times`: how often each text counts; default: once. */
  scores(times?: Uint32Array): Scores {
    const sums = new Float64Array(this.names.length * 3)
    for (let entry = 0; entry < this.#texts.length; entry++) {
      const weight = times ? times[this.#texts[entry]!]! : 1
      if (weight === 0) continue
      const [to, from] = [this.#labels[entry]! * 3, entry * 3]
      for (let k = 0; k < 3; k++) sums[to + k]! += weight * this.#counts[from + k]!
    }
    let exact = 0
    for (let text = 0; text < this.#exact.length; text++) exact += this.#exact[text]! * (times ? times[text]! : 1)
    const labels = this.names.map((label, at): LabelScore => {
      const [support = 0, predicted = 0, correct = 0] = sums.subarray(at * 3, at * 3 + 3)
      return { label, support, predicted, ...scoreOf(correct, predicted, support) }
    })
    const present = labels.filter(({ support, predicted }) => support + predicted > 0)
    const all = [0, 1, 2].map(k => this.names.reduce((sum, _, at) => sum + sums[at * 3 + k]!, 0)) as [
      number,
      number,
      number,
    ]
    const texts = this.#exact.length
    return {
      labels,
      micro: scoreOf(all[2], all[1], all[0]),
      macro: meanOf(present, () => 1),
      weighted: meanOf(present, ({ support }) => support),
      accuracy: texts === 0 ? 0 : exact / texts,
      texts,
    }
  }
}

function scoreOf(correct: number, predicted: number, support: number): Score {
  return {
    precision: predicted === 0 ? 0 : correct / predicted,
    recall: support === 0 ? 0 : correct / support,
    f1: predicted + support === 0 ? 0 : (2 * correct) / (predicted + support),
  }
}

function meanOf(labels: readonly LabelScore[], weightOf: (label: LabelScore) => number): Score {
  const total = labels.reduce((sum, label) => sum + weightOf(label), 0)
  const mean = (figure: keyof Score) =>
    total === 0 ? 0 : labels.reduce((sum, label) => sum + weightOf(label) * label[figure], 0) / total
  return { precision: mean('precision'), recall: mean('recall'), f1: mean('f1') }
}
