/** Tries points: makes the runs of each, works out its statistics and its loss, and remembers what was tried. */
import { CultivarError } from '../../model/error.ts'
import type { Table } from '../../tables/table.ts'
import { type SimulationOrder, startSimulation } from '../run-simulation.ts'
import type { Simulation } from '../simulation.ts'
import type { CalibrationOrder, RunOnce, TriedPoint } from './calibration-order.ts'
import { type FitDimension, parametersAt } from './fit-space.ts'
import { checkTarget, StatisticCollector, toleranceOf } from './target.ts'

/** Runs at the best point with seeds that the search did not see. */
export const checkSeeds = 8

export class Trial {
  readonly tried: TriedPoint[] = []
  runs = 0
  /** Runs that ended in an error, and the first of these. */
  failed = 0
  failure: CultivarError | undefined
  readonly #order: CalibrationOrder
  readonly #dimensions: readonly FitDimension[]
  readonly #run: RunOnce
  /** By parameters: whole numbers and choices come again. */
  readonly #known = new Map<string, TriedPoint>()
  #best: TriedPoint | undefined

  /** @throws CultivarError `bad-input` for targets that the tables of the simulation do not have. */
  constructor(order: CalibrationOrder, dimensions: readonly FitDimension[]) {
    this.#order = order
    this.#dimensions = dimensions
    this.#run = order.run ?? runHere(order.simulation)
    const middle = dimensions.map(() => 0.5)
    const { tables } = startSimulation(order.simulation, { ...this.#runOrder(middle, 'begin'), steps: 0 })
    for (const target of order.targets) checkTarget(target, tables)
  }

  /** The tried point of the least loss; undefined where none gave all statistics. */
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

  async evaluate(point: readonly number[], stage: TriedPoint['stage']): Promise<TriedPoint> {
    const key = JSON.stringify(parametersAt(this.#dimensions, point))
    const known = this.#known.get(key)
    if (known) return known
    const tried = this.#triedPoint(point, await this.#runs(point, 'search', this.#order.seeds), stage)
    this.#known.set(key, tried)
    this.tried.push(tried)
    if (tried.loss < (this.#best?.loss ?? Number.POSITIVE_INFINITY)) this.#best = tried
    this.#order.observe?.({ runs: this.runs, loss: this.#best?.loss ?? Number.POSITIVE_INFINITY })
    return tried
  }

  /**
   * More runs for the points that seem best, and the best of these: of many points, the first is one that the seeds of the search
   * happened to favour.
   */
  async playOff(points: number, runsEach: number): Promise<void> {
    const candidates = this.tried.filter(({ loss }) => loss < Number.POSITIVE_INFINITY)
    candidates.sort((one, other) => one.loss - other.loss)
    const played: TriedPoint[] = []
    for (const { point, values } of candidates.slice(0, points)) {
      if (this.wasStopped) return
      const more = await this.#runs(point, 'play-off', runsEach)
      played.push(this.#triedPoint(point, [...values, ...more], 'play-off'))
    }
    if (played.length > 0) this.#best = played.reduce((best, one) => (one.loss < best.loss ? one : best))
  }

  /** The same point with other seeds. */
  async check({ point }: TriedPoint): Promise<TriedPoint> {
    return this.#triedPoint(point, await this.#runs(point, 'check', checkSeeds), 'check')
  }

  /** Whether each statistic is as good as that of the other: within its tolerance, or two standard errors of the difference. */
  isLike(tried: TriedPoint, best: TriedPoint): boolean {
    const error = Math.sqrt(1 / tried.values.length + 1 / best.values.length)
    return this.#order.targets.every((target, at) => {
      const noise = 2 * best.spreads[at]! * error
      return Math.abs(tried.means[at]! - best.means[at]!) <= Math.max(noise, toleranceOf(target))
    })
  }

  async #runs(point: readonly number[], purpose: string, count: number): Promise<number[][]> {
    const values: number[][] = []
    for (let at = 0; at < count; at++) values.push(await this.#statistics(point, `${purpose} ${at}`))
    return values
  }

  #triedPoint(point: readonly number[], values: number[][], stage: TriedPoint['stage']): TriedPoint {
    const { targets } = this.#order
    const byTarget = targets.map((_, at) => values.map(run => run[at]!))
    const means = byTarget.map(meanOf)
    const weights = targets.reduce((sum, { weight = 1 }) => sum + weight, 0)
    const missed = targets.reduce(
      (sum, target, at) => sum + (target.weight ?? 1) * ((means[at]! - target.value) / toleranceOf(target)) ** 2,
      0,
    )
    const loss = Number.isNaN(missed) ? Number.POSITIVE_INFINITY : missed / weights
    return { point: [...point], stage, runs: this.runs, values, means, spreads: byTarget.map(spreadOf), loss }
  }

  /** A run that fails is a point that does not fit: it may lie at the edge of what the model can do. */
  async #statistics(point: readonly number[], seed: string): Promise<number[]> {
    const collectors = this.#order.targets.map(target => new StatisticCollector(target))
    this.runs++
    try {
      await this.#run(this.#runOrder(point, seed), block => {
        for (const collector of collectors) collector.take(block)
      })
    } catch (error) {
      if (!(error instanceof CultivarError)) throw error
      if (!this.wasStopped) {
        this.failed++
        this.failure ??= error
      }
      return collectors.map(() => Number.NaN)
    }
    return collectors.map(({ value }) => value)
  }

  #runOrder(point: readonly number[], seed: string): SimulationOrder {
    const { parameters, populations, steps, mostAgents, seed: whole } = this.#order
    return {
      parameters: { ...parameters, ...parametersAt(this.#dimensions, point) },
      seed: `${whole} ${seed}`,
      ...(steps !== undefined && { steps }),
      ...(populations && { populations }),
      ...(mostAgents !== undefined && { mostAgents }),
    }
  }
}

function runHere(simulation: Simulation): RunOnce {
  return async (order: SimulationOrder, take: (block: Table) => void) => {
    for (const block of startSimulation(simulation, order).run()) take(block)
  }
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
