/** Gamma functions of positive numbers: logarithm, Poisson and binomial masses without cancellation, incomplete integrals. */
import { decayingIntegral } from './integral.ts'
import { log } from './portable-math.ts'

const halfLogTwoPi = 0.9189385332046728
/** Where Stirling's series is exact to the last digit. */
const seriesFrom = 10
/** Where the integrand of an incomplete function is bell-shaped enough to be integrated by panels. */
const panelsFrom = 100

/** The natural logarithm of Γ(x), x > 0. */
export function logGamma(x: number): number {
  let product = 1
  let shifted = x
  while (shifted < seriesFrom) {
    product *= shifted
    shifted += 1
  }
  const value = (shifted - 0.5) * log(shifted) - shifted + halfLogTwoPi + stirlingSeries(shifted)
  return shifted === x ? value : value - log(product)
}

function stirlingSeries(x: number): number {
  const s = 1 / (x * x)
  return (
    (1 / 12 -
      s *
        (1 / 360 -
          s *
            (1 / 1260 - s * (1 / 1680 - s * (1 / 1188 - s * (691 / 360360 - s * (1 / 156 - (s * 3617) / 122400))))))) /
    x
  )
}

/** By how much Stirling's formula misses the logarithm of n!, for any n > 0. */
function stirlingError(n: number): number {
  let error = 0
  let shifted = n
  for (; shifted < seriesFrom; shifted += 1) error += (shifted + 0.5) * Math.log1p(1 / shifted) - 1
  return error + stirlingSeries(shifted)
}

/** log(1 + x) − x, also for x so small that both are alike; x > −1. */
export function log1pMinus(x: number): number {
  if (x > 0.7 || x < -0.4) return Math.log1p(x) - x
  // log(1 + x) = 2·artanh(t).
  const t = x / (2 + x)
  const square = t * t
  let sum = 0
  for (let n = 33; n >= 3; n -= 2) sum = sum * square + 1 / n
  return t * (2 * square * sum - x)
}

/** x·log(x/m) + m − x. */
function deviance(x: number, m: number): number {
  const apart = m - x
  if (Math.abs(apart) < 0.4 * x) return -x * log1pMinus(apart / x)
  const ratio = x / m
  return x * (ratio < Infinity ? Math.log(ratio) : Math.log(x) - Math.log(m)) + apart
}

/** m^x·e^−m / Γ(x + 1), for any x ≥ 0 (Loader, Fast and Accurate Computation of Binomial Probabilities, 2000). */
export function poissonMass(x: number, m: number): number {
  if (x === 0) return Math.exp(-m)
  if (m === 0 || m === Infinity) return 0
  return Math.exp(-stirlingError(x) - deviance(x, m)) / Math.sqrt(2 * Math.PI * x)
}

/**
 * Probability of so many successes beside so many failures, whole or not, at success rate p (Loader 2000). `q` is 1 − p, given apart for
 * its digits.
 */
export function binomialMass(successes: number, failures: number, p: number, q: number): number {
  if (p === 0 || q === 0) return (p === 0 ? successes : failures) === 0 ? 1 : 0
  if (successes === 0) return rateToThe(q, p, failures)
  if (failures === 0) return rateToThe(p, q, successes)
  const n = successes + failures
  const exponent =
    stirlingError(n) -
    stirlingError(successes) -
    stirlingError(failures) -
    deviance(successes, n * p) -
    deviance(failures, n * q)
  return Math.exp(exponent) / Math.sqrt(2 * Math.PI * successes * (failures / n))
}

/** rateⁿ, where the rest of the rate is known to more digits than the rate if it is small. */
function rateToThe(rate: number, rest: number, n: number): number {
  return Math.exp(n * (rest < 0.1 ? Math.log1p(-rest) : Math.log(rate)))
}

/**
 * The incomplete gamma function, regularized: `lower` is P(a, x), the share of a gamma distribution of shape a up to x, `upper` the rest;
 * the smaller of them is exact to about 13 digits, for a from 1e-5 to 1e15.
 */
export function incompleteGamma(a: number, x: number): { lower: number; upper: number } {
  if (!(x > 0)) return Number.isNaN(x) ? { lower: x, upper: x } : { lower: 0, upper: 1 }
  if (x === Infinity) return { lower: 1, upper: 0 }
  const isLower = a < panelsFrom ? x < a + 1 : x < a
  const mass = poissonMass(a, x)
  const share =
    mass === 0 ? 0 : mass * (a >= panelsFrom ? panels(a, x, isLower) : isLower ? series(a, x) : a * fraction(a, x))
  return isLower ? { lower: share, upper: 1 - share } : { lower: 1 - share, upper: share }
}

function series(a: number, x: number): number {
  let sum = 1
  let term = 1
  for (let n = 1; term > sum * 1e-17; n++) {
    term *= x / (a + n)
    sum += term
  }
  return sum
}

/** Legendre's continued fraction of Γ(a, x)·eˣ·x^−a, by Lentz's method. */
function fraction(a: number, x: number): number {
  let b = x + 1 - a
  let c = 1e300
  let d = 1 / b
  let value = d
  for (let n = 1; n < 100_000; n++) {
    const term = n * (a - n)
    b += 2
    d = 1 / nonZero(term * d + b)
    c = nonZero(b + term / c)
    value *= c * d
    if (Math.abs(c * d - 1) < 1e-16) break
  }
  return value
}

function nonZero(x: number): number {
  return Math.abs(x) < 1e-300 ? 1e-300 : x
}

/** a·∫ (t/x)^(a−1)·e^(x−t) dt/x away from x, towards the nearer tail. */
function panels(a: number, x: number, isLower: boolean): number {
  const side = isLower ? -1 : 1
  const slope = side * (x - a + 1)
  return a * decayingIntegral(s => (a - 1) * log1pMinus(side * s) - slope * s, slope, a - 1, isLower ? 1 : Infinity)
}
