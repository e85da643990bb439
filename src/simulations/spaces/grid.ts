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
  }

  x(cell: number): number {
    return cell - this.width * this.y(cell)
  }

  y(cell: number): number {
    // A product instead of a division, which takes five times as long; the half keeps it off the edge of rounding.
    return Math.floor((cell + 0.5) * this.#perWidth)
  }

  cellAt(x: number, y: number): number {
    return y * this.width + x
  }

  override neighbours(cell: number, radius = 1): Int32Array {
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
    const widest = Math.min(this.width, this.height)
    if (!Number.isInteger(radius) || radius < 1 || (this.torus && 2 * radius + 1 > widest)) {
      throw new CultivarError(
        'bad-input',
        `Neighbours within ${radius} were asked for on a grid of ${this.width} by ${this.height}.`,
        this.torus
          ? `On a torus the radius is a whole number from 1 to ${Math.floor((widest - 1) / 2)}, so that no cell is met twice.`
          : 'The radius is a whole number from 1 on.',
      )
    }
    const reach = new Reach(this.neighbourhood, radius, this.width)
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

  constructor(neighbourhood: Neighbourhood, radius: number, width: number) {
    this.parities = neighbourhood === 'hexagonal' ? 1 : 0
    this.steps = (this.parities === 1 ? [0, 1] : [0]).map(parity =>
      Int32Array.from(stepsWithin(neighbourhood, radius, parity).flat()),
    )
    this.offsets = this.steps.map(steps =>
      Int32Array.from({ length: steps.length / 2 }, (_, at) => steps[2 * at]! + width * steps[2 * at + 1]!),
    )
    this.whole = new Int32Array(this.offsets[0]!.length)
  }

  first(count: number): Int32Array {
    this.#views[count] ??= this.whole.subarray(0, count)
    return this.#views[count]
  }
}

function stepsWithin(neighbourhood: Neighbourhood, radius: number, parity: number): [number, number][] {
  const steps: [number, number][] = []
  for (let row = -radius; row <= radius; row++) {
    for (let column = -radius - 1; column <= radius + 1; column++) {
      const distance = distances[neighbourhood](column, row, parity)
      if (distance > 0 && distance <= radius) steps.push([column, row])
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
