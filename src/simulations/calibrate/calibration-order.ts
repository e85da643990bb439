/** What a calibration is asked for, and what it tried. */
import type { Table } from '../../tables/table.ts'
import type { SimulationOrder, StartedSimulation } from '../run-simulation.ts'
import type { Simulation } from '../simulation.ts'
import type { FitRange } from './fit-space.ts'
import type { CalibrationTarget } from './target.ts'

export const calibrationMethods = ['nelder-mead', 'random-search'] as const

/** `nelder-mead` begins with a random search and goes on from the best of it. */
export type CalibrationMethod = (typeof calibrationMethods)[number]

/** Makes one run and works the targets out of its tables, in their order. @throws CultivarError what the run throws. */
export type RunOnce = (order: SimulationOrder) => Promise<number[]>

export type RunTables = StartedSimulation['tables']

/** Sets a run up, and says what its tables are. @throws CultivarError what setting it up throws. */
export type BeginOnce = (order: SimulationOrder) => Promise<RunTables>

export interface CalibrationOrder {
  simulation: Simulation
  /** What is fitted, and within which range. */
  fit: Readonly<Record<string, FitRange>>
  targets: readonly CalibrationTarget[]
  /** Parameters that stay as they are given. */
  parameters?: Readonly<Record<string, unknown>>
  populations?: Readonly<Record<string, Table>>
  steps?: number
  mostAgents?: number
  /** Runs, at most. */
  budget: number
  /** Runs at each point, each with a seed of its own; the same seeds at all points, so that differences are the parameters’. */
  seeds: number
  method: CalibrationMethod
  seed: number | string
  /** Who makes and who begins runs; in this thread, unless given. */
  run?: RunOnce
  begin?: BeginOnce
  /** Runs that it makes at a time, 1 unless given; what is found is the same with any number. */
  runsAtOnce?: number
  observe?: (progress: { runs: number; loss: number }) => void
  stopped?: () => boolean
}

/** A point that was tried, and what its runs gave. */
export interface TriedPoint {
  point: number[]
  stage: 'random search' | 'Nelder–Mead' | 'play-off' | 'probe' | 'check'
  /** Runs up to its last one. */
  runs: number
  /** Of each run, by target. */
  values: number[][]
  /** By target: mean and standard deviation over the seeds; NaN where a run gave none. */
  means: number[]
  spreads: number[]
  /** Infinite where a statistic is missing. */
  loss: number
}
