/** Tries points: makes the runs of each, works out its statistics and its loss, and remembers what was tried. */
import { CultivarError } from '../../model/error.ts'
import { type SimulationOrder, startSimulation } from '../run-simulation.ts'
import type { BeginOnce, CalibrationOrder, RunOnce, RunTables, TriedPoint } from './calibration-order.ts'
import { type FitDimension, parametersAt } from './fit-space.ts'
import { checkTarget, statisticsOf, toleranceOf } from './target.ts'

/** Runs at the best point with seeds that the search did not see. */
export const checkSeeds = 8

/** Runs that were begun together: by run, its statistics or why it failed. */
interface BegunRuns {
  /** How many there are up to the last of them. */
  runs: number
  outcomes: Promise<(number[] | CultivarError)[]>
}

export class Trial {
  readonly tried: TriedPoint[] = []
  /** Runs that were begun. */
  runs = 0
  /** Runs that ended in an error, and the first of these. */
  failed = 0
  failure: CultivarError | undefined
  readonly #order: CalibrationOrder
  readonly #dimensions: readonly FitDimension[]
  readonly #run: RunOnce
  readonly #begin: BeginOnce
  /** By parameters: whole numbers and choices come again. */
  readonly #known = new Map<string, Promise<TriedPoint>>()
  /** Settles when all points so far are remembered. */
  #remembered: Promise<unknown> = Promise.resolve()
  #best: TriedPoint | undefined

  constructor(order: CalibrationOrder, dimensions: readonly FitDimension[]) {
    this.#order = order
    this.#dimensions = dimensions
    this.#run = order.run ?? (async run => statisticsOf(order.targets, startSimulation(order.simulation, run).run()))
    this.#begin = order.begin ?? (async run => startSimulation(order.simulation, run).tables)
  }

  /**
   * Looks whether there is what is aimed at, in the tables of a run that was only begun: with the defaults, or else at the first point
   * that can be set up.
   *
   * @throws CultivarError `bad-input` for targets that the tables do not have; why the first point failed, where all do
   */
  async checkTargets(points: Iterable<readonly number[]>): Promise<void> {
    const tables = await this.#tablesAt(points)
    for (const target of this.#order.targets) checkTarget(target, tables)
  }

  async #tablesAt(points: Iterable<readonly number[]>): Promise<RunTables> {
    const usual = await this.#look({})
    if (!(usual instanceof CultivarError)) return usual
    let failure: CultivarError | undefined
    for (const point of points) {
      const begun = await this.#look(parametersAt(this.#dimensions, point))
      if (!(begun instanceof CultivarError)) return begun
      failure ??= begun
    }
    throw failure ?? usual
  }

  async #look(fitted: Readonly<Record<string, unknown>>): Promise<RunTables | CultivarError> {
    const begun = await outcomeOf(this.#begin(this.#runOrder(fitted, 'begin')))
    if (this.wasStopped) throw stoppedEarly()
    return begun
  }

  /** The point of the least loss, a probe only after a play-off; undefined where none gave all statistics. */
  get best(): TriedPoint | undefined {
    return this.#best
  }

  /** Whether the runs are used up but those for the check, or somebody stopped it. */
  get isOver(): boolean {
    const { budget, seeds } = this.#order
    return this.wasStopped || this.runs + seeds + checkSeeds > budget
  }

  get wasStopped(): boolean {
    return this.#order.stopped?.() === true
  }

