/** Normal columns that go together. */
import { BulkRandom } from './bulk-random.ts'
import { standardNormal } from './distributions/draws/ziggurat.ts'
import type { RandomStream } from './random-stream.ts'

/**
 * Fills columns of equal length with standard normal numbers whose correlations are those of `factor`·`factor`ᵀ (see `cholesky`).
 * `normalCdf` makes them uniform, and a distribution's `quantile` then of that distribution, with the same rank correlations.
 */
export function fillCorrelatedNormals(
  factor: readonly (readonly number[])[],
  columns: readonly Float64Array[],
  random: RandomStream | BulkRandom,
): void {
  const rows = columns[0]?.length ?? 0
  const source = random instanceof BulkRandom ? random : new BulkRandom(random, 4 * rows * columns.length)
  const independent = new Float64Array(columns.length)
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < independent.length; i++) independent[i] = standardNormal(source)
    for (let i = 0; i < columns.length; i++) {
      const line = factor[i]!
      let sum = 0
      for (let j = 0; j <= i; j++) sum += line[j]! * independent[j]!
      columns[i]![row] = sum
    }
  }
}
