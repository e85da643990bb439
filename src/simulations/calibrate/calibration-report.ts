/** What a calibration found: the parameters, how well they match, how far they can be told, and what to doubt. */
import type { CalibrationMethod, CalibrationOrder, TriedPoint } from './calibration-order.ts'
import { type FitDimension, type FitRange, type FitValue, parametersAt, valueAt } from './fit-space.ts'
import { type CalibrationTarget, targetName, toleranceOf } from './target.ts'
import { checkSeeds, type Trial } from './trial.ts'

export interface MatchedTarget extends CalibrationTarget {
  name: string
  tolerance: number
  /** Mean over runs at the best point whose seeds the search did not see. */
  reached: number
  /** Standard deviation of one run. */
  spread: number
  /** Whether it was reached: within the tolerance. */
  matched: boolean
  /** Least and greatest mean of all points that were tried. */
  lowest: number
  highest: number
}

export interface FittedParameter {
  name: string
  value: FitValue
  /** What was searched. */
  range: FitRange
  /** Values of points that are as good as the best one: every statistic within its tolerance or two standard errors. */
  plausible: [low: number, high: number] | (string | boolean)[]
  /** How much of what was searched is plausible: near 0, the targets tell the parameter; near 1, they do not. */
  plausibleShare: number
}

export interface CalibrationReport {
  simulation: string
  version: number
  method: CalibrationMethod
  seed: number
  steps: number
  /** All parameters that were given or fitted; the others are at their defaults. */
  parameters: Record<string, unknown>
  /** Whether each target was reached. */
  matched: boolean
  /** Weighted mean square of how many tolerances the targets are missed by: as searched for, and with other seeds. */
  loss: number
  checkedLoss: number
  targets: MatchedTarget[]
  fitted: FittedParameter[]
  runs: number
  failedRuns: number
  seedsPerPoint: number
  checkSeeds: number
  points: number
  plausiblePoints: number
  /** Each point that was better than all before it. */
  path: { runs: number; stage: TriedPoint['stage']; loss: number; parameters: Record<string, FitValue> }[]
  /** What to know before the parameters are used. */
  notes: string[]
}

/** Fewer plausible points say nothing of how parameters hang together. */
const fewestForRidge = 8
const ridgeCorrelation = 0.8
const hardlyTold = 0.5
const digits = 6

/** @param checked the best point with other seeds; itself where there was no time for that */
export function reportOf(
  order: CalibrationOrder,
  dimensions: readonly FitDimension[],
  trial: Trial,
  best: TriedPoint,
  checked: TriedPoint,
): CalibrationReport {
  const { simulation } = order
  const { tried } = trial
  const plausible = tried.filter(one => trial.isLike(one, best))
  const targets = order.targets.map((target, at) => matchedTarget(target, at, tried, checked))
  const fitted = dimensions.map((dimension, at) => fittedParameter(dimension, at, best, plausible))
  const found = { targets, fitted, loss: best.loss, checkedLoss: checked.loss }
  return {
    simulation: simulation.name,
    version: simulation.version,
    method: order.method,
    seed: order.seed,
    steps: order.steps ?? simulation.steps,
    parameters: { ...order.parameters, ...parametersAt(dimensions, best.point) },
    matched: targets.every(({ matched }) => matched),
    ...found,
    runs: trial.runs,
    failedRuns: trial.failed,
    seedsPerPoint: order.seeds,
    checkSeeds: checked === best ? 0 : checkSeeds,
    points: tried.length,
    plausiblePoints: plausible.length,
    path: pathOf(dimensions, tried),
    notes: [
      ...(trial.wasStopped
        ? ['It was stopped before its budget was used, and the best point was not checked with other seeds.']
        : []),
      ...(trial.failed > 0
        ? [`${trial.failed} of ${trial.runs} runs failed; the first: ${trial.failure!.message}`]
        : []),
      ...targets.flatMap(missNote),
      ...dimensions.flatMap((dimension, at) => edgeNote(dimension, best.point[at]!)),
      ...fitted.flatMap(loosenessNote),
      ...ridgeNotes(dimensions, plausible),
    ],
  }
}

