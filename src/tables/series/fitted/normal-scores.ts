/** The standard normal distribution as series need it: its distribution function, the inverse, density, and draws in bulk. */
import type { RandomStream } from '../../../stats/random-stream.ts'

export function normalDensity(z: number): number {
  return Math.exp(-0.5 * z * z) / 2.5066282746310002
}

/** Φ(z) to double precision (Hart's rational approximation, as in West, Better Approximations to Cumulative Normal Functions, 2005). */
export function normalCdf(z: number): number {
  const x = Math.abs(z)
  if (x > 37) return z > 0 ? 1 : 0
  const e = Math.exp(-0.5 * x * x)
  let tail: number
  if (x < 7.07106781186547) {
    let top = 3.52624965998911e-2 * x + 0.700383064443688
    top = top * x + 6.37396220353165
    top = top * x + 33.912866078383
    top = top * x + 112.079291497871
    top = top * x + 221.213596169931
    top = top * x + 220.206867912376
    let bottom = 8.83883476483184e-2 * x + 1.75566716318264
    bottom = bottom * x + 16.064177579207
    bottom = bottom * x + 86.7807322029461
    bottom = bottom * x + 296.564248779674
    bottom = bottom * x + 637.333633378831
    bottom = bottom * x + 793.826512519948
    bottom = bottom * x + 440.413735824752
    tail = (e * top) / bottom
  } else {
    tail = e / (x + 1 / (x + 2 / (x + 3 / (x + 4 / (x + 0.65))))) / 2.506628274631
  }
  return z > 0 ? 1 - tail : tail
}

/** Φ⁻¹(p), relative error below 1.2e-9 (Acklam’s rational approximation); ±∞ at 0 and 1. */
export function normalQuantile(p: number): number {
  if (p <= 0) return -Infinity
  if (p >= 1) return Infinity
  if (p < 0.02425) return tailQuantile(Math.sqrt(-2 * Math.log(p)))
  if (p > 1 - 0.02425) return -tailQuantile(Math.sqrt(-2 * Math.log(1 - p)))
  const q = p - 0.5
  const r = q * q
  const top =
    ((((-39.69683028665376 * r + 220.9460984245205) * r - 275.9285104469687) * r + 138.357751867269) * r -
      30.66479806614716) *
      r +
    2.506628277459239
  const bottom =
    ((((-54.47609879822406 * r + 161.5858368580409) * r - 155.6989798598866) * r + 66.80131188771972) * r -
      13.28068155288572) *
      r +
    1
  return (top * q) / bottom
}

function tailQuantile(q: number): number {
  const top =
    ((((-0.007784894002430293 * q - 0.3223964580411365) * q - 2.400758277161838) * q - 2.549732539343734) * q +
      4.374664141464968) *
      q +
    2.938163982698783
  const bottom =
    (((0.007784695709041462 * q + 0.3224671290700398) * q + 2.445134137142996) * q + 3.754408661907416) * q + 1
  return top / bottom
}

/** Fills `out` with independent standard normals (Marsaglia’s polar method). */
export function fillNormals(out: Float64Array, random: RandomStream): void {
  for (let i = 0; i < out.length; i += 2) {
    let u: number
    let v: number
    let square: number
    do {
      u = (random.uint32() + 0.5) * 4.656612873077393e-10 - 1
      v = (random.uint32() + 0.5) * 4.656612873077393e-10 - 1
      square = u * u + v * v
    } while (square >= 1)
    const factor = Math.sqrt((-2 * Math.log(square)) / square)
    out[i] = u * factor
    if (i + 1 < out.length) out[i + 1] = v * factor
  }
}
