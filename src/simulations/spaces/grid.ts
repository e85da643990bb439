/** Grids: square or hexagonal cells in rows, with or without edges. */
import { CultivarError } from '../../model/error.ts'
import type { ModelRandom } from '../model-random.ts'
import { CellSpace } from './cell-space.ts'

export type Neighbourhood = 'moore' | 'von-neumann' | 'hexagonal'

export interface GridOptions {
  width: number
  /** As the width, unless given. */
  height?: number
  /** `moore`: eight around each cell; `von-neumann`: four; `hexagonal`: six, where odd rows lie half a cell to the right. */
  neighbourhood?: Neighbourhood
  /** Whether what leaves at one side comes back at the other. */
  torus?: boolean
  /** Agents that a cell can hold; as many as come, unless given. */
  capacity?: number
}

/** The cell at column x and row y is `y * width + x`. */
export class Grid extends CellSpace {
  readonly width: number
  readonly height: number
  readonly neighbourhood: Neighbourhood
  readonly torus: boolean
  readonly #perWidth: number
  readonly #reaches: Reach[] = []
  /** Where `neighbours` has a short way: the four around a cell of a torus, whose cells all have four. */
  readonly #four: Int32Array | undefined

  /** @throws CultivarError `bad-input` for sizes that no grid has. */
  constructor(
    { width, height = width, neighbourhood = 'moore', torus = false, capacity }: GridOptions,
    random: ModelRandom,
  ) {
    checkSizes(width, height, neighbourhood, torus)
    super(width * height, capacity ?? Number.POSITIVE_INFINITY, random)
    this.width = width
    this.height = height
    this.neighbourhood = neighbourhood
    this.torus = torus
    this.#perWidth = 1 / width
    if (neighbourhood === 'von-neumann' && torus && width >= 3 && height >= 3) this.#four = new Int32Array(4)
  }

  x(cell: number): number {
    return cell - this.width * this.y(cell)
  }

  y(cell: number): number {
    // A product instead of a division, which takes five times as long; the half keeps it off the edge of rounding.
    return ((cell + 0.5) * this.#perWidth) | 0
  }

  /** On a torus, places outside are those where one comes back in; elsewhere they are −1. */
  cellAt(x: number, y: number): number {
    const { width, height } = this
    return x >= 0 && y >= 0 && x < width && y < height ? y * width + x : this.#outside(x, y)
  }

  #outside(x: number, y: number): number {
    if (!this.torus) return -1
    const { width, height } = this
    return (y - height * Math.floor(y / height)) * width + x - width * Math.floor(x / width)
  }

  /** Cells from one to the other, by the shortest way: in how many radii of `neighbours` it lies. */
  distance(from: number, to: number): number {
    const { width, height } = this
    const row = this.y(from)
    const across = this.x(to) - this.x(from)
    const down = this.y(to) - row
    const steps = distances[this.neighbourhood]
    if (!this.torus) return steps(across, down, row & 1)
    let shortest = Number.POSITIVE_INFINITY
    for (const wide of [across - width, across, across + width])
      for (const high of [down - height, down, down + height]) shortest = Math.min(shortest, steps(wide, high, row & 1))
    return shortest
  }

  override neighbours(cell: number, radius = 1): Int32Array {
    if (!(cell >= 0 && cell < this.cells)) this.nowhere(cell)
    const four = this.#four
    return four === undefined || radius !== 1 ? this.#within(cell, radius) : this.#fourAround(cell, four)
  }

