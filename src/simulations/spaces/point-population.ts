/** A population whose agents move on a plane, and find who is near. */
import { CultivarError } from '../../model/error.ts'
import type { Agent, AgentClass, PointAgent } from '../agent.ts'
import { longer } from '../longer.ts'
import { Population, type PopulationOwner } from '../population.ts'
import { Near } from './near.ts'
import type { Plane } from './plane.ts'
import { PointBins } from './point-bins.ts'

/** In widths of the plane: what rounding can take away from a distance. */
const rounding = 1e-12

export class PointPopulation<A extends PointAgent = PointAgent> extends Population<A> {
  readonly space: Plane
  /** By slot; NaN for who is nowhere yet. */
  xs: Float64Array
  ys: Float64Array
  readonly #near: Near<A>
  /** Made by the first query, for who never asks needs none. */
  #bins: PointBins | undefined
  #binRadius = 0

  constructor(name: string, type: AgentClass<A>, owner: PopulationOwner, space: Plane) {
    super(name, type, owner)
    this.space = space
    this.xs = new Float64Array(this.capacity)
    this.ys = new Float64Array(this.capacity)
    this.#near = new Near(this.bySlot)
  }

  override add(): A {
    const born = super.add()
    this.xs[born.slot] = Number.NaN
    this.ys[born.slot] = Number.NaN
    return born
  }

  override remove(agent: Agent): void {
    if (!agent.alive) return
    super.remove(agent)
    this.#bins?.take(agent.slot)
  }

  movePoint(agent: Agent, x: number, y: number): void {
    const { slot } = agent
    const { width, height } = this.space
    // Written so that what is no number goes the slow way, too.
    if (!(agent.alive && x >= 0 && y >= 0 && x < width && y < height)) {
      if (!agent.alive) return
      this.#checkPoint(x, y)
      x = this.space.inside(x, width)
      y = this.space.inside(y, height)
    }
    this.xs[slot] = x
    this.ys[slot] = y
    this.#bins?.put(slot, x, y)
  }

  #checkPoint(x: number, y: number): void {
    if (Number.isFinite(x) && Number.isFinite(y)) return
    throw new CultivarError(
      'bad-input',
      `An agent of “${this.name}” was moved to (${x}, ${y}).`,
      'Both are numbers: look for a division by 0, or for a value that was never set.',
    )
  }

  /**
   * All others at most so far away; the agent may be of another population of the same plane. The bins follow the smallest radius asked for: one far larger is right, and slower.
   *
   * @throws CultivarError `bad-input` for a radius under 0.
   */
  near(agent: PointAgent, radius: number): Near<A> {
    return this.#find(agent.x, agent.y, radius, this.isOwn(agent) ? agent.slot : -1)
  }

  /** All at most so far away from a point, which lies on the plane, or would lie there if it went on beyond its edges. */
  nearPoint(x: number, y: number, radius: number): Near<A> {
    const { width, height, torus } = this.space
    return torus
      ? this.#find(this.space.inside(x, width), this.space.inside(y, height), radius, -1)
      : this.#find(x, y, radius, -1)
  }

  #find(x: number, y: number, radius: number, except: number): Near<A> {
    const bins = this.#bins !== undefined && radius * 2 >= this.#binRadius ? this.#bins : this.#openBins(radius)
    const { width, height, torus } = this.space
    const { columns, rows, perX, perY, first, next } = bins
    const { xs, ys } = this
    const near = this.#near
    let { slots, dx, dy, distance } = near
    const halfWidth = torus ? width / 2 : Number.POSITIVE_INFINITY
    const halfHeight = torus ? height / 2 : Number.POSITIVE_INFINITY
    const squared = radius * radius
    const reachX = radius + rounding * width
    const reachY = radius + rounding * height
    let left = Math.floor((x - reachX) * perX)
    let right = Math.floor((x + reachX) * perX)
    let top = Math.floor((y - reachY) * perY)
    let bottom = Math.floor((y + reachY) * perY)
    if (!torus) {
      left = Math.max(left, 0)
      right = Math.min(right, columns - 1)
      top = Math.max(top, 0)
      bottom = Math.min(bottom, rows - 1)
    } else {
      // All the way round: each once.
      if (right - left >= columns) [left, right] = [0, columns - 1]
      if (bottom - top >= rows) [top, bottom] = [0, rows - 1]
    }
    let found = 0
    for (let row = top; row <= bottom; row++) {
      const start = columns * (row < 0 ? row + rows : row >= rows ? row - rows : row)
      for (let column = left; column <= right; column++) {
        let slot = first[start + (column < 0 ? column + columns : column >= columns ? column - columns : column)]!
        for (; slot >= 0; slot = next[slot]!) {
          let across = xs[slot]! - x
          if (across > halfWidth) across -= width
          else if (across < -halfWidth) across += width
          let down = ys[slot]! - y
          if (down > halfHeight) down -= height
          else if (down < -halfHeight) down += height
          const apart = across * across + down * down
          if (apart > squared || slot === except) continue
          if (found === dx.length) {
            near.lengthen()
            slots = near.slots
            dx = near.dx
            dy = near.dy
            distance = near.distance
          }
          slots[found] = slot
          dx[found] = across
          dy[found] = down
          distance[found] = Math.sqrt(apart)
          found++
        }
      }
    }
    near.length = found
    return near
  }

  #openBins(radius: number): PointBins {
    if (!(radius >= 0)) {
      throw new CultivarError(
        'bad-input',
        `Agents of “${this.name}” within ${radius} were asked for.`,
        'The radius is a number from 0 on.',
      )
    }
    const bins = new PointBins(this.space, radius, this.capacity)
    for (let slot = 0; slot < this.bySlot.length; slot++) {
      // Who is nowhere has no x.
      if (this.bySlot[slot]!.alive && this.xs[slot]! >= 0) bins.put(slot, this.xs[slot]!, this.ys[slot]!)
    }
    this.#bins = bins
    this.#binRadius = radius
    return bins
  }

  protected override grow(capacity: number): void {
    super.grow(capacity)
    this.xs = longer(this.xs, capacity)
    this.ys = longer(this.ys, capacity)
    this.#bins = undefined
  }
}
