/** The standard normal distribution function and its inverse, to the precision of numbers. */

/**
 * Chebyshev coefficients of (1 + 2x)·exp(x²)·erfc(x) in (x − 3.75) / (x + 3.75), the form of Shepherd & Laframboise, Chebyshev
 * Approximation of (1 + 2x)exp(x²)erfc x in 0 ≤ x < ∞, 1981.
 */
const scaledErfc = [
  1.1775789345674017, -0.004590054580646478, -0.08424913336651792, 0.05920993999819189, -0.026658668435305753,
  0.009074997670705265, -0.002413163540417608, 0.0004907758365258086, -6.916973302501207e-5, 4.13902798607301e-6,
  7.74038306619849e-7, -2.1886401049234397e-7, 1.076499946567091e-8, 4.521959811218287e-9, -7.754400208831351e-10,
  -6.318088340886684e-11, 2.86879501093067e-11, 1.9455868545777347e-13, -9.65469674843344e-13, 3.25254814814874e-14,
  3.3478119482868056e-14, -1.864562880419313e-15, -1.2507950530648647e-15, 7.418235256624044e-17, 5.068148904796111e-17,
]

/** Share of a standard normal below z; also far in the lower tail exact to about 14 digits. */
export function normalCdf(z: number): number {
  if (z < 0) return lowerTail(-z)
  return z >= 0 ? 1 - lowerTail(z) : Number.NaN
}

/** Share beyond z ≥ 0. */
function lowerTail(z: number): number {
  if (z > 39) return 0
  const x = z * Math.SQRT1_2
  const t = (x - 3.75) / (x + 3.75)
  let last = 0
  let beforeLast = 0
  for (let i = scaledErfc.length - 1; i > 0; i--) {
    const held = last
    last = 2 * t * last - beforeLast + scaledErfc[i]!
    beforeLast = held
  }
  const scaled = (t * last - beforeLast + scaledErfc[0]!) / (1 + 2 * x)
  // z² in two parts, the first without rounding: the exponent loses no digits where it is large.
  const coarse = Math.trunc(z * 16) / 16
  return 0.5 * scaled * Math.exp(-0.5 * coarse * coarse) * Math.exp(-0.5 * (z - coarse) * (z + coarse))
}

/**
 * The z below which a share of a standard normal lies (Wichura, Algorithm AS 241: The Percentage Points of the Normal Distribution, 1988,
 * PPND16).
 */
export function normalQuantile(share: number): number {
  const q = share - 0.5
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q
    return (
      (q *
        (((((((2509.0809287301227 * r + 33430.57558358813) * r + 67265.7709270087) * r + 45921.95393154987) * r +
          13731.69376550946) *
          r +
          1971.5909503065513) *
          r +
          133.14166789178438) *
          r +
          3.3871328727963665)) /
      (((((((5226.495278852854 * r + 28729.085735721943) * r + 39307.89580009271) * r + 21213.794301586597) * r +
        5394.196021424751) *
        r +
        687.1870074920579) *
        r +
        42.31333070160091) *
        r +
        1)
    )
  }
  const tail = q < 0 ? share : 1 - share
  if (!(tail > 0)) return tail === 0 ? Math.sign(q) * Infinity : Number.NaN
  const root = Math.sqrt(-Math.log(tail))
  return Math.sign(q) * (root <= 5 ? nearTail(root - 1.6) : farTail(root - 5))
}

function nearTail(r: number): number {
  return (
    (((((((0.0007745450142783414 * r + 0.022723844989269184) * r + 0.2417807251774506) * r + 1.2704582524523684) * r +
      3.6478483247632045) *
      r +
      5.769497221460691) *
      r +
      4.630337846156546) *
      r +
      1.4234371107496835) /
    (((((((1.0507500716444169e-9 * r + 0.0005475938084995345) * r + 0.015198666563616457) * r + 0.14810397642748008) *
      r +
      0.6897673349851) *
      r +
      1.6763848301838038) *
      r +
      2.053191626637759) *
      r +
      1)
  )
}

function farTail(r: number): number {
  return (
    (((((((2.0103343992922881e-7 * r + 2.7115555687434876e-5) * r + 0.0012426609473880784) * r + 0.026532189526576124) *
      r +
      0.29656057182850487) *
      r +
      1.7848265399172913) *
      r +
      5.463784911164114) *
      r +
      6.657904643501103) /
    (((((((2.0442631033899397e-15 * r + 1.421511758316446e-7) * r + 1.8463183175100548e-5) * r +
      0.0007868691311456133) *
      r +
      0.014875361290850615) *
      r +
      0.1369298809227358) *
      r +
      0.599832206555888) *
      r +
      1)
  )
}
