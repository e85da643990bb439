/** What a calibration found: the parameters, how well they match, how far they can be told, and what to doubt. */

import { calibrationNotes } from './calibration-notes.ts'
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
  seed: number | string
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
  /** Each point of the search that was better than all before it; last the best one with all its runs. */
  path: { runs: number; stage: TriedPoint['stage']; loss: number; parameters: Record<string, FitValue> }[]
  /** What to know before the parameters are used. */
  notes: string[]
}

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
    path: pathOf(dimensions, tried, best),
    notes: calibrationNotes(dimensions, trial, best, plausible, found),
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

function pathOf(
  dimensions: readonly FitDimension[],
  tried: readonly TriedPoint[],
  best: TriedPoint,
): CalibrationReport['path'] {
  let least = Number.POSITIVE_INFINITY
  const better = tried.filter(({ loss, stage }) => {
    const isBetter = stage !== 'probe' && loss < least
    if (isBetter) least = loss
    return isBetter
  })
  const whole = better.includes(best) ? better : [...better, best]
  return whole.map(({ point, stage, runs, loss }) => ({
    runs,
    stage,
    loss,
    parameters: parametersAt(dimensions, point),
  }))
}
