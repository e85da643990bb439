/** Sums of powers of consecutive whole numbers. */

/** Terms below are added one by one, the rest by the Euler–Maclaurin formula. */
const singly = 40
/** Bernoulli numbers B₂, B₄ … divided by the factorials of 2, 4 … */
const corrections = [
  1 / 12,
  -1 / 720,
  1 / 30240,
  -1 / 1209600,
  1 / 47900160,
  -691 / 1307674368000,
  1 / 74724249600,
  -3617 / 10670622842880000,
]

/** k^−exponent summed over whole k from `from` to `to`, both within; exact to about 14 digits, for exponents also about or below 1. */
export function powerSum(from: number, to: number, exponent: number): number {
  let sum = 0
  let first = from
  for (; first < singly && first <= to; first++) sum += first ** -exponent
  if (first > to) return sum
  return sum + tail(first, to, exponent)
}

function tail(from: number, to: number, exponent: number): number {
  const edges = (from ** -exponent + to ** -exponent) / 2
  let slopes = 0
  let rising = exponent
  for (let j = 0; j < corrections.length; j++) {
    const power = -exponent - 2 * j - 1
    slopes += corrections[j]! * rising * (from ** power - to ** power)
    rising *= (exponent + 2 * j + 1) * (exponent + 2 * j + 2)
  }
  return powerIntegral(from, to, exponent) + edges + slopes
}

/** ∫ x^−exponent dx. */
function powerIntegral(from: number, to: number, exponent: number): number {
  const rise = 1 - exponent
  const length = Math.log1p((to - from) / from)
  return from ** rise * (rise === 0 ? length : Math.expm1(rise * length) / rise)
}
