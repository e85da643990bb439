/** Noise of several sensors: each follows its own distribution and its own past, and they vary together as declared. */
import { BulkRandom } from '../../../stats/bulk-random.ts'
import { cholesky, nearestCorrelation } from '../../../stats/correlation-matrix.ts'
import { standardNormal } from '../../../stats/distributions/draws/ziggurat.ts'
import { openDistribution } from '../../../stats/distributions/index.ts'
import type { RandomStream } from '../../../stats/random-stream.ts'
import { type NoiseShape, scoreCorrelation, shapeOf, valueCorrelation } from './noise-shape.ts'
import type { SeriesDeclaration } from './series-schema.ts'

export interface CorrelatedNoise {
  /** What had to give way, for people. */
  notes: string[]
  open(random: RandomStream): NoiseWalk
}

/** Goes along with one entity’s readings. */
export interface NoiseWalk {
  /** One array a sensor with a value for each step; steps ascend, also from call to call. */
  next(steps: Float64Array): Float64Array[]
}

/** A process of scores that never changes cannot be told from one that has broken down. */
const mostCorrelated = 0.999999
/** Correlations that differ by less are the same to whoever reads about them. */
const worthTelling = 0.005
/** Words drawn at once: many entities are short. */
const wordsAhead = 128

interface Process {
  names: string[]
  shapes: NoiseShape[]
  /** Of each score with the one before. */
  memory: number[]
  /** Rows of lower triangles: what turns independent scores into the first ones, and into what comes in at each step. */
  first: number[][]
  incoming: number[][]
}

/**
 * Scores are a vector autoregression of first order with a diagonal memory; values follow from them through each sensor’s quantiles.
 * The correlations declared are those of values.
 */
export function openNoise({
  sensors,
  correlations,
}: Pick<SeriesDeclaration, 'sensors' | 'correlations'>): CorrelatedNoise {
  const names = Object.keys(sensors)
  const notes: string[] = []
  const shapes = names.map(name => {
    const { noise } = sensors[name]!
    return shapeOf(typeof noise === 'number' ? { sd: noise } : openDistribution(noise))
  })
  const memory = names.map((name, at) => {
    const asked = sensors[name]!.autocorrelation
    const score = scoreCorrelation(asked, shapes[at]!, shapes[at]!)
    const lowest = valueCorrelation(score, shapes[at]!, shapes[at]!)
    if (lowest - asked > worthTelling)
      notes.push(
        `${name}: noise of this distribution has no autocorrelation of ${asked}; it has ${lowest.toFixed(2)}, the lowest there is`,
      )
    return Math.max(-mostCorrelated, Math.min(mostCorrelated, score))
  })
  const asked = identity(names.length)
  for (const { between, value } of correlations)
    for (const one of between)
      for (const other of between) if (one !== other) asked[names.indexOf(one)]![names.indexOf(other)] = value
  /** What the memories of two sensors leave of the correlation of what comes in. */
  const kept = (one: number, other: number) =>
    Math.sqrt((1 - memory[one]! ** 2) * (1 - memory[other]! ** 2)) / (1 - memory[one]! * memory[other]!)
  const wanted = everyPair(asked, (value, one, other) => {
    if (value === 0) return 0
    return Math.max(-1, Math.min(1, scoreCorrelation(value, shapes[one]!, shapes[other]!) / kept(one, other)))
  })
  const { matrix } = nearestCorrelation(wanted)
  const stationary = everyPair(matrix, (value, one, other) => value * kept(one, other))
  const given = everyPair(stationary, (value, one, other) => valueCorrelation(value, shapes[one]!, shapes[other]!))
  notes.push(...changedNote(names, asked, given))
  const process: Process = {
    ...{ names, shapes, memory, first: cholesky(stationary) },
    incoming: cholesky(matrix).map((row, at) => row.map(weight => weight * Math.sqrt(1 - memory[at]! ** 2))),
  }
  return { notes, open: random => new Walk(process, random) }
}

class Walk implements NoiseWalk {
  readonly #process: Process
  /** One a sensor, so that another sensor leaves those before it as they are. */
  readonly #draws: BulkRandom[]
  readonly #scores: Float64Array
  #step = -1

  constructor(process: Process, random: RandomStream) {
    this.#process = process
    this.#draws = process.names.map(name => new BulkRandom(random.fork(name), wordsAhead))
    this.#scores = new Float64Array(process.names.length)
  }

  next(steps: Float64Array): Float64Array[] {
    const { shapes, memory, first, incoming } = this.#process
    const before = this.#step
    const last = steps.at(-1) ?? before
    const independent = this.#draws.map(draws => {
      const scores = new Float64Array(last - before)
      for (let at = 0; at < scores.length; at++) scores[at] = standardNormal(draws)
      return scores
    })
    this.#step = last
    return shapes.map((shape, sensor) => {
      const scores = mixed(independent, incoming[sensor]!)
      const begun = before === -1 ? 1 : 0
      if (begun === 1 && scores.length > 0)
        scores[0] = first[sensor]!.reduce((sum, weight, other) => sum + weight * independent[other]![0]!, 0)
      let score = begun === 1 ? (scores[0] ?? 0) : this.#scores[sensor]!
      for (let at = begun; at < scores.length; at++) {
        score = memory[sensor]! * score + scores[at]!
        scores[at] = score
      }
      this.#scores[sensor] = score
      const values = new Float64Array(steps.length)
      for (let at = 0; at < values.length; at++) values[at] = scores[steps[at]! - before - 1]!
      shape.apply(values)
      return values
    })
  }
}

/** Weighted sums of what is independent, step by step. */
function mixed(independent: Float64Array[], weights: number[]): Float64Array {
  const sums = new Float64Array(independent[0]?.length ?? 0)
  weights.forEach((weight, other) => {
    if (weight === 0) return
    const scores = independent[other]!
    for (let at = 0; at < sums.length; at++) sums[at]! += weight * scores[at]!
  })
  return sums
}

function identity(size: number): number[][] {
  return Array.from({ length: size }, (_, row) => Array.from({ length: size }, (_, column) => (row === column ? 1 : 0)))
}

/** Another matrix with ones on its diagonal. */
function everyPair(matrix: number[][], of: (value: number, row: number, column: number) => number): number[][] {
  return matrix.map((line, row) => line.map((value, column) => (row === column ? 1 : of(value, row, column))))
}

function changedNote(names: string[], asked: number[][], given: number[][]): string[] {
  const changes = names.flatMap((one, row) =>
    names.slice(0, row).flatMap((other, column) => {
      const [before, after] = [asked[row]![column]!, given[row]![column]!]
      return Math.abs(before - after) < worthTelling ? [] : [`${other} and ${one} ${before} → ${after.toFixed(2)}`]
    }),
  )
  if (changes.length === 0) return []
  return [
    `No noise has all the correlations declared, with these distributions and autocorrelations; the nearest: ${changes.join(', ')}`,
  ]
}
