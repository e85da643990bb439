/** Minimises a smooth function: L-BFGS (Nocedal & Wright, Numerical Optimization, algorithm 7.4 and 7.5). */

export interface Descent {
  /** Steps at most. */
  steps: number
  /** Where no partial derivative is larger than this, it is done. */
  tolerance: number
}

/** The value at a point; writes the derivatives there into `gradient`. */
export type Objective = (point: Float64Array, gradient: Float64Array) => number

const remembered = 10
const sufficientDecrease = 1e-4
const halvings = 30
const leastCurvature = 1e-10

/** Moves `point` to where the function is least, as near as `descent` says. */
export function minimise(point: Float64Array, objective: Objective, { steps, tolerance }: Descent): void {
  let gradient = new Float64Array(point.length)
  let value = objective(point, gradient)
  const moves: { move: Float64Array; change: Float64Array; curvature: number }[] = []
  for (let step = 0; step < steps && gradient.some(slope => Math.abs(slope) > tolerance); step++) {
    const direction = newtonLike(gradient, moves)
    const slope = dot(direction, gradient)
    const next = new Float64Array(point.length)
    const nextGradient = new Float64Array(point.length)
    let length = moves.length === 0 ? 1 / Math.max(1, Math.sqrt(-slope)) : 1
    let nextValue = Number.POSITIVE_INFINITY
    for (let halving = 0; halving < halvings; halving++, length /= 2) {
      for (let i = 0; i < point.length; i++) next[i] = point[i]! + length * direction[i]!
      nextValue = objective(next, nextGradient)
      if (nextValue <= value + sufficientDecrease * length * slope) break
    }
    if (!(nextValue < value)) return
    const move = next.map((to, i) => to - point[i]!)
    const change = nextGradient.map((to, i) => to - gradient[i]!)
    const curvature = dot(move, change)
    // Relative to the move: in a flat bowl every curvature is small, and none may be forgotten for it.
    if (curvature > leastCurvature * Math.sqrt(dot(move, move) * dot(change, change))) {
      moves.push({ move, change, curvature })
    }
    if (moves.length > remembered) moves.shift()
    point.set(next)
    gradient = nextGradient
    value = nextValue
  }
}

/** The two-loop recursion: minus the inverse Hessian that `moves` suggest, times the gradient. */
function newtonLike(
  gradient: Float64Array,
  moves: readonly { move: Float64Array; change: Float64Array; curvature: number }[],
): Float64Array {
  const direction = gradient.map(slope => -slope)
  const shares: number[] = []
  for (const { move, change, curvature } of moves.toReversed()) {
    const share = dot(move, direction) / curvature
    shares.unshift(share)
    add(direction, change, -share)
  }
  const last = moves.at(-1)
  if (last) {
    const scale = last.curvature / dot(last.change, last.change)
    for (let i = 0; i < direction.length; i++) direction[i]! *= scale
  }
  for (const [at, { move, change, curvature }] of moves.entries()) {
    add(direction, move, shares[at]! - dot(change, direction) / curvature)
  }
  return direction
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!
  return sum
}

function add(to: Float64Array, what: Float64Array, times: number): void {
  for (let i = 0; i < to.length; i++) to[i]! += times * what[i]!
}
