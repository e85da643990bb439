/** The standard normal density, and draws in bulk. */
import type { RandomStream } from '../../../stats/random-stream.ts'

export function normalDensity(z: number): number {
  return Math.exp(-0.5 * z * z) / 2.5066282746310002
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
