/** Calibration: fits parameters so that statistics of a run’s tables come near to given numbers, and says how well that went. */
import { CultivarError } from '../../model/error.ts'
import { randomStream } from '../../stats/random-stream.ts'
import type { ColumnHeader, Table } from '../../tables/table.ts'
import { type SimulationOrder, startSimulation } from '../run-simulation.ts'
import { checkParameters, type Simulation } from '../simulation.ts'
import { type CalibrationReport, reportOf } from './calibration-report.ts'
import { type FitDimension, type FitRange, fitDimensions, parametersAt } from './fit-space.ts'
import { nelderMead } from './nelder-mead.ts'
import { type CalibrationTarget, checkTarget, StatisticCollector, toleranceOf } from './target.ts'

export const calibrationMethods = ['nelder-mead', 'random-search'] as const

/** `nelder-mead` begins with a random search and goes on from the best of it. */
export type CalibrationMethod = (typeof calibrationMethods)[number]

/** Makes one run and hands over its tables. @throws CultivarError what the run throws. */
export type RunOnce = (order: SimulationOrder, take: (block: Table) => void) => Promise<void>

export interface CalibrationOrder {
  simulation: Simulation
  /** What is fitted, and within which range. */
  fit: Readonly<Record<string, FitRange>>
  targets: readonly CalibrationTarget[]
  /** Parameters that stay as they are given. */
  parameters?: Readonly<Record<string, unknown>>
  populations?: Readonly<Record<string, Table>>
  steps?: number
  /** Runs, at most. */
  budget: number
  /** Runs at each point, each with a seed of its own; the same seeds at all points, so that differences are the parameters’. */
  seeds: number
  method: CalibrationMethod
  seed: number
  run?: RunOnce
  observe?: (progress: { runs: number; budget: number; loss: number }) => void
  stopped?: () => boolean
}

/** A point that was tried: what its runs gave. */
export interface TriedPoint {
  point: number[]
  stage: 'random search' | 'Nelder–Mead' | 'probe'
  /** By target: mean and standard deviation over the seeds; NaN where a run gave none. */
  means: number[]
  spreads: number[]
  loss: number
}

/** Of the budget: for the random search, and for finding how far the parameters can be told. */
const shares = { search: 0.4, probes: 0.2 }
const fewestPoints = 4
/** Runs with seeds that the search did not see, at the best point. */
const checkSeeds = 5
const mostProbes = 4

/**
 * The loss is the weighted mean of squares of how many tolerances each target is missed by: below 1, they are met on the whole.
 *
 * @throws CultivarError `bad-input` for what cannot be fitted or aimed at; what the runs throw, where all of them do.
 */
export async function calibrate(order: CalibrationOrder): Promise<CalibrationReport> {
  const dimensions = fitDimensions(order.simulation, order.fit, order.parameters ?? {})
  checkOrder(order)
  const trial = new Trial(order, dimensions)
  trial.begin()
  await search(order, dimensions, trial)
  const best = trial.best
  if (best === undefined) {
    throw trial.failure instanceof CultivarError
      ? trial.failure
      : new CultivarError(
          'bad-input',
          'No point gave all the statistics: the tables had no values.',
          'Aim at columns that have values in each run, give more steps, or narrow the ranges.',
        )
  }
  const checked = await trial.check(best)
  return reportOf(order, dimensions, { tried: trial.tried, best, checked, runs: trial.runs, failed: trial.failed })
}

function checkOrder({ targets, budget, seeds }: CalibrationOrder): void {
  if (targets.length === 0) {
    throw new CultivarError('bad-input', 'There is no target.', 'Name one: --target "counts.sheep:mean=100"')
  }
  const least = fewestPoints * seeds + checkSeeds
  if (Number.isInteger(seeds) && seeds >= 1 && budget >= least) return
  throw new CultivarError(
    'bad-input',
    `A budget of ${budget} runs is too small for ${seeds} runs at each point.`,
    `It takes at least ${least}: ${fewestPoints} points, and ${checkSeeds} runs to check the best.`,
  )
}

async function search(order: CalibrationOrder, dimensions: FitDimension[], trial: Trial): Promise<void> {
  const points = Math.floor((order.budget - checkSeeds) / order.seeds)
  const isSimplex = order.method === 'nelder-mead' && dimensions.some(({ kind }) => kind !== 'choice')
  const numeric = [...dimensions.keys()].filter(at => dimensions[at]!.kind !== 'choice')
  const levels = Math.min(mostProbes, Math.floor((shares.probes * points) / (2 * Math.max(1, numeric.length))))
  const probes = 2 * numeric.length * levels
  const random = Math.max(fewestPoints, isSimplex ? Math.round(shares.search * points) : points - probes)
  const stream = randomStream(`calibrate ${order.seed}`)
  for (let at = 0; at < random && !trial.isOver; at++)
    await trial.evaluate(dimensions.map(() => stream.float()), 'random search')
  while (isSimplex && trial.tried.length < points - probes && !trial.isOver) {
    if (!(await descend(numeric, trial, points - probes))) break
  }
  await probe(numeric, levels, trial)
}

/** One simplex search from the best point so far, of the numbers alone. @returns whether another one may find more */
async function descend(numeric: number[], trial: Trial, mostPoints: number): Promise<boolean> {
  const { best } = trial
  if (best === undefined) return false
  const whole = best.point
  const simplex = nelderMead({ point: numeric.map(at => whole[at]!), loss: best.loss })
  let asked = simplex.next()
  while (!asked.done) {
    if (trial.tried.length >= mostPoints || trial.isOver) return false
    const point = [...whole]
    for (const [at, place] of asked.value.entries()) point[numeric[at]!] = place
    asked = simplex.next(await trial.evaluate(point, 'Nelder–Mead'))
  }
  return trial.best!.loss < best.loss
}

/** How far each parameter alone can be moved from the best point before the statistics tell: by halves, to either side. */
async function probe(numeric: number[], levels: number, trial: Trial): Promise<void> {
  const { best } = trial
  if (best === undefined) return
  for (const at of numeric) {
    for (const side of [0, 1]) {
      let [within, beyond] = [best.point[at]!, side]
      for (let level = 0; level < levels && !trial.isOver && within !== beyond; level++) {
        const place = level === 0 ? beyond : (within + beyond) / 2
        const point = [...best.point]
        point[at] = place
        const loss = await trial.evaluate(point, 'probe')
        const alike = loss < Number.POSITIVE_INFINITY && trial.isLike(trial.tried.at(-1)!, best)
        if (alike) within = place
        else beyond = place
      }
    }
  }
}
