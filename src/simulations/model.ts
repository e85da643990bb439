/** The model that users extend: parameters, one random stream, populations in spaces, events, tables, and time. */
import { CultivarError } from '../model/error.ts'
import type { Table } from '../tables/table.ts'
import type { Agent, AgentClass, CellAgent, PointAgent } from './agent.ts'
import { Choice } from './choice.ts'
import { EventQueue, type ScheduledEvent } from './event-queue.ts'
import { ModelRandom } from './model-random.ts'
import { type Collecting, ModelTables } from './model-tables.ts'
import { Population, type PopulationOwner } from './population.ts'
import { CellPopulation } from './spaces/cell-population.ts'
import { CellSpace } from './spaces/cell-space.ts'
import { Grid, type GridOptions } from './spaces/grid.ts'
import { type Links, Network } from './spaces/network.ts'
import { Plane, type PlaneOptions } from './spaces/plane.ts'
import { PointPopulation } from './spaces/point-population.ts'
import { startPopulations } from './start-populations.ts'
import type { TableColumns, TableRecorder, TableRow } from './table-recorder.ts'

/** What a run gives a model to start with. */
export interface ModelStart<P = unknown> {
  parameters: P
  seed: number | string
  /** Agents alive at once, at most. */
  mostAgents?: number
  /** By population: a row for each agent that it begins with (start-populations.ts). */
  populations?: Readonly<Record<string, Table>>
}

/** Agents that a model may have at once, unless it is told otherwise. */
export const usualMostAgents = 5_000_000
/** Events within one step: more are taken for events that schedule each other without end. */
const mostEventsInStep = 10_000_000
export abstract class Model<P = unknown> implements PopulationOwner {
  readonly parameters: P
  readonly random: ModelRandom
  /** Steps that were begun: 1 during the first. */
  steps = 0
  /** Now, in steps; between two whole numbers while events act. */
  time = 0
  readonly #populations: Population[] = []
  readonly #tables = new ModelTables(() => this.steps)
  readonly populations: readonly Population[] = this.#populations
  readonly tables: readonly TableRecorder[] = this.#tables.all
  /** Whose turn it is: an agent’s, or that of the agent which a population has come to. Populations and sets say it. */
  acting: Agent | Population | undefined
  /** What of the populations it was given was not used, for people. */
  readonly notes: string[] = []
  readonly #events = new EventQueue()
  readonly #choice: Choice
  readonly #mostAgents: number
  /** So many births are possible without counting who is alive. */
  #room = 0
  readonly #startTables: Readonly<Record<string, Table>>
  #finished = false

  constructor({ parameters, seed, mostAgents = usualMostAgents, populations = {} }: ModelStart<P>) {
    this.parameters = parameters
    this.random = new ModelRandom(seed)
    this.#choice = new Choice(this.random)
    this.#mostAgents = mostAgents
    this.#startTables = populations
  }

  /** Makes the first agents; called once, when all fields of the model are there. */
  setup(): void {
    // A model may begin without agents.
  }

  /**
   * Called once, when the agents are there that the run begins with: those of `setup`, changed by the tables that it was given. What
   * is worked out from them belongs here.
   */
  ready(): void {
    // Most models work nothing out.
  }

  /** What happens in one step. A model of events alone needs none. */
  step(): void {
    // Its events act all the same.
  }

  /** Called once, when the run has ended: what is still open can be written to tables. */
  end(): void {
    // Most models write all as it happens.
  }

  /** Ends the run after this step. */
  finish(): void {
    this.#finished = true
  }

  get isFinished(): boolean {
    return this.#finished
  }

  createGrid(options: GridOptions): Grid {
    return new Grid(options, this.random)
  }

  createPlane(options: PlaneOptions): Plane {
    return new Plane(options, this.random)
  }

  createNetwork(links: Links): Network {
    return new Network(links, this.random)
  }

  /**
   * @param name what its agents are called in tables and messages; the name of the class, in lower case, unless given
   * @throws CultivarError `bad-input` for a name taken twice.
   */
  createPopulation<A extends PointAgent>(type: AgentClass<A>, space: Plane, name?: string): PointPopulation<A>
  createPopulation<A extends CellAgent>(type: AgentClass<A>, space: CellSpace, name?: string): CellPopulation<A>
  createPopulation<A extends Agent>(type: AgentClass<A>, space?: undefined, name?: string): Population<A>
  createPopulation(type: AgentClass<never>, space?: CellSpace | Plane, name = type.name.toLowerCase()): Population {
    if (this.#populations.some(population => population.name === name)) {
      throw new CultivarError(
        'bad-input',
        `Two populations are called “${name}”.`,
        'Give the second another name: createPopulation(type, space, name).',
      )
    }
    const population =
      space === undefined
        ? new Population(name, type as AgentClass, this)
        : space instanceof CellSpace
          ? new CellPopulation(name, type as AgentClass<CellAgent>, this, space)
          : new PointPopulation(name, type as AgentClass<PointAgent>, this, space)
    this.#populations.push(population as Population)
    return population as Population
  }

