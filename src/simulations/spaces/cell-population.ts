/** A population whose agents stand on the cells of a grid or the nodes of a network. */
import { CultivarError } from '../../model/error.ts'
import type { Agent, AgentClass, CellAgent } from '../agent.ts'
import { longer } from '../longer.ts'
import { Population, type PopulationOwner } from '../population.ts'
import type { CellSpace } from './cell-space.ts'

export class CellPopulation<A extends CellAgent = CellAgent> extends Population<A> {
  readonly space: CellSpace
  /** How many stand on each cell. */
  readonly counts: Int32Array
  /** Whether a cell can be full. */
  readonly #mayFill: boolean
  /** Slot of the one that came last to each cell, −1 for none; the others follow by `#links`. */
  readonly #first: Int32Array
  /** For each slot the next on its cell and the one before it: side by side, for who reads one reads both. */
  #links: Int32Array

  constructor(name: string, type: AgentClass<A>, owner: PopulationOwner, space: CellSpace) {
    super(name, type, owner)
    this.space = space
    this.#mayFill = space.capacity !== Number.POSITIVE_INFINITY
    this.counts = new Int32Array(space.cells)
    this.#first = new Int32Array(space.cells).fill(-1)
    this.#links = new Int32Array(2 * this.capacity)
    space.populations.push(this)
  }

  override place(agent: Agent, cell: number): void {
    const { slot, cell: from } = agent
    const known = this.#first[cell]
    if (known === undefined || !agent.alive || from === cell || this.#mayFill) {
      if (!this.#mayMove(agent, cell)) return
    }
    if (from >= 0) this.#leave(slot, from)
    const links = this.#links
    const before = this.#first[cell]!
    links[2 * slot] = before
    links[2 * slot + 1] = -1
    if (before >= 0) links[2 * before + 1] = slot
    this.#first[cell] = slot
    this.counts[cell]!++
    ;(agent as { cell: number }).cell = cell
  }

  /** False where it is there already, or dead. */
  #mayMove(agent: Agent, cell: number): boolean {
    if (!agent.alive || agent.cell === cell) return false
    if (!(Number.isInteger(cell) && cell >= 0 && cell < this.space.cells)) {
      throw new CultivarError(
        'bad-input',
        `An agent of “${this.name}” was moved to cell ${cell}, and the cells are 0 to ${this.space.cells - 1}.`,
        'Move to cells that the space gives: its neighbours, or a random one.',
      )
    }
    if (this.space.occupants(cell) >= this.space.capacity) {
      throw new CultivarError(
        'bad-input',
        `An agent of “${this.name}” was moved to cell ${cell}, which holds ${this.space.capacity} already.`,
        'Look at isEmpty(cell) first, give the space a greater capacity, or none.',
      )
    }
    return true
  }

  #leave(slot: number, cell: number): void {
    const links = this.#links
    const next = links[2 * slot]!
    const previous = links[2 * slot + 1]!
    if (previous < 0) this.#first[cell] = next
    else links[2 * previous] = next
    if (next >= 0) links[2 * next + 1] = previous
    this.counts[cell]!--
  }

  override remove(agent: Agent): void {
    if (!agent.alive) return
    super.remove(agent)
    if (agent.cell >= 0) this.#leave(agent.slot, agent.cell)
  }

  countAt(cell: number): number {
    return this.counts[cell]!
  }

  /** The one that came last to the cell: the only one, where cells hold one. */
  at(cell: number): A | undefined {
    const slot = this.#first[cell]!
    return slot < 0 ? undefined : this.bySlot[slot]
  }

  /** All on the cell. A new list: for loops that must be quick there are `at`, `countAt` and `randomAt`. */
  allAt(cell: number): A[] {
    const found: A[] = []
    for (let slot = this.#first[cell]!; slot >= 0; slot = this.#links[2 * slot]!) found.push(this.bySlot[slot]!)
    return found
  }

  /** One of those on the cell, each equally likely; never `except`. */
  randomAt(cell: number, except?: Agent): A | undefined {
    const isHere = except !== undefined && except.cell === cell && this.isOwn(except)
    const others = this.counts[cell]! - (isHere ? 1 : 0)
    if (others <= 0) return undefined
    let left = others === 1 ? 0 : this.owner.random.int(others)
    const skipped = isHere ? except.slot : -1
    let slot = this.#first[cell]!
    for (;;) {
      if (slot !== skipped && left-- === 0) return this.bySlot[slot]
      slot = this.#links[2 * slot]!
    }
  }

  protected override grow(capacity: number): void {
    super.grow(capacity)
    this.#links = longer(this.#links, 2 * capacity)
  }
}
