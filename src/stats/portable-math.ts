/**
 * Functions whose last digit is the same in every Node and every browser. The language leaves that of `Math.log` and its like open, and
 * versions differ; sums, products, quotients and square roots are exact everywhere, and these are made of nothing else.
 */

/** ln 2 in two parts: products of the first with exponents have no rounding. */
const ln2High = 0.6931471803691238
const ln2Low = 1.9082149292705877e-10
const log2e = Math.LOG2E
const sqrt2 = Math.SQRT2
/** Below, numbers have fewer digits. */
const leastNormal = 2.2250738585072014e-308
const two54 = 18014398509481984
const smallest = -745.2
const largest = 709.782712893384

const value = new Float64Array(1)
const words = new Uint32Array(value.buffer)
/** Processors differ in which half of a number comes first. */
const high = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1 ? 1 : 0

/** The natural logarithm: as a series of (m − 1) / (m + 1), where x = m · 2ᵉ and m is near 1. */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? Number.NEGATIVE_INFINITY : Number.NaN
  if (x === Number.POSITIVE_INFINITY) return x
  const normal = x < leastNormal ? x * two54 : x
  value[0] = normal
  let exponent = (words[high]! >>> 20) - (x < leastNormal ? 1023 + 54 : 1023)
  words[high] = (words[high]! & 0xfffff) | 0x3ff00000
  let m = value[0]
  if (m > sqrt2) {
    m /= 2
    exponent++
  }
  const f = m - 1
  const s = f / (2 + f)
  return exponent * ln2High - (s * (f - tail(s * s)) - exponent * ln2Low - f)
}

/** Of 2·artanh(√z)/√z, what comes behind the 2. */
function tail(z: number): number {
  let sum = 0
  for (let odd = 23; odd >= 3; odd -= 2) sum = z * (2 / odd + sum)
  return sum
}

/** ln(1 + x), also where x is lost beside 1 (Kahan): what rounding took from the sum is missing from both parts of the quotient. */
export function log1p(x: number): number {
  const sum = 1 + x
  return sum === 1 || x === Number.POSITIVE_INFINITY ? x : (log(sum) * x) / (sum - 1)
}

/** e to the power of x: 2ᵏ times a series of what is left. */
export function exp(x: number): number {
  if (Number.isNaN(x)) return x
  if (x > largest) return Number.POSITIVE_INFINITY
  if (x < smallest) return 0
  const k = Math.round(x * log2e)
  const r = x - k * ln2High - k * ln2Low
  let sum = 0
  for (let term = 14; term >= 2; term--) sum = (r / term) * (1 + sum)
  const power = 1 + (r + r * sum)
  const half = k >> 1
  return power * powerOfTwo(half) * powerOfTwo(k - half)
}

/** @param k from −1022 to 1023 */
function powerOfTwo(k: number): number {
  value[0] = 1
  words[high] = (k + 1023) << 20
  return value[0]
}

/** x to the power of y, x not below 0; the digits that are lost grow with |y · ln x|. */
export function power(x: number, y: number): number {
  if (y === 0) return 1
  return x === 0 ? (y > 0 ? 0 : Number.POSITIVE_INFINITY) : exp(y * log(x))
}

/** π/2 in three parts, the first two short: multiples of them have no rounding. */
const halfPi = [1.5707963267341256, 6.077100506303966e-11, 2.0222662487959506e-21] as const

/** Of an angle in radians, exact to the last digits up to a million. */
export function sin(x: number): number {
  const quarter = Math.round(x / (Math.PI / 2))
  const rest = x - quarter * halfPi[0] - quarter * halfPi[1] - quarter * halfPi[2]
  const series = quarter % 2 === 0 ? sineOf(rest) : cosineOf(rest)
  return (((quarter % 4) + 4) % 4 >= 2 ? -1 : 1) * series
}

export function cos(x: number): number {
  const quarter = Math.round(x / (Math.PI / 2))
  const rest = x - quarter * halfPi[0] - quarter * halfPi[1] - quarter * halfPi[2]
  const series = quarter % 2 === 0 ? cosineOf(rest) : sineOf(rest)
  const turn = ((quarter % 4) + 4) % 4
  return (turn === 1 || turn === 2 ? -1 : 1) * series
}

/** @param x up to π/4 */
function sineOf(x: number): number {
  const z = x * x
  let sum = 0
  for (let term = 18; term >= 2; term -= 2) sum = (-z / (term * (term + 1))) * (1 + sum)
  return x + x * sum
}

function cosineOf(x: number): number {
  const z = x * x
  let sum = 0
  for (let term = 17; term >= 1; term -= 2) sum = (-z / (term * (term + 1))) * (1 + sum)
  return 1 + sum
}