  /**
   * A table that the run writes: `add` a row when something happens, or give `collecting` to have one every so many steps.
   *
   * @throws CultivarError `bad-input` for a name taken twice, and once the run has begun: its files are open then.
   */
  createTable<const C extends TableColumns>(
    name: string,
    columns: C,
    collecting?: Collecting<TableRow<C> | TableRow<C>[]>,
  ): TableRecorder<C> {
    return this.#tables.create(name, columns, collecting)
  }

  /** Emptied, ready for what an agent sees; there is one, so draw before the next is begun. */
  choice(): Choice {
    return this.#choice.start()
  }

  /**
   * Does it at that time; of two at one time, the one of higher priority first. What is due at a whole time acts after that step.
   *
   * @throws CultivarError `bad-input` for a time that is over.
   */
  at(time: number, action: () => void, priority = 0): ScheduledEvent {
    if (!(time >= this.time)) {
      throw new CultivarError(
        'bad-input',
        `An event was scheduled for ${time}, and it is ${this.time}.`,
        'Events lie ahead: this.after(delay, …) counts from now.',
      )
    }
    return this.#events.add(time, action, priority)
  }

  /** Does it after so much time. */
  after(delay: number, action: () => void, priority = 0): ScheduledEvent {
    return this.at(this.time + delay, action, priority)
  }

  /** Does it again and again, the first time after so much time. @throws CultivarError `bad-input` for a period that is not over 0. */
  every(period: number, action: () => void, priority = 0): { cancel(): void } {
    if (!(period > 0))
      throw new CultivarError('bad-input', `Nothing can act every ${period}.`, 'The period is a time over 0.')
    let next: ScheduledEvent
    const act = () => {
      next = this.after(period, act, priority)
      action()
    }
    next = this.after(period, act, priority)
    return { cancel: () => next.cancel() }
  }

  /** Whose turn it is, or was when an action threw: what an error names. */
  get actingAgent(): Agent | undefined {
    return this.acting instanceof Population ? this.acting.current : this.acting
  }

  admit(): void {
    if (this.#room-- > 0) return
    let alive = 0
    for (let at = 0; at < this.populations.length; at++) alive += this.populations[at]!.size
    this.#room = this.#mostAgents - alive - 1
    if (this.#room >= 0) return
    throw new CultivarError(
      'too-large',
      `The model has ${alive} agents, as many as it may have.`,
      'If births go on without bound, that is the model’s mistake; else raise the limit: --most-agents N.',
      { agents: alive },
    )
  }

  /** Sets up, and collects what there is before the first step. A run calls it, not the model. */
  begin(): void {
    this.setup()
    this.notes.push(...startPopulations(this.populations, this.#startTables, this.random))
    this.#settle()
    this.#tables.close()
    this.ready()
    this.#tables.collect()
  }

  /** One step: what is due before it, the step, what is due at its end, then what is collected. A run calls it, not the model. */
  advance(): void {
    this.#actUntil(this.steps + 1, false)
    this.steps++
    this.time = this.steps
    this.step()
    this.#actUntil(this.steps, true)
    this.#settle()
    this.#tables.collect()
  }

  /** After the last step: what is collected then, and what the model has to say at the end. A run calls it, not the model. */
  conclude(): void {
    this.#tables.collectLast()
    this.end()
  }

  /** A field that the model has put something else in than what every model has there. */
  get replacedField(): string | undefined {
    const { populations, tables, random, notes, steps, time, acting } = this
    const isAsMade = {
      populations: populations === this.#populations,
      tables: tables === this.#tables.all,
      random: random instanceof ModelRandom,
      notes: Array.isArray(notes),
      steps: steps === 0,
      time: time === 0,
      acting: acting === undefined,
    }
    return Object.entries(isAsMade).find(([, is]) => !is)?.[0]
  }

  /** Whether `conclude` may write rows. */
  get writesAtEnd(): boolean {
    return this.end !== Model.prototype.end || this.#tables.collectsLast
  }

  /** Blocks of tables that are full; with `all`, also those that are not. */
  takeBlocks(all = false): Table[] {
    return this.#tables.takeBlocks(all)
  }

  #settle(): void {
    // Nobody acts between steps, also where the model caught what an action threw.
    this.acting = undefined
    for (let at = 0; at < this.populations.length; at++) this.populations[at]!.settle()
  }

  #actUntil(time: number, atToo: boolean): void {
    for (let acted = 0; ; acted++) {
      const event = this.#events.take(time, atToo)
      if (event === undefined) return
      if (acted === mostEventsInStep) {
        throw new CultivarError(
          'too-large',
          `More than ${mostEventsInStep} events acted within one step.`,
          'Events that schedule each other without a delay never end: give them one.',
        )
      }
      this.time = event.time
      event.action()
    }
  }
}