  #fourAround(cell: number, found: Int32Array): Int32Array {
    const { width, cells } = this
    const y = this.y(cell)
    const x = cell - width * y
    found[0] = cell < width ? cell - width + cells : cell - width
    found[1] = x === 0 ? cell + width - 1 : cell - 1
    found[2] = x === width - 1 ? cell - width + 1 : cell + 1
    found[3] = cell + width < cells ? cell + width : cell + width - cells
    return found
  }

  #within(cell: number, radius: number): Int32Array {
    const reach = this.#reaches[radius] ?? this.#openReach(radius)
    const { width, height } = this
    const y = this.y(cell)
    const x = cell - width * y
    if (x < radius || y < radius || x >= width - radius || y >= height - radius) return this.#atEdge(x, y, reach)
    const { whole } = reach
    const offsets = reach.offsets[y & reach.parities]!
    for (let at = 0; at < offsets.length; at++) whole[at] = cell + offsets[at]!
    return whole
  }

  #atEdge(x: number, y: number, reach: Reach): Int32Array {
    const { width, height, torus } = this
    const steps = reach.steps[y & reach.parities]!
    const { whole } = reach
    let found = 0
    for (let at = 0; at < steps.length; at += 2) {
      let column = x + steps[at]!
      let row = y + steps[at + 1]!
      if (torus) {
        if (column < 0) column += width
        else if (column >= width) column -= width
        if (row < 0) row += height
        else if (row >= height) row -= height
      } else if (column < 0 || row < 0 || column >= width || row >= height) continue
      whole[found++] = row * width + column
    }
    return reach.first(found)
  }

  #openReach(radius: number): Reach {
    if (!(Number.isInteger(radius) && radius >= 1)) {
      throw new CultivarError(
        'bad-input',
        `Neighbours within ${radius} were asked for.`,
        'The radius is a whole number from 1 on.',
      )
    }
    const reach = new Reach(this, radius)
    this.#reaches[radius] = reach
    return reach
  }
}

/** The cells within a radius, as steps from the middle; a list for even rows and, on a hexagonal grid, another for odd ones. */
class Reach {
  /** Pairs of columns and rows. */
  readonly steps: Int32Array[]
  /** The same as distances between cell numbers. */
  readonly offsets: Int32Array[]
  /** 1 where odd rows have other steps than even ones. */
  readonly parities: 0 | 1
  readonly whole: Int32Array
  /** Views of the beginning of `whole`, by length: a new one for each query would cost more than the query. */
  readonly #views: Int32Array[] = []

  constructor(grid: Grid, radius: number) {
    this.parities = grid.neighbourhood === 'hexagonal' ? 1 : 0
    this.steps = (this.parities === 1 ? [0, 1] : [0]).map(parity =>
      Int32Array.from(stepsWithin(grid, radius, parity).flat()),
    )
    this.offsets = this.steps.map(steps =>
      Int32Array.from({ length: steps.length / 2 }, (_, at) => steps[2 * at]! + grid.width * steps[2 * at + 1]!),
    )
    this.whole = new Int32Array(this.offsets[0]!.length)
  }

  first(count: number): Int32Array {
    this.#views[count] ??= this.whole.subarray(0, count)
    return this.#views[count]
  }
}

function stepsWithin(grid: Grid, radius: number, parity: number): [number, number][] {
  const { width, height, torus } = grid
  const distance = distances[grid.neighbourhood]
  // Farther is nothing, or on a torus what is nearer the other way.
  const across = Math.min(radius, width - 1)
  const down = Math.min(radius, height - 1)
  // Round a torus narrower than the reach, several ways lead to one cell, and some back to the middle.
  const met = new Set([0])
  const steps: [number, number][] = []
  for (let row = -down; row <= down; row++) {
    for (let column = -across; column <= across; column++) {
      if (distance(column, row, parity) > radius) continue
      const place = torus ? ((row + height) % height) * width + ((column + width) % width) : row * 2 * width + column
      if (met.has(place)) continue
      met.add(place)
      steps.push([column, row])
    }
  }
  return steps
}

const distances: Record<Neighbourhood, (column: number, row: number, parity: number) => number> = {
  moore: (column, row) => Math.max(Math.abs(column), Math.abs(row)),
  'von-neumann': (column, row) => Math.abs(column) + Math.abs(row),
  // Through cube coordinates (odd rows shifted right): the greatest of the three differences.
  hexagonal(column, row, parity) {
    const q = column - (row - (Math.abs(row + parity) % 2) + parity) / 2
    return Math.max(Math.abs(q), Math.abs(row), Math.abs(q + row))
  },
}

function checkSizes(width: number, height: number, neighbourhood: Neighbourhood, torus: boolean): void {
  const whole = Number.isInteger(width) && Number.isInteger(height) && width >= 1 && height >= 1
  const oddTorus = neighbourhood === 'hexagonal' && torus && height % 2 === 1
  if (whole && width * height <= 2 ** 30 && !oddTorus) return
  throw new CultivarError(
    'bad-input',
    `A grid of ${width} by ${height} cannot be made.`,
    oddTorus
      ? 'A hexagonal torus has an even number of rows: each second row is shifted.'
      : 'Width and height are whole numbers from 1 on, together at most 2³⁰ cells.',
  )
}
