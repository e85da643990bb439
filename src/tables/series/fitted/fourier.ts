/** The power of a series by frequency, by the fast Fourier transform (Cooley & Tukey 1965). */

/** Takes a number of values that is a power of two; gives the powers of 0, 1, … half as many turns. */
export function powers(values: Float64Array): Float64Array {
  const size = values.length
  const real = values.slice()
  const imaginary = new Float64Array(size)
  for (let i = 1, j = 0; i < size; i++) {
    let bit = size >> 1
    for (; j & bit; bit >>= 1) j ^= bit
    j ^= bit
    if (i < j) {
      const held = real[i]!
      real[i] = real[j]!
      real[j] = held
    }
  }
  for (let width = 2; width <= size; width *= 2) {
    const half = width / 2
    for (let k = 0; k < half; k++) {
      const cosine = Math.cos((2 * Math.PI * k) / width)
      const sine = -Math.sin((2 * Math.PI * k) / width)
      for (let at = k; at < size; at += width) {
        const other = at + half
        const a = real[other]! * cosine - imaginary[other]! * sine
        const b = real[other]! * sine + imaginary[other]! * cosine
        real[other] = real[at]! - a
        imaginary[other] = imaginary[at]! - b
        real[at]! += a
        imaginary[at]! += b
      }
    }
  }
  return Float64Array.from({ length: size / 2 + 1 }, (_, k) => real[k]! ** 2 + imaginary[k]! ** 2)
}
