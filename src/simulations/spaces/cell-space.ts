/** What grids and networks have in common: cells that agents stand on, each with neighbours. */
import { CultivarError } from '../../model/error.ts'
import { type FieldColumn, newColumn } from '../fields.ts'
import type { ModelRandom } from '../model-random.ts'

/** How many of one population stand on each cell. */
export interface CellCounts {
  readonly counts: Int32Array
}

/** Tries before the empty cells are looked for one by one. */
const mostTries = 100

export abstract class CellSpace {
  readonly cells: number
  /** Agents that a cell can hold. */
  readonly capacity: number
  /** Those who live here; a population enters itself. */
  readonly populations: CellCounts[] = []
  protected readonly random: ModelRandom

  /** @throws CultivarError `bad-input` for a capacity that is none. */
  constructor(cells: number, capacity: number, random: ModelRandom) {
    if (!(capacity >= 1 && (Number.isInteger(capacity) || capacity === Number.POSITIVE_INFINITY))) {
      throw new CultivarError(
        'bad-input',
        `A cell cannot hold ${capacity} agents.`,
        'The capacity is a whole number from 1 on; leave it out where any number may stand on a cell.',
      )
    }
    this.cells = cells
    this.capacity = capacity
    this.random = random
  }

  /** Cells within so many steps, without the cell itself. It is used again by the next call: copy it to keep it, and for a loop within a loop. It is not to be written to. */
  abstract neighbours(cell: number, radius?: number): Int32Array

  /** A value for each cell, 0 at first. */
  layer(kind: 'f64'): Float64Array
  layer(kind: 'f32'): Float32Array
  layer(kind: 'i32'): Int32Array
  layer(kind: 'u8'): Uint8Array
  layer(kind: 'f64' | 'f32' | 'i32' | 'u8'): FieldColumn {
    return newColumn(kind, this.cells)
  }

  /** How many stand there, of all populations. */
  occupants(cell: number): number {
    let count = 0
    for (let at = 0; at < this.populations.length; at++) count += this.populations[at]!.counts[cell]!
    return count
  }

  isEmpty(cell: number): boolean {
    return this.occupants(cell) === 0
  }

  randomCell(): number {
    return this.random.int(this.cells)
  }

  /** One of the neighbours, each equally likely; the cell itself where it has none. */
  randomNeighbour(cell: number, radius = 1): number {
    const near = this.neighbours(cell, radius)
    return near.length === 0 ? cell : near[this.random.int(near.length)]!
  }

  /** An agent that was never moved anywhere asks. */
  protected nowhere(cell: number): never {
    throw new CultivarError(
      'bad-input',
      `The neighbours of cell ${cell} were asked for, and the cells are 0 to ${this.cells - 1}.`,
      'An agent is on no cell before it was moved to one: moveTo(cell).',
    )
  }

  /** @throws CultivarError `bad-input` where every cell is taken. */
  randomEmptyCell(): number {
    for (let tries = 0; tries < mostTries; tries++) {
      const cell = this.random.int(this.cells)
      if (this.isEmpty(cell)) return cell
    }
    const empty: number[] = []
    for (let cell = 0; cell < this.cells; cell++) if (this.isEmpty(cell)) empty.push(cell)
    if (empty.length > 0) return this.random.pick(empty)
    throw new CultivarError('bad-input', 'No cell is empty.', 'Give the space more cells, or the model fewer agents.')
  }
}