  /** So many points that do not depend on each other, some of them at a time: each is asked for when it is begun. */
  async evaluateAll(points: Iterator<readonly number[]>, most: number, stage: TriedPoint['stage']): Promise<void> {
    let left = most
    const work = async () => {
      while (left-- > 0 && !this.isOver) await this.evaluate(points.next().value, stage)
    }
    // More than there are runs at once: none of these waits where the last run of an earlier point takes long.
    const atOnce = 2 * (this.#order.runsAtOnce ?? 1) - 1
    await Promise.all(Array.from({ length: atOnce }, work))
  }

  evaluate(point: readonly number[], stage: TriedPoint['stage']): Promise<TriedPoint> {
    const key = JSON.stringify(parametersAt(this.#dimensions, point))
    let tried = this.#known.get(key)
    if (!tried) {
      tried = this.#evaluated(point, stage, this.#remembered)
      this.#known.set(key, tried)
      this.#remembered = tried
    }
    return tried
  }

  /**
   * More runs for the candidates that seem best, and the best of these: of many points, the first is one that the seeds of the search
   * happened to favour. The best so far stays it where it is no candidate and none comes to less.
   */
  async playOff(candidates: readonly TriedPoint[], most: number, runsEach: number): Promise<void> {
    const before = this.#best
    if (this.wasStopped || before === undefined) return
    const finalists = candidates
      .filter(({ loss }) => loss < Number.POSITIVE_INFINITY)
      .toSorted((one, other) => one.loss - other.loss)
      .slice(0, most)
    const begun = finalists.map(({ point }) => this.#beginRuns(point, 'play-off', runsEach))
    const outcomes = await Promise.all(begun.map(one => one.outcomes))
    if (this.wasStopped) return
    const played = finalists.map(({ point, values }, at) =>
      this.#triedPoint(point, [...values, ...this.#values(outcomes[at]!)], 'play-off', begun[at]!.runs),
    )
    const compared = finalists.includes(before) ? played : [before, ...played]
    this.#best = compared.reduce((best, one) => (one.loss < best.loss ? one : best))
  }

  /** The same point with other seeds. */
  async check({ point }: TriedPoint): Promise<TriedPoint> {
    const { runs, outcomes } = this.#beginRuns(point, 'check', checkSeeds)
    return this.#triedPoint(point, this.#values(await outcomes), 'check', runs)
  }

  /** Whether each statistic is as good as that of the other: within its tolerance, or two standard errors of the difference. */
  isLike(tried: TriedPoint, best: TriedPoint): boolean {
    const error = Math.sqrt(1 / tried.values.length + 1 / best.values.length)
    return this.#order.targets.every((target, at) => {
      const noise = 2 * best.spreads[at]! * error
      return Math.abs(tried.means[at]! - best.means[at]!) <= Math.max(noise, toleranceOf(target))
    })
  }

  /** @param before settles when all earlier points are remembered: whichever runs are done first, points are told in their order */
  async #evaluated(
    point: readonly number[],
    stage: TriedPoint['stage'],
    before: Promise<unknown>,
  ): Promise<TriedPoint> {
    const { runs, outcomes } = this.#beginRuns(point, 'search', this.#order.seeds)
    const [values] = await Promise.all([outcomes, before])
    const tried = this.#triedPoint(point, this.#values(values), stage, runs)
    // What was given up on the way says nothing of the point.
    if (this.wasStopped && tried.loss === Number.POSITIVE_INFINITY) return tried
    this.tried.push(tried)
    // Of many points the best is one that had luck, and this one was in no play-off.
    if (stage !== 'probe' && tried.loss < (this.#best?.loss ?? Number.POSITIVE_INFINITY)) this.#best = tried
    this.#order.observe?.({ runs, loss: this.#best?.loss ?? Number.POSITIVE_INFINITY })
    return tried
  }

  /** They count from now on. */
  #beginRuns(point: readonly number[], purpose: string, count: number): BegunRuns {
    this.runs += count
    const fitted = parametersAt(this.#dimensions, point)
    const outcomes = Array.from({ length: count }, (_, at) =>
      outcomeOf(this.#run(this.#runOrder(fitted, `${purpose} ${at}`))),
    )
    return { runs: this.runs, outcomes: Promise.all(outcomes) }
  }

  /** A run that fails is a point that does not fit: it may lie at the edge of what the model can do. */
  #values(outcomes: readonly (number[] | CultivarError)[]): number[][] {
    return outcomes.map(outcome => {
      if (!(outcome instanceof CultivarError)) return outcome
      if (!this.wasStopped) {
        this.failed++
        this.failure ??= outcome
      }
      return this.#order.targets.map(() => Number.NaN)
    })
  }

  #triedPoint(point: readonly number[], values: number[][], stage: TriedPoint['stage'], runs: number): TriedPoint {
    const { targets } = this.#order
    const byTarget = targets.map((_, at) => values.map(run => run[at]!))
    const means = byTarget.map(meanOf)
    const weights = targets.reduce((sum, { weight = 1 }) => sum + weight, 0)
    const missed = targets.reduce(
      (sum, target, at) => sum + (target.weight ?? 1) * ((means[at]! - target.value) / toleranceOf(target)) ** 2,
      0,
    )
    const loss = Number.isNaN(missed) ? Number.POSITIVE_INFINITY : missed / weights
    return { point: [...point], stage, runs, values, means, spreads: byTarget.map(spreadOf), loss }
  }

  #runOrder(fitted: Readonly<Record<string, unknown>>, seed: string): SimulationOrder {
    const { parameters, populations, steps, mostAgents, seed: whole } = this.#order
    return {
      parameters: { ...parameters, ...fitted },
      seed: `${whole} ${seed}`,
      ...(steps !== undefined && { steps }),
      ...(populations && { populations }),
      ...(mostAgents !== undefined && { mostAgents }),
    }
  }
}

/** What a model cannot do is an outcome, too. */
async function outcomeOf<T>(made: Promise<T>): Promise<T | CultivarError> {
  try {
    return await made
  } catch (error) {
    if (error instanceof CultivarError) return error
    throw error
  }
}

export function stoppedEarly(): CultivarError {
  return new CultivarError('interrupted', 'It was stopped before a point was tried.')
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** 0 for one value. */
function spreadOf(values: readonly number[]): number {
  if (values.length < 2) return 0
  const mean = meanOf(values)
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1))
}
