/** Small dense matrices, row by row in one array: products, Cholesky factors, solutions, leading eigenvectors. */

/** `size` × `size`. */
export type SquareMatrix = Float64Array

export function multiply(a: SquareMatrix, b: SquareMatrix, size: number): SquareMatrix {
  const product = new Float64Array(size * size)
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < size; k++) {
      const factor = a[i * size + k]!
      if (factor === 0) continue
      for (let j = 0; j < size; j++) product[i * size + j]! += factor * b[k * size + j]!
    }
  }
  return product
}

export function transpose(a: SquareMatrix, size: number): SquareMatrix {
  const turned = new Float64Array(size * size)
  for (let i = 0; i < size; i++) for (let j = 0; j < size; j++) turned[j * size + i] = a[i * size + j]!
  return turned
}

/** Lower triangular L with L Lᵀ = a; undefined where `a` is not positive definite. */
export function choleskyFactor(a: SquareMatrix, size: number): SquareMatrix | undefined {
  const factor = new Float64Array(size * size)
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = a[i * size + j]!
      for (let k = 0; k < j; k++) sum -= factor[i * size + k]! * factor[j * size + k]!
      if (i !== j) factor[i * size + j] = sum / factor[j * size + j]!
      else if (sum > 1e-9) factor[i * size + i] = Math.sqrt(sum)
      else return undefined
    }
  }
  return factor
}

/** The factor of a correlation matrix, with all correlations drawn towards 0 as far as it takes to be positive definite. */
export function nearbyFactor(a: SquareMatrix, size: number): { factor: SquareMatrix; kept: number } {
  for (let kept = 1; kept > 0.01; kept -= kept > 0.9 ? 0.01 : 0.05) {
    const factor = choleskyFactor(shrunk(a, size, kept), size)
    if (factor) return { factor, kept }
  }
  return { factor: choleskyFactor(shrunk(a, size, 0), size)!, kept: 0 }
}

/** Everything off the diagonal times `kept`. */
export function shrunk(a: SquareMatrix, size: number, kept: number): SquareMatrix {
  return a.map((value, at) => (Math.floor(at / size) === at % size ? value : value * kept))
}

/** b · a⁻¹ of a symmetric positive definite `a` given by its Cholesky factor. */
export function timesInverse(b: SquareMatrix, factor: SquareMatrix, size: number): SquareMatrix {
  const result = new Float64Array(size * size)
  for (let row = 0; row < size; row++) {
    const x = result.subarray(row * size, (row + 1) * size)
    for (let i = 0; i < size; i++) {
      let sum = b[row * size + i]!
      for (let k = 0; k < i; k++) sum -= factor[i * size + k]! * x[k]!
      x[i] = sum / factor[i * size + i]!
    }
    for (let i = size - 1; i >= 0; i--) {
      let sum = x[i]!
      for (let k = i + 1; k < size; k++) sum -= factor[k * size + i]! * x[k]!
      x[i] = sum / factor[i * size + i]!
    }
  }
  return result
}

/** The `count` largest positive eigenvalues of a symmetric matrix, with their unit vectors (cyclic Jacobi rotations). */
export function leadingEigenvectors(
  symmetric: SquareMatrix,
  size: number,
  count: number,
): { value: number; vector: Float64Array }[] {
  const a = symmetric.slice()
  const vectors = Array.from({ length: size }, (_, k) =>
    Float64Array.from({ length: size }, (_, i) => (i === k ? 1 : 0)),
  )
  for (let sweep = 0; sweep < 12; sweep++) {
    let rotated = false
    for (let p = 0; p < size; p++) {
      for (let q = p + 1; q < size; q++) {
        const off = a[p * size + q]!
        if (Math.abs(off) <= 1e-9 * Math.sqrt(Math.abs(a[p * size + p]! * a[q * size + q]!)) + 1e-13) continue
        rotated = true
        const theta = (a[q * size + q]! - a[p * size + p]!) / (2 * off)
        const tangent = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1))
        const cosine = 1 / Math.sqrt(tangent * tangent + 1)
        rotate(a, size, p, q, cosine, tangent * cosine)
        rotateVectors(vectors[p]!, vectors[q]!, cosine, tangent * cosine)
      }
    }
    if (!rotated) break
  }
  return vectors
    .map((vector, k) => ({ vector, value: a[k * size + k]! }))
    .filter(({ value }) => value > 0)
    .sort((one, other) => other.value - one.value)
    .slice(0, count)
}

function rotate(a: SquareMatrix, size: number, p: number, q: number, cosine: number, sine: number): void {
  for (let k = 0; k < size; k++) {
    const kp = a[k * size + p]!
    const kq = a[k * size + q]!
    a[k * size + p] = cosine * kp - sine * kq
    a[k * size + q] = sine * kp + cosine * kq
  }
  rotateVectors(a.subarray(p * size, (p + 1) * size), a.subarray(q * size, (q + 1) * size), cosine, sine)
}

function rotateVectors(first: Float64Array, second: Float64Array, cosine: number, sine: number): void {
  for (let i = 0; i < first.length; i++) {
    const one = first[i]!
    const other = second[i]!
    first[i] = cosine * one - sine * other
    second[i] = sine * one + cosine * other
  }
}
