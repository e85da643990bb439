/** Calibration: fits parameters so that statistics of a run’s tables come near to given numbers, and says how well that went. */
import { CultivarError } from '../../model/error.ts'
import { randomStream } from '../../stats/random-stream.ts'
import type { CalibrationOrder } from './calibration-order.ts'
import { type CalibrationReport, reportOf } from './calibration-report.ts'
import { type FitDimension, fitDimensions } from './fit-space.ts'
import { nelderMead } from './nelder-mead.ts'
import { checkSeeds, stoppedEarly, Trial } from './trial.ts'

/** Of the budget: for the random search, for more runs at the best points, and for finding how far the parameters can be told. */
const shares = { search: 0.4, playOff: 0.15, probes: 0.2 }
const mostFinalists = 4
const fewestPoints = 4
const mostProbes = 4

/**
 * The loss is the weighted mean of squares of how many tolerances each target is missed by: below 1, they are met on the whole.
 *
 * @throws CultivarError `bad-input` for what cannot be fitted or aimed at; what the runs throw, where all of them do.
 */
export async function calibrate(order: CalibrationOrder): Promise<CalibrationReport> {
  const dimensions = fitDimensions(order.simulation, order.fit, order.parameters ?? {})
  checkOrder(order)
  const plan = planOf(order, dimensions)
  const trial = new Trial(order, dimensions)
  await trial.checkTargets([dimensions.map(() => 0.5), ...drawnPoints(order, dimensions, plan.random)])
  await search(order, dimensions, plan, trial)
  const best = trial.best
  if (best === undefined) {
    if (trial.wasStopped) throw stoppedEarly()
    throw trial.failure instanceof CultivarError
      ? trial.failure
      : new CultivarError(
          'bad-input',
          'No point gave all the statistics: the tables had no values.',
          'Aim at columns that have values in each run, give more steps, or narrow the ranges.',
        )
  }
  const checked = trial.wasStopped ? best : await trial.check(best)
  return reportOf(order, dimensions, trial, best, trial.wasStopped ? best : checked)
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

interface SearchPlan {
  /** Points of the first random search. */
  random: number
  isSimplex: boolean
  /** All points before the play-off. */
  searched: number
  /** Of the play-offs, before and after the probes. */
  finalists: number
  /** Further runs of each finalist. */
  runsEach: number
  /** Dimensions that are no choices. */
  numeric: number[]
  /** Probes of each of these, to either side. */
  levels: number
}

function planOf({ budget, seeds, method }: CalibrationOrder, dimensions: readonly FitDimension[]): SearchPlan {
  const runsEach = 2 * seeds
  const finalists = Math.min(mostFinalists, Math.floor((shares.playOff * budget) / runsEach))
  const points = Math.floor((budget - checkSeeds - finalists * runsEach) / seeds)
  const numeric = [...dimensions.keys()].filter(at => dimensions[at]!.kind !== 'choice')
  const isSimplex = method === 'nelder-mead' && numeric.length > 0
  const levels = Math.min(mostProbes, Math.floor((shares.probes * points) / (2 * Math.max(1, numeric.length))))
  const searched = points - 2 * numeric.length * levels
  const random = Math.max(fewestPoints, isSimplex ? Math.round(shares.search * points) : searched)
  return { random, isSimplex, searched, finalists, runsEach, numeric, levels }
}

/** The points of the random search: each time the same. */
function* drawnPoints({ seed }: CalibrationOrder, dimensions: readonly FitDimension[], most: number) {
  const stream = randomStream(`calibrate ${seed}`)
  for (let at = 0; at < most; at++) yield dimensions.map(() => stream.float())
}

async function search(
  order: CalibrationOrder,
  dimensions: readonly FitDimension[],
  { random, isSimplex, searched, finalists, runsEach, numeric, levels }: SearchPlan,
  trial: Trial,
): Promise<void> {
  const points = drawnPoints(order, dimensions, Number.POSITIVE_INFINITY)
  await trial.evaluateAll(points, random, 'random search')
  while (isSimplex && trial.tried.length < searched && !trial.isOver) {
    if (!(await descend(numeric, trial, searched))) break
  }
  // Where the simplex has become small before its runs were used.
  if (isSimplex) await trial.evaluateAll(points, searched - trial.tried.length, 'random search')
  // What no seed changes needs no further seeds.
  const furtherRuns = trial.best?.spreads.some(spread => spread > 0) ? runsEach : 0
  const late = Math.floor(finalists / 2)
  if (furtherRuns > 0) await trial.playOff(trial.tried, finalists - late, furtherRuns)
  await probe(numeric, levels, trial)
  // Some of them are better, and more of them had luck.
  const better = trial.tried.filter(({ stage, loss }) => stage === 'probe' && loss < trial.best!.loss)
  await trial.playOff(better, late, furtherRuns)
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
    asked = simplex.next((await trial.evaluate(point, 'Nelder–Mead')).loss)
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
        if (trial.isLike(await trial.evaluate(point, 'probe'), best)) within = place
        else beyond = place
      }
    }
  }
}
