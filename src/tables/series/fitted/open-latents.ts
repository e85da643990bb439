/** Draws latent scores of the columns of a block, row after row, from their vector autoregression. */
import type { RandomStream } from '../../../stats/random-stream.ts'
import type { LatentBlock } from './fitted-series.ts'
import { fillNormals } from './normal-scores.ts'

export interface LatentModel {
  columns: readonly number[]
  /** A new entity’s latents, from their stationary distribution on. */
  start(random: RandomStream): LatentStream
}

interface LatentStream {
  /** The scores of the next row, in the order of the columns; overwritten by the call after. */
  next(): Float64Array
}

export function openLatents(block: LatentBlock): LatentModel {
  const size = block.columns.length
  const lags = block.coefficients.length
  const memory = Math.max(1, lags)
  const width = lags * size
  // One row of weights a column, the earliest lag first, as the history lies in memory.
  const weights = new Float64Array(size * width)
  block.coefficients.forEach((matrix, lag) => {
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j++) weights[i * width + (lags - 1 - lag) * size + j] = matrix[i * size + j]!
    }
  })
  const innovations = packed(block.innovations, size)
  const stationary = packed(block.stationary, size * memory)
  return {
    columns: block.columns,
    start(random) {
      const history = new Float64Array(size * memory)
      const first = new Float64Array(size * memory)
      fillNormals(first, random)
      addProduct(stationary, first, history)
      const normals = new Float64Array(size)
      const scores = new Float64Array(size)
      let given = 0
      return {
        next() {
          if (given < memory) {
            scores.set(history.subarray(given * size, (given + 1) * size))
            given++
            return scores
          }
          fillNormals(normals, random)
          for (let i = 0; i < size; i++) {
            let sum = 0
            for (let k = 0, at = i * width; k < width; k++) sum += weights[at + k]! * history[k]!
            scores[i] = sum
          }
          addProduct(innovations, normals, scores)
          history.copyWithin(0, size)
          history.set(scores, (memory - 1) * size)
          return scores
        },
      }
    },
  }
}

/** The lower triangle of a matrix, row after row. */
function packed(matrix: readonly number[], size: number): Float64Array {
  const triangle = new Float64Array((size * (size + 1)) / 2)
  let at = 0
  for (let i = 0; i < size; i++) for (let j = 0; j <= i; j++) triangle[at++] = matrix[i * size + j]!
  return triangle
}

function addProduct(triangle: Float64Array, normals: Float64Array, out: Float64Array): void {
  let at = 0
  for (let i = 0; i < out.length; i++) {
    let sum = 0
    for (let j = 0; j <= i; j++) sum += triangle[at++]! * normals[j]!
    out[i]! += sum
  }
}
