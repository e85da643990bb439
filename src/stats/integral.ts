/** Integrals of smooth functions and of bell-shaped tails, by Gauss–Legendre panels. */

const pointsPerPanel = 16
const panelCount = 6
/** What is smaller than e^−40 of the first value adds nothing to the sum. */
const negligible = -40
const { nodes, weights } = gaussLegendre(pointsPerPanel)

/**
 * ∫ exp(exponent(s)) ds from 0 to `end`, or to where nothing is left. `exponent` is 0 at 0 and falls about as
 * −slope·s − curvature·s²/2, which says how far to look.
 */
export function decayingIntegral(
  exponent: (s: number) => number,
  slope: number,
  curvature: number,
  end: number,
): number {
  const fall = Math.max(0, slope)
  let length = (-2 * negligible) / (fall + Math.sqrt(fall * fall - 2 * negligible * curvature))
  while (length < end && exponent(length) > negligible) length *= 1.3
  length = Math.min(length, end)
  return integral(s => Math.exp(exponent(s)), 0, length)
}

/** The integral of a smooth function from one end to the other. */
export function integral(integrand: (x: number) => number, from: number, to: number): number {
  const half = (to - from) / (2 * panelCount)
  let sum = 0
  for (let panel = 0; panel < panelCount; panel++) {
    const centre = from + (2 * panel + 1) * half
    for (let i = 0; i < pointsPerPanel; i++) sum += weights[i]! * integrand(centre + half * nodes[i]!)
  }
  return sum * half
}

/** Nodes and weights on [−1, 1]: zeros of the Legendre polynomial by Newton's method. */
function gaussLegendre(points: number): { nodes: Float64Array; weights: Float64Array } {
  const found = { nodes: new Float64Array(points), weights: new Float64Array(points) }
  for (let i = 0; i < points; i++) {
    let x = Math.cos((Math.PI * (i + 0.75)) / (points + 0.5))
    let slope = 0
    for (let step = 0; step < 8; step++) {
      let before = 1
      let value = x
      for (let n = 2; n <= points; n++) [before, value] = [value, ((2 * n - 1) * x * value - (n - 1) * before) / n]
      slope = (points * (x * value - before)) / (x * x - 1)
      x -= value / slope
    }
    found.nodes[i] = x
    found.weights[i] = 2 / ((1 - x * x) * slope * slope)
  }
  return found
}
