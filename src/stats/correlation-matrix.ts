/** Correlation matrices: the nearest one to what was wished, and its factor for drawing. */
import { CultivarError } from '../model/error.ts'

/** Eigenvalues down to here are zero but for rounding. */
const tolerance = 1e-10

/**
 * The nearest correlation matrix, by the sum of squared differences (Higham, Computing the Nearest Correlation Matrix, 2002: alternating
 * projections with Dykstra's correction). `changed` is false, and `matrix` the given one, where that is a correlation matrix already;
 * `distance` is the largest difference of an entry. Throws CultivarError `bad-input` where it is not square, symmetric, with ones on the
 * diagonal and −1 to 1 elsewhere.
 */
export function nearestCorrelation(given: readonly (readonly number[])[]): {
  matrix: number[][]
  changed: boolean
  distance: number
} {
  requireCorrelations(given)
  const wished = given.map(row => [...row])
  if (leastOf(eigen(wished).values) >= -tolerance) return { matrix: wished, changed: false, distance: 0 }
  const size = wished.length
  let matrix = wished
  let correction = wished.map(row => row.map(() => 0))
  for (let round = 0; round < 1000; round++) {
    const shifted = combine(matrix, correction, (entry, by) => entry - by)
    const positive = withoutNegative(shifted)
    correction = combine(positive, shifted, (entry, before) => entry - before)
    const next = positive.map((row, i) => row.map((entry, j) => (i === j ? 1 : entry)))
    const step = farthest(next, matrix)
    matrix = next
    if (step < 1e-12) break
  }
  // The last trace below zero is taken away by mixing in independence.
  const least = leastOf(eigen(matrix).values)
  const keep = least < 0 ? 1 / (1 - least) : 1
  matrix = matrix.map((row, i) => row.map((entry, j) => (i === j ? 1 : ((entry + matrix[j]![i]!) / 2) * keep)))
  return { matrix, changed: size > 0, distance: farthest(matrix, wished) }
}

/**
 * The lower triangle L with L·Lᵀ equal to the matrix. Columns that others determine have zeros on the diagonal. Throws CultivarError
 * `bad-input` where the matrix has a negative direction: see `nearestCorrelation`.
 */
export function cholesky(matrix: readonly (readonly number[])[]): number[][] {
  const factor: number[][] = []
  for (const [i, row] of matrix.entries()) {
    const line: number[] = []
    for (let j = 0; j <= i; j++) {
      const other = j === i ? line : factor[j]!
      let rest = row[j]!
      for (let k = 0; k < j; k++) rest -= line[k]! * other[k]!
      if (j === i) line.push(rootOf(rest))
      else if (other[j] !== 0) line.push(rest / other[j]!)
      else if (Math.abs(rest) < 1e-4) line.push(0)
      else throw contradiction()
    }
    factor.push(line)
  }
  return factor
}

function rootOf(rest: number): number {
  // Of a column that others determine, only rounding is left: taken for a direction, it would be blown up.
  if (Math.abs(rest) < 1e-9) return 0
  if (rest > 0) return Math.sqrt(rest)
  throw contradiction()
}

function contradiction() {
  return new CultivarError(
    'bad-input',
    'The correlations contradict one another: the matrix is not positive definite.',
    'Take the nearest matrix that is.',
  )
}

function requireCorrelations(matrix: readonly (readonly number[])[]) {
  const fault = (message: string, hint: string) => {
    throw new CultivarError('bad-input', message, hint)
  }
  for (const [i, row] of matrix.entries()) {
    if (row.length !== matrix.length) {
      fault(
        `The correlation matrix has ${matrix.length} rows, but row ${i + 1} has ${row.length} entries.`,
        'Give as many entries as rows.',
      )
    }
    for (const [j, entry] of row.entries()) {
      const where = `row ${i + 1}, column ${j + 1}`
      if (!(entry >= -1 && entry <= 1)) {
        fault(`The correlation in ${where} is ${entry}.`, 'Give numbers from -1 to 1.')
      }
      if (i === j && entry !== 1) fault(`The correlation in ${where} is ${entry}.`, 'Of a column with itself it is 1.')
      if (entry !== matrix[j]![i]) {
        fault(
          `The correlation in ${where} is ${entry}, but ${matrix[j]![i]} the other way round.`,
          'Give the same twice.',
        )
      }
    }
  }
}

function combine(a: number[][], b: number[][], by: (x: number, y: number) => number): number[][] {
  return a.map((row, i) => row.map((entry, j) => by(entry, b[i]![j]!)))
}

function farthest(a: number[][], b: number[][]): number {
  return Math.max(0, ...combine(a, b, (x, y) => Math.abs(x - y)).map(row => Math.max(...row)))
}

function leastOf(values: number[]): number {
  return Math.min(Infinity, ...values)
}

/** The nearest matrix with no eigenvalue below zero. */
function withoutNegative(matrix: number[][]): number[][] {
  const { values, vectors } = eigen(matrix)
  return matrix.map((row, i) =>
    row.map((_, j) =>
      values.reduce((sum, value, k) => (value > 0 ? sum + value * vectors[i]![k]! * vectors[j]![k]! : sum), 0),
    ),
  )
}

/** Eigenvalues and, by column, eigenvectors of a symmetric matrix, by Jacobi's rotations. */
function eigen(matrix: number[][]): { values: number[]; vectors: number[][] } {
  const size = matrix.length
  const a = matrix.map(row => Float64Array.from(row))
  const vectors = matrix.map((_, i) => matrix.map((_, j) => (i === j ? 1 : 0)))
  for (let sweep = 0; sweep < 60; sweep++) {
    let off = 0
    for (let p = 0; p < size; p++) for (let q = p + 1; q < size; q++) off += a[p]![q]! ** 2
    if (off < 1e-28) break
    for (let p = 0; p < size; p++) for (let q = p + 1; q < size; q++) rotate(a, vectors, p, q)
  }
  return { values: a.map((row, i) => row[i]!), vectors }
}

/** Makes the entry of p and q zero. */
function rotate(a: Float64Array[], vectors: number[][], p: number, q: number) {
  const entry = a[p]![q]!
  if (Math.abs(entry) < 1e-300) return
  const theta = (a[q]![q]! - a[p]![p]!) / (2 * entry)
  const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1))
  const c = 1 / Math.sqrt(t * t + 1)
  const s = t * c
  for (const row of a) {
    const first = row[p]!
    row[p] = c * first - s * row[q]!
    row[q] = s * first + c * row[q]!
  }
  const rowP = a[p]!
  const rowQ = a[q]!
  for (let k = 0; k < rowP.length; k++) {
    const first = rowP[k]!
    rowP[k] = c * first - s * rowQ[k]!
    rowQ[k] = s * first + c * rowQ[k]!
  }
  for (const row of vectors) {
    const first = row[p]!
    row[p] = c * first - s * row[q]!
    row[q] = s * first + c * row[q]!
  }
}