function matchedTarget(
  target: CalibrationTarget,
  at: number,
  tried: readonly TriedPoint[],
  checked: TriedPoint,
): MatchedTarget {
  const tolerance = toleranceOf(target)
  const reached = checked.means[at]!
  const means = tried.map(({ means }) => means[at]!).filter(mean => !Number.isNaN(mean))
  return {
    ...target,
    name: targetName(target),
    tolerance,
    reached,
    spread: checked.spreads[at]!,
    matched: Math.abs(reached - target.value) <= tolerance,
    lowest: Math.min(...means),
    highest: Math.max(...means),
  }
}

function fittedParameter(
  dimension: FitDimension,
  at: number,
  best: TriedPoint,
  plausible: readonly TriedPoint[],
): FittedParameter {
  const { name, range } = dimension
  const values = plausible.map(({ point }) => valueAt(dimension, point[at]!))
  const known = { name, value: valueAt(dimension, best.point[at]!), range }
  if ('choices' in range) {
    const good = range.choices.filter(choice => values.includes(choice))
    return { ...known, plausible: good, plausibleShare: good.length / range.choices.length }
  }
  const [low, high] = [Math.min(...(values as number[])), Math.max(...(values as number[]))]
  return { ...known, plausible: [low, high], plausibleShare: (high - low) / (range[1] - range[0]) }
}

function pathOf(dimensions: readonly FitDimension[], tried: readonly TriedPoint[]): CalibrationReport['path'] {
  let least = Number.POSITIVE_INFINITY
  return tried.flatMap(({ point, stage, runs, loss }) => {
    if (!(loss < least)) return []
    least = loss
    return [{ runs, stage, loss, parameters: parametersAt(dimensions, point) }]
  })
}

function missNote({ name, value, reached, tolerance, matched, lowest, highest }: MatchedTarget): string[] {
  if (matched) return []
  if (value < lowest || value > highest) {
    return [
      `${name} = ${value} is out of reach: of all points that were tried it was from ${spelled(lowest)} to ${spelled(highest)}. Widen the ranges, fit other parameters, or doubt the model.`,
    ]
  }
  return [
    `${name} = ${value} was missed by ${spelled(Math.abs(reached - value) / tolerance)} tolerances, though points on both sides of it were found: targets may contradict each other, or the budget was too small.`,
  ]
}

function edgeNote({ name, range, kind }: FitDimension, place: number): string[] {
  if (kind === 'choice' || 'choices' in range || (place > 0.01 && place < 0.99)) return []
  return [
    `“${name}” lies at the ${place < 0.5 ? 'lower' : 'upper'} end of its range: what fits best may lie beyond it.`,
  ]
}

function loosenessNote({ name, range, plausible, plausibleShare }: FittedParameter): string[] {
  if (plausibleShare <= hardlyTold || ('choices' in range && range.choices.length < 2)) return []
  const values = 'choices' in range ? plausible.join(', ') : (plausible as number[]).map(spelled).join(' to ')
  return [`The targets hardly tell “${name}”: ${values} all fit as well. Add a target that depends on it, or fix it.`]
}

function ridgeNotes(dimensions: readonly FitDimension[], plausible: readonly TriedPoint[]): string[] {
  if (plausible.length < fewestForRidge) return []
  const notes: string[] = []
  for (const [one, { name, kind }] of dimensions.entries()) {
    for (const [other, second] of dimensions.entries()) {
      if (other <= one || kind === 'choice' || second.kind === 'choice') continue
      const together = correlation(
        plausible.map(({ point }) => point[one]!),
        plausible.map(({ point }) => point[other]!),
      )
      if (!(Math.abs(together) >= ridgeCorrelation)) continue
      const how = together > 0 ? 'rise together' : 'stand in for each other'
      notes.push(`“${name}” and “${second.name}” ${how}: among the points that fit, only the two together are told.`)
    }
  }
  return notes
}

/** Pearson’s; NaN where one of them does not vary. */
function correlation(one: readonly number[], other: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const [middle, second] = [mean(one), mean(other)]
  let [squares, others, products] = [0, 0, 0]
  for (const [at, value] of one.entries()) {
    const [x, y] = [value - middle, other[at]! - second]
    squares += x * x
    others += y * y
    products += x * y
  }
  return products / Math.sqrt(squares * others)
}

/** To six digits. */
export function spelled(value: number): string {
  return String(Number(value.toPrecision(digits)))
}
