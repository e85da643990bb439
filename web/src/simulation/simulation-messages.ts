/** What the page and the worker that runs a model say to each other. */
import type { Lines } from '../../../src/simulations/watch/chart-lines.ts'
import type { Frame } from '../../../src/simulations/watch/frame.ts'
import type { AgentChoice, InspectedAgent } from '../../../src/simulations/watch/watched-run.ts'

/** A built-in simulation, or one of a module that is served. */
export type SimulationSource = { name: string } | { moduleUrl: string; name: string }

export interface RunOrder {
  /** Those that are not as usual. */
  parameters: Record<string, unknown>
  seed: number | string
}

export type ToWorker =
  | ({ type: 'open'; source: SimulationSource } & RunOrder)
  | ({ type: 'start' } & RunOrder)
  /** As fast as it goes: null. */
  | { type: 'play'; stepsPerSecond: number | null; stopAt: number | undefined }
  | { type: 'pause' }
  | { type: 'step' }
  /** Asks for one picture: it comes when there is something new. */
  | { type: 'picture' }
  | { type: 'inspect'; agent: AgentChoice | undefined }
  | { type: 'inspect-neighbour'; agent: AgentChoice; direction: 1 | -1 }
  | { type: 'csv'; table: string }
  | { type: 'ping' }

export interface OpenedSimulation {
  name: string
  summary: string
  /** JSON Schema of the parameters. */
  schema: unknown
  /** Of a usual run. */
  steps: number
  stepMeans: string | undefined
}

export interface ShownProblem {
  title: string
  hint: string
  /** Whether what was collected so far is still there. */
  keptTables: boolean
}

export interface Picture {
  type: 'picture'
  frame: Frame
  steps: number
  playing: boolean
  isOver: boolean
  populations: { name: string; size: number }[]
  tables: { name: string; rows: number }[]
  keptUntil: number | undefined
  inspected: InspectedAgent | undefined
  /** Not with every picture. */
  charts: { title: string; columns: string[]; lines: Lines }[] | undefined
}

export type FromWorker =
  | { type: 'opened'; simulation: OpenedSimulation }
  | { type: 'started' }
  | Picture
  | { type: 'chosen'; agent: AgentChoice }
  | { type: 'file'; table: string; file: Blob }
  | { type: 'problem'; problem: ShownProblem }
  | { type: 'pong' }
