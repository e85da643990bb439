/** The simplex search of Nelder and Mead (1965) within the unit cube, with the steps of Gao and Han (2012) for many dimensions. */

export interface Evaluated {
  point: number[]
  loss: number
}

export interface SimplexOptions {
  /** Edge of the first simplex. */
  size?: number
  /** Ends when all corners lie this close together. */
  tolerance?: number
}

/** Edges of the simplexes that begin anew, in those of the first. */
const restarts = [1, 0.2, 0.04]

/**
 * Gives points to be evaluated and takes their losses; it ends by itself when the simplex has become small. A step that leaves the cube is
 * cut off at its side. A loss may be infinite.
 */
export function* nelderMead(
  start: Evaluated,
  { size = 0.15, tolerance = 1e-4 }: SimplexOptions = {},
): Generator<number[], Evaluated, number> {
  let best = yield* descend(start, size, tolerance)
  for (const edge of restarts) {
    // Steps that are cut off can flatten the simplex onto a side, and there it sees nothing of what lies beside: a new one does.
    if (best.point.every(place => place > tolerance && place < 1 - tolerance)) break
    const again = yield* descend(best, edge * size, tolerance)
    if (again.loss < best.loss) best = again
  }
  return best
}

function* descend(start: Evaluated, size: number, tolerance: number): Generator<number[], Evaluated, number> {
  const dimensions = start.point.length
  const expansion = 1 + 2 / dimensions
  const contraction = 0.75 - 1 / (2 * dimensions)
  const shrinkage = dimensions === 1 ? 0.5 : 1 - 1 / dimensions
  let corners = [start]
  for (let at = 0; at < dimensions; at++) {
    const point = [...start.point]
    point[at]! += point[at]! + size > 1 ? -size : size
    corners.push(yield* evaluated(point))
  }
  for (;;) {
    corners.sort((one, other) => one.loss - other.loss)
    const best = corners[0]!
    const worst = corners.at(-1)!
    if (corners.every(({ point }) => point.every((place, at) => Math.abs(place - best.point[at]!) < tolerance)))
      return best
    const centre = best.point.map(
      (_, at) => corners.slice(0, -1).reduce((sum, { point }) => sum + point[at]!, 0) / dimensions,
    )
    const beyond = (factor: number) =>
      evaluated(centre.map((middle, at) => middle + factor * (middle - worst.point[at]!)))
    const reflected = yield* beyond(1)
    let next: Evaluated | undefined
    if (reflected.loss < best.loss) {
      const further = yield* beyond(expansion)
      next = further.loss < reflected.loss ? further : reflected
    } else if (reflected.loss < corners.at(-2)!.loss) {
      next = reflected
    } else {
      const isOutside = reflected.loss < worst.loss
      const nearer = yield* beyond(isOutside ? contraction : -contraction)
      if (nearer.loss < (isOutside ? reflected.loss : worst.loss)) next = nearer
    }
    if (next) {
      corners[corners.length - 1] = next
      continue
    }
    const shrunk = [best]
    for (const { point } of corners.slice(1))
      shrunk.push(yield* evaluated(point.map((place, at) => best.point[at]! + shrinkage * (place - best.point[at]!))))
    corners = shrunk
  }
}

function* evaluated(wanted: number[]): Generator<number[], Evaluated, number> {
  const point = wanted.map(place => Math.max(0, Math.min(1, place)))
  return { point, loss: yield point }
}
