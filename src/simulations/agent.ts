/** Agents: objects that read and write like ordinary ones, and whose typed fields lie in columns. */
import { type FieldColumn, type Fields, type FieldValues, fieldAccessor, type Row } from './fields.ts'
import type { Population } from './population.ts'
import type { PointPopulation } from './spaces/point-population.ts'

/** What every agent has. Populations make agents; a class of agents has no constructor of its own. */
export abstract class Agent implements Row {
  /** 1 for the first of its population, 2 for the next; never given twice. */
  readonly id: number
  /** The cell of a grid or the node of a network where it is; −1: nowhere. `moveTo` changes it. */
  readonly cell: number
  /** False once it was removed. Its fields can be read until the step has ended. */
  readonly alive: boolean
  /** Its place in the columns; −1 once it was removed and the step has ended. */
  readonly slot: number
  /** Those of its population: one step less to each value than by way of the population. */
  readonly columns: FieldColumn[]
  readonly population: Population

  constructor(population: Population, slot: number, id: number) {
    this.id = id
    this.cell = -1
    this.alive = true
    this.slot = slot
    this.columns = population.columns
    this.population = population
  }

  /** Takes it out of the model, at once: nobody meets it again, and it does not act any more. */
  remove(): void {
    this.population.remove(this)
  }
}

/** An agent on a grid, on a network, or nowhere. */
export abstract class CellAgent extends Agent {
  /** @throws CultivarError `bad-input` where its population has no space, the cell does not exist or is full. */
  moveTo(cell: number): void {
    this.population.place(this, cell)
  }
}

/** An agent on a plane. */
export abstract class PointAgent extends Agent {
  declare readonly population: PointPopulation

  get x(): number {
    return this.population.xs[this.slot]!
  }

  get y(): number {
    return this.population.ys[this.slot]!
  }

  /** On a torus, what leaves at one side comes back at the other; elsewhere it stays at the edge. */
  moveTo(x: number, y: number): void {
    this.population.movePoint(this, x, y)
  }
}

/** A class of agents that models can make. */
export interface AgentClass<A extends Agent = Agent> {
  new (population: Population, slot: number, id: number): A
  readonly fields: Fields
}

/**
 * The base of a class of agents with these fields: `class Sheep extends agent({ energy: 'f32' }) { … }`. A newborn has 0, false or the
 * first word in each.
 *
 * @throws RangeError for a name that every agent has already.
 */
export function agent<const F extends Fields>(fields: F): AgentClass<CellAgent & FieldValues<F>> {
  return withFields(class extends CellAgent {}, fields)
}

/** The same for agents on a plane, which have `x` and `y`. */
export function pointAgent<const F extends Fields>(fields: F): AgentClass<PointAgent & FieldValues<F>> {
  return withFields(class extends PointAgent {}, fields)
}

const ownMembers = new Set(['id', 'cell', 'alive', 'slot', 'columns', 'population'])

function withFields<A extends Agent, F extends Fields>(
  type: { new (population: Population, slot: number, id: number): A },
  fields: F,
): AgentClass<A & FieldValues<F>> {
  for (const [at, [name, kind]] of Object.entries(fields).entries()) {
    if (name in type.prototype || ownMembers.has(name))
      throw new RangeError(`Every agent has “${name}” already: give the field another name.`)
    Object.defineProperty(type.prototype, name, fieldAccessor(kind, at))
  }
  return Object.assign(type, { fields }) as unknown as AgentClass<A & FieldValues<F>>
}
