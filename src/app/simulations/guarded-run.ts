/** A run in slices of time: a step that never ends is cut off, and what was collected before it survives. */
import { Script } from 'node:vm'
import { CultivarError } from '../../model/error.ts'
import {
  type SimulationOrder,
  type StartedSimulation,
  startSimulation,
  stepError,
} from '../../simulations/run-simulation.ts'
import type { Simulation } from '../../simulations/simulation.ts'
import type { MixedBlock, TableHead } from '../../table-files/index.ts'
import type { Table } from '../../tables/table.ts'
import { tableRows } from '../../tables/take-rows.ts'

export interface RunOutcome {
  /** Steps that were finished. */
  steps: number
  why: 'steps' | 'finished' | 'stopped' | 'failed'
  failure?: CultivarError
}

/** Long enough that a guard's own cost does not count, short enough that whoever waits is answered at once. */
const sliceMs = 50

export class GuardedRun {
  readonly tables: TableHead[]
  /** What of the order was not used, for people. */
  readonly notes: readonly string[]
  /** There once the run has ended. */
  outcome: RunOutcome | undefined
  /** Steps that were finished so far. */
  steps = 0
  readonly #simulation: Simulation
  readonly #run: StartedSimulation
  readonly #stepTimeoutMs: number
  readonly #moreTime: string
  readonly #places: Map<string, number>
  /** Rows of each table that were given away, and that there were after the last whole step. */
  readonly #given: number[]
  readonly #whole: number[]

  /**
   * @param moreTime how a step gets more of it, for whoever reads that one was cut off
   * @throws CultivarError what `startSimulation` throws; `too-slow` where setting up takes longer than a step may
   */
  constructor(
    simulation: Simulation,
    order: SimulationOrder,
    stepTimeoutMs: number,
    moreTime = 'give it more time: --step-timeout SECONDS.',
  ) {
    this.#simulation = simulation
    this.#stepTimeoutMs = stepTimeoutMs
    this.#moreTime = moreTime
    try {
      this.#run = withinTime(() => startSimulation(simulation, order), stepTimeoutMs)
    } catch (error) {
      throw error instanceof Overtime ? stepError(simulation, undefined, this.#tooSlow()) : error
    }
    this.tables = this.#run.tables
    this.notes = this.#run.model.notes
    this.#places = new Map(this.tables.map(({ name }, at) => [name, at]))
    this.#given = this.tables.map(() => 0)
    this.#whole = this.tables.map(() => 0)
    this.#note()
  }

  /**
   * Goes on for a moment and gives what has been collected; the last time, all that is left.
   *
   * @param all also blocks that are not full
   */
  goOn(all = false): MixedBlock[] {
    return this.#guarded(() => {
      const untilMs = performance.now() + sliceMs
      while (!this.#run.isOver && performance.now() < untilMs) {
        this.#run.advance()
        this.#note()
      }
      if (this.#run.isOver) this.outcome = this.#run.end()
    }, all)
  }

  /** Ends it here. */
  stop(): MixedBlock[] {
    return this.#guarded(() => {
      this.outcome = this.#run.end()
    })
  }

  #tooSlow(): CultivarError {
    return new CultivarError(
      'too-slow',
      `it was not done within ${this.#stepTimeoutMs / 1000} s.`,
      `If it never ends, that is the model’s mistake; else ${this.#moreTime}`,
    )
  }

  #note(): void {
    const { model } = this.#run
    this.steps = model.steps
    for (let at = 0; at < model.tables.length; at++) this.#whole[at] = model.tables[at]!.rows
  }

  #guarded(work: () => void, all = false): MixedBlock[] {
    const { model } = this.#run
    try {
      withinTime(work, this.#stepTimeoutMs + sliceMs)
    } catch (error) {
      const { steps } = this
      if (!(error instanceof Overtime)) {
        this.outcome = { steps, why: 'failed', failure: error as CultivarError }
        return this.#placed(model.takeBlocks(true))
      }
      const failure = stepError(this.#simulation, model, this.#tooSlow())
      this.outcome = { steps, why: 'failed', failure }
      // How far the step had come depends on the machine: none of its rows is kept.
      return this.#placed(model.takeBlocks(true), this.#whole)
    }
    return this.#placed(model.takeBlocks(all || this.outcome !== undefined))
  }

  /** @param most rows of each table that may be given in all */
  #placed(blocks: Table[], most?: readonly number[]): MixedBlock[] {
    const placed: MixedBlock[] = []
    for (const block of blocks) {
      const table = this.#places.get(block.name)!
      const rows = most ? Math.min(block.rows, most[table]! - this.#given[table]!) : block.rows
      this.#given[table]! += rows
      if (rows > 0) placed.push({ table, block: rows < block.rows ? tableRows(block, 0, rows) : block })
    }
    return placed
  }
}

class Overtime extends Error {}

const workKey = Symbol.for('cultivar.guarded-work')
const doWork = new Script(`globalThis[Symbol.for('cultivar.guarded-work')]()`)

/** Nothing but the engine itself can interrupt a loop that never ends; it does so for scripts that are given a time limit. */
function withinTime<T>(work: () => T, timeoutMs: number): T {
  const globals = globalThis as Record<symbol, unknown>
  globals[workKey] = work
  try {
    return doWork.runInThisContext({ timeout: timeoutMs })
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT' ? new Overtime() : error
  } finally {
    delete globals[workKey]
  }
}
