/** A run that somebody watches: step by step, with pictures, charts, an agent that is looked at, and its tables. */
import { CultivarError } from '../../model/error.ts'
import type { PointAgent } from '../agent.ts'
import type { Mark } from '../marks.ts'
import type { Model } from '../model.ts'
import { type SimulationOrder, type StartedSimulation, startSimulation } from '../run-simulation.ts'
import type { ChartDescription, Simulation } from '../simulation.ts'
import { Grid } from '../spaces/grid.ts'
import { PointPopulation } from '../spaces/point-population.ts'
import { ChartLines, type Lines } from './chart-lines.ts'
import { CollectedTables } from './collected-tables.ts'
import { type Frame, frameOf } from './frame.ts'
import { usualCharts, usualMarks } from './usual-view.ts'

/** An agent by its population and number. */
export interface AgentChoice {
  population: string
  id: number
}

export interface InspectedAgent extends AgentChoice {
  alive: boolean
  /** Its place and its fields, by name. */
  values: [name: string, value: string | number | boolean][]
}

/** 200 MB of numbers: a browser tab must not run out of memory. */
const mostCells = 25_000_000

export class WatchedRun {
  readonly charts: ChartDescription[]
  /** Of what was collected, the last step that is kept; undefined while all is. */
  keptUntil: number | undefined
  failure: CultivarError | undefined
  readonly #simulation: Simulation
  readonly #order: SimulationOrder
  readonly #started: StartedSimulation
  readonly #model: Model
  readonly #collected: CollectedTables
  readonly #lines: ChartLines[]
  #ended: { steps: number; tables: CollectedTables } | undefined

  /** @throws CultivarError `bad-input` for parameters out of range, and what the model throws while it is set up. */
  constructor(simulation: Simulation, order: SimulationOrder) {
    this.#simulation = simulation
    this.#order = order
    this.#started = startSimulation(simulation, order)
    const { model, tables } = this.#started
    this.#model = model
    this.charts = simulation.view?.charts ?? usualCharts(model)
    this.#lines = this.charts.map(chart => new ChartLines(chart))
    this.#collected = new CollectedTables(tables)
    this.#collect(true)
  }

  /** Steps that are done. */
  get steps(): number {
    return this.#model.steps
  }

  get isOver(): boolean {
    return this.failure !== undefined || this.#model.isFinished
  }

  get populations(): { name: string; size: number }[] {
    return this.#model.populations.map(({ name, size }) => ({ name, size }))
  }

  get tables(): { name: string; rows: number }[] {
    return this.#model.tables.map(({ name }) => ({ name, rows: this.#collected.rowsOf(name) }))
  }

  /** One step, unless it is over. What the model throws is kept as `failure`, and so is what was collected before. */
  step(): void {
    if (this.isOver) return
    try {
      this.#started.advance()
    } catch (error) {
      this.failure = error as CultivarError
    }
    this.#collect(false)
  }

  frame(): Frame {
    try {
      // What a picture draws at random must not change the run.
      return this.#model.random.aside(() => frameOf(this.#marks()))
    } catch (error) {
      throw new CultivarError(
        'bad-input',
        `The view of “${this.#simulation.name}” cannot be drawn after step ${this.steps}: ${error}`,
        'The fault is in its view: look at the functions that give colours, directions and labels.',
      )
    }
  }

  lines(): Lines[] {
    this.#collect(true)
    return this.#lines.map(lines => lines.lines())
  }

  /**
   * The tables as a run of so many steps leaves them. A model that writes rows when it ends is run once more, to an end, for this one
   * goes on. It yields after each step of that.
   */
  *tablesAtEnd(): Generator<undefined, CollectedTables> {
    this.#collect(true)
    if (!this.#model.writesAtEnd || this.failure !== undefined || this.keptUntil !== undefined) return this.#collected
    const { steps } = this
    if (this.#ended?.steps === steps) return this.#ended.tables
    const again = startSimulation(this.#simulation, { ...this.#order, steps })
    const tables = new CollectedTables(again.tables)
    while (!again.isOver) {
      again.advance()
      for (const block of again.model.takeBlocks()) tables.add(block)
      yield
    }
    again.end()
    for (const block of again.model.takeBlocks(true)) tables.add(block)
    this.#ended = { steps, tables }
    return tables
  }

  /** Undefined where there never was such an agent, or where it died and nobody looked. */
  inspect({ population: name, id }: AgentChoice): InspectedAgent | undefined {
    const population = this.#model.populations.find(each => each.name === name)
    const agent = population?.find(id)
    if (!population || !agent) return undefined
    const { space } = population as { space?: unknown }
    const place: InspectedAgent['values'] =
      population instanceof PointPopulation
        ? [
            ['x', (agent as unknown as PointAgent).x],
            ['y', (agent as unknown as PointAgent).y],
          ]
        : space instanceof Grid
          ? [
              ['column', space.x(agent.cell)],
              ['row', space.y(agent.cell)],
            ]
          : space === undefined
            ? []
            : [['node', agent.cell]]
    const fields = Object.keys(population.type.fields).map((field): InspectedAgent['values'][number] => [
      field,
      (agent as unknown as Record<string, number>)[field]!,
    ])
    return { population: name, id, alive: true, values: [...place, ...fields] }
  }

  /** The id of the living agent that follows that one in order of birth, or goes before it; the first or last where there is none. */
  neighbourOf({ population: name, id }: AgentChoice, direction: 1 | -1): number | undefined {
    const ids = [...(this.#model.populations.find(each => each.name === name) ?? [])].map(agent => agent.id)
    return direction === 1
      ? (ids.find(other => other > id) ?? ids[0])
      : (ids.findLast(other => other < id) ?? ids.at(-1))
  }

  #marks(): Mark[] {
    return this.#simulation.view?.marks(this.#model) ?? usualMarks(this.#model)
  }

  /** @param all also what does not fill a block yet */
  #collect(all: boolean): void {
    const full = this.keptUntil === undefined && this.#collected.cells > mostCells
    for (const block of this.#model.takeBlocks(all || full)) {
      if (this.keptUntil === undefined) this.#collected.add(block)
      for (const lines of this.#lines) lines.add(block)
    }
    if (full) this.keptUntil = this.#model.steps
  }
}
