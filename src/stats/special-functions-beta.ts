/** The incomplete beta function. */
import { decayingIntegral } from './integral.ts'
import { binomialMass, log1pMinus } from './special-functions-gamma.ts'

/** Where the integrand is bell-shaped enough to be integrated by panels. */
const panelsFrom = 100
const tiny = 1e-290

/**
 * The incomplete beta function, regularized: `lower` is Iₓ(a, b), the share of a beta distribution up to x, `upper` the rest; the
 * smaller of them is exact to about 12 digits. `y` is 1 − x, given apart for its digits.
 */
export function incompleteBeta(a: number, b: number, x: number, y: number): { lower: number; upper: number } {
  if (!(x > 0)) return Number.isNaN(x) ? { lower: x, upper: x } : { lower: 0, upper: 1 }
  if (!(y > 0)) return { lower: 1, upper: 0 }
  const large = Math.min(a, b) >= panelsFrom
  const isLower = large ? x * b <= a * y : x * (b + 1) <= (a + 1) * y
  const share = isLower ? near(a, b, x, y, large) : near(b, a, y, x, large)
  return isLower ? { lower: share, upper: 1 - share } : { lower: 1 - share, upper: share }
}

/** Iₓ(a, b) where that is the nearer tail. */
function near(a: number, b: number, x: number, y: number, large: boolean): number {
  // There it is a power of x, and products would be too small for numbers.
  if (x < tiny) return near(a, b, tiny, y, large) * (x / tiny) ** a
  const mass = a * binomialMass(a, b, x, y) * (b / (a + b))
  if (mass === 0) return 0
  if (!large) return mass / fraction(a, b, x, y)
  const ratio = x / y
  // t = x·(1 − s): what is left of the integrand is its ratio to that at x.
  const slope = ((a - 1) * y - (b - 1) * x) / y
  const exponent = (s: number) => (a - 1) * log1pMinus(-s) + (b - 1) * log1pMinus(s * ratio) - slope * s
  return (mass / y) * decayingIntegral(exponent, slope, a - 1 + (b - 1) * ratio * ratio, 1)
}

/** xᵃ·yᵇ / (Iₓ(a, b)·B(a, b)) by the continued fraction of DiDonato & Morris (Algorithm 708, 1992) and Lentz's method. */
function fraction(a: number, b: number, x: number, y: number): number {
  const offset = a * y - b * x + 1
  let value = nonZero((a / (a + 1)) * offset)
  let c = value
  let d = 0
  for (let n = 1; n < 1_000_000; n++) {
    const step = a + 2 * n - 1
    const ways = n * (b - n) * x
    const over = ((a + n - 1) / step) * ((a + b + n - 1) / step) * ways * x
    const whole = n + ways / step + ((a + n) / (step + 2)) * (offset + n * (1 + y))
    d = 1 / nonZero(over * d + whole)
    c = nonZero(over / c + whole)
    value *= c * d
    if (Math.abs(c * d - 1) < 3e-16) break
  }
  return value
}

function nonZero(x: number): number {
  return Math.abs(x) < 1e-300 ? 1e-300 : x
}
