/** A population whose agents move on a plane. */
import type { Agent, AgentClass, PointAgent } from '../agent.ts'
import { Population, type PopulationOwner } from '../population.ts'
import type { Plane } from './plane.ts'

/** What `near` found; used again by the next query of the same population. */
export interface Near<A> {
  length: number
  readonly agents: A[]
  /** From who asked to the other, the short way round a torus. */
  dx: Float64Array
  dy: Float64Array
  distance: Float64Array
}

export class PointPopulation<A extends PointAgent = PointAgent> extends Population<A> {
  readonly space: Plane
  xs: Float64Array
  ys: Float64Array

  constructor(name: string, type: AgentClass<A>, owner: PopulationOwner, space: Plane) {
    super(name, type, owner)
    this.space = space
    this.xs = new Float64Array(this.capacity)
    this.ys = new Float64Array(this.capacity)
  }

  movePoint(agent: Agent, x: number, y: number): void {
    const { slot } = agent
    this.xs[slot] = x
    this.ys[slot] = y
  }

  protected override grow(capacity: number): void {
    super.grow(capacity)
    const [xs, ys] = [this.xs, this.ys]
    this.xs = new Float64Array(capacity)
    this.ys = new Float64Array(capacity)
    this.xs.set(xs)
    this.ys.set(ys)
  }
}
