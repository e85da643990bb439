/** What to know of a calibration before its parameters are used: what was missed, what is at an edge, what the targets do not tell. */
import type { TriedPoint } from './calibration-order.ts'
import type { CalibrationReport, FittedParameter, MatchedTarget } from './calibration-report.ts'
import type { FitDimension } from './fit-space.ts'
import { checkSeeds, type Trial } from './trial.ts'

/** Fewer plausible points say nothing of how parameters hang together. */
const fewestForRidge = 8
const ridgeCorrelation = 0.8
const hardlyTold = 0.5

export function calibrationNotes(
  dimensions: readonly FitDimension[],
  trial: Trial,
  best: TriedPoint,
  plausible: readonly TriedPoint[],
  found: Pick<CalibrationReport, 'targets' | 'fitted' | 'loss' | 'checkedLoss'>,
): string[] {
  return [
    ...(trial.wasStopped
      ? ['It was stopped before its budget was used, and the best point was not checked with other seeds.']
      : []),
    ...(trial.failed > 0 ? [`${trial.failed} of ${trial.runs} runs failed; the first: ${trial.failure!.message}`] : []),
    ...found.targets.flatMap(target => missNote(target, trial.wasStopped)),
    ...luckNotes(found),
    ...dimensions.flatMap((dimension, at) => edgeNote(dimension, best.point[at]!)),
    ...found.fitted.flatMap(loosenessNote),
    ...ridgeNotes(dimensions, plausible),
  ]
}

function missNote(target: MatchedTarget, wasStopped: boolean): string[] {
  const { name, value, reached, spread, tolerance, matched, lowest, highest } = target
  if (matched) return []
  const missed = `${name} = ${value} was missed by ${spelled(Math.abs(reached - value) / tolerance)} tolerances`
  if (wasStopped) return [`${missed} so far.`]
  if (value < lowest || value > highest) {
    return [
      `${name} = ${value} is out of reach: of all points that were tried it was from ${spelled(lowest)} to ${spelled(highest)}. Widen the ranges, fit other parameters, or doubt the model.`,
    ]
  }
  if (Math.abs(reached - value) - tolerance <= (2 * spread) / Math.sqrt(checkSeeds))
    return [
      `${missed}, which may be chance: runs vary by ${spelled(spread)}. More runs (--seeds, --budget) would tell.`,
    ]
  return [
    `${missed}, though points on both sides of it were found: targets may contradict each other, or the budget was too small.`,
  ]
}

function luckNotes({ loss, checkedLoss }: Pick<CalibrationReport, 'loss' | 'checkedLoss'>): string[] {
  if (loss > 1 || checkedLoss <= 1) return []
  return ['The targets were met in the search, and not with other seeds: take more runs at each point (--seeds).']
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

/** To six digits: for people. */
export function spelled(value: number): string {
  return String(Number(value.toPrecision(6)))
}
