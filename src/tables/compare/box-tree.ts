/** Rows as points in boxes within boxes, in which the closest one is found without looking at most of them. */

/**
 * Rows as points whose distance is Σ min(|a − b|, 1) over columns: numbers in units of their range in the reference table, categories
 * two apart, null far from all else. Divided by the number of columns this is Gower’s distance (1971), 0 to 1.
 */
export interface RowPoints {
  rows: number
  columns: number
  /** Row by row. */
  points: Float32Array
}

const leafRows = 12
/** Rows looked at to choose the column that a box is divided by. */
const probes = 24

/** Boxes within boxes (Bentley’s k-d tree, 1975, with the bounds of what each holds). */
export class BoxTree {
  /** Differences of cells worked out so far. */
  steps = 0
  readonly #columns: number
  /** Points in the order of the leaves, and which row each is. */
  readonly #points: Float32Array
  readonly #rows: Int32Array
  /** By node: its rows from `start` to `end`, the place of its second child (0: a leaf; the first one follows it), its bounds. */
  readonly #starts: number[] = []
  readonly #ends: number[] = []
  readonly #seconds: number[] = []
  readonly #bounds: Float32Array[] = []

  constructor({ rows, columns, points }: RowPoints) {
    this.#columns = columns
    this.#rows = Int32Array.from({ length: rows }, (_, row) => row)
    if (rows > 0) this.#build(points, 0, rows)
    this.#points = pointsOfRows({ rows, columns, points }, this.#rows).points
  }

  /** Σ min(|a − b|, 1) to the closest row other than `itself`; NaN where there is none. */
  closest(query: Float32Array, itself = -1): number {
    if (this.#starts.length === 0) return Number.NaN
    let best = Number.POSITIVE_INFINITY
    const open = [0]
    const bounds = [this.#distanceToBox(query, 0, best)]
    while (open.length > 0) {
      const node = open.pop()!
      if (bounds.pop()! >= best) continue
      const second = this.#seconds[node]!
      if (second === 0) {
        best = this.#closestInLeaf(query, node, best, itself)
        continue
      }
      const toFirst = this.#distanceToBox(query, node + 1, best)
      const toSecond = this.#distanceToBox(query, second, best)
      // The nearer box is looked at first: what it gives rules out more of the other.
      const firstNearer = toFirst <= toSecond
      open.push(firstNearer ? second : node + 1, firstNearer ? node + 1 : second)
      bounds.push(firstNearer ? toSecond : toFirst, firstNearer ? toFirst : toSecond)
    }
    return best === Number.POSITIVE_INFINITY ? Number.NaN : best
  }

  #closestInLeaf(query: Float32Array, node: number, best: number, itself: number): number {
    const columns = this.#columns
    const points = this.#points
    let closest = best
    for (let at = this.#starts[node]!; at < this.#ends[node]!; at++) {
      if (this.#rows[at] === itself) continue
      let distance = 0
      const from = at * columns
      let column = 0
      for (; column < columns && distance < closest; column++) {
        const difference = Math.abs(query[column]! - points[from + column]!)
        distance += difference < 1 ? difference : 1
      }
      this.steps += column
      if (distance < closest) closest = distance
    }
    return closest
  }

  /** The least distance that a row in the box can have; at least `enough` where it is more than that. */
  #distanceToBox(query: Float32Array, node: number, enough: number): number {
    const bounds = this.#bounds[node]!
    let distance = 0
    let column = 0
    for (let at = 0; column < query.length && distance < enough; column++, at += 2) {
      const value = query[column]!
      const outside = value < bounds[at]! ? bounds[at]! - value : value > bounds[at + 1]! ? value - bounds[at + 1]! : 0
      distance += outside < 1 ? outside : 1
    }
    this.steps += column
    return distance
  }

  #build(points: Float32Array, start: number, end: number): void {
    const node = this.#starts.length
    this.#starts.push(start)
    this.#ends.push(end)
    this.#seconds.push(0)
    this.#bounds.push(this.#boundsOf(points, start, end))
    if (end - start <= leafRows) return
    const column = this.#widestColumn(points, start, end)
    const middle = column === undefined ? end : this.#divide(points, start, end, column)
    if (middle === end) return
    this.#build(points, start, middle)
    this.#seconds[node] = this.#starts.length
    this.#build(points, middle, end)
  }

  #boundsOf(points: Float32Array, start: number, end: number): Float32Array {
    const columns = this.#columns
    const bounds = new Float32Array(2 * columns)
    for (let column = 0; column < columns; column++) {
      let least = Number.POSITIVE_INFINITY
      let greatest = Number.NEGATIVE_INFINITY
      for (let at = start; at < end; at++) {
        const value = points[this.#rows[at]! * columns + column]!
        if (value < least) least = value
        if (value > greatest) greatest = value
      }
      bounds[2 * column] = least
      bounds[2 * column + 1] = greatest
    }
    return bounds
  }

  /** The column whose rows are farthest apart on average; undefined where all rows are alike. */
  #widestColumn(points: Float32Array, start: number, end: number): number | undefined {
    const bounds = this.#bounds[this.#bounds.length - 1]!
    const step = Math.max(1, Math.floor((end - start) / probes))
    let widest: number | undefined
    let greatest = -1
    for (let column = 0; column < this.#columns; column++) {
      if (!(bounds[2 * column + 1]! > bounds[2 * column]!)) continue
      let apart = 0
      for (let at = start + step; at < end; at += step) {
        const one = points[this.#rows[at]! * this.#columns + column]!
        const other = points[this.#rows[at - step]! * this.#columns + column]!
        apart += Math.min(1, Math.abs(one - other))
      }
      if (apart > greatest) [widest, greatest] = [column, apart]
    }
    return widest
  }

  /** Puts rows up to the median value first; where the rest begins. Never at an end. */
  #divide(points: Float32Array, start: number, end: number, column: number): number {
    const valueAt = (at: number) => points[this.#rows[at]! * this.#columns + column]!
    const values = Float32Array.from({ length: end - start }, (_, at) => valueAt(start + at)).sort()
    const median = values[values.length >> 1]!
    // Values equal to the greatest are on the right side, or all rows would be on the left.
    const cut = median < values[values.length - 1]! ? median : values[values.indexOf(median) - 1]!
    let middle = start
    for (let at = start; at < end; at++) {
      if (valueAt(at) > cut) continue
      const row = this.#rows[at]!
      this.#rows[at] = this.#rows[middle]!
      this.#rows[middle++] = row
    }
    return middle
  }
}

/** Only these rows, in this order. */
function pointsOfRows({ columns, points }: RowPoints, rows: Int32Array): RowPoints {
  const taken = new Float32Array(rows.length * columns)
  for (const [at, row] of rows.entries()) taken.set(points.subarray(row * columns, (row + 1) * columns), at * columns)
  return { rows: rows.length, columns, points: taken }
}
