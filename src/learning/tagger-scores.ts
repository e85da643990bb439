/** The scores a sequence tagger has learned, as it keeps them: only those that are not 0, to 16 bits. */
import type { Json } from '../model/json.ts'
import { packModel, unpackModel } from './model-bytes.ts'
import type { EntityCounts } from './tag-states.ts'

const kept = { kind: 'sequence-tagger', version: 1 } as const
/** The 16 bits of a score of 0. */
const zero = 32768

export interface SparseScores {
  /** Hashes of the features that have any score. */
  keys: Uint32Array
  /** Where in `states` and `steps` each feature's scores end; they begin where those of the one before end. */
  ends: Uint32Array
  states: Uint16Array
  /** A score is (this − 32768) × `step`. */
  steps: Uint16Array
  step: number
  /** In the order of the arcs of the topology. */
  arcs: Float32Array
}

export interface TaggerScores extends SparseScores {
  labels: string[]
  entityCounts: EntityCounts
}

/** @param emissions dense, at `feature * states + state` */
export function sparseScores(keys: Uint32Array, emissions: Float32Array, arcs: Float32Array): SparseScores {
  const perFeature = emissions.length / keys.length
  const largest = emissions.reduce((most, score) => Math.max(most, Math.abs(score)), 0)
  const step = (largest || 1) / (zero - 1)
  const stepsOf = (score: number) => zero + Math.round(score / step)
  const size = emissions.reduce((count, score) => count + Number(stepsOf(score) !== zero), 0)
  const states = new Uint16Array(size)
  const steps = new Uint16Array(size)
  const scored = new Uint32Array(keys.length)
  const ends = new Uint32Array(keys.length)
  let features = 0
  let place = 0
  keys.forEach((key, number) => {
    const begin = place
    for (let s = 0; s < perFeature; s++) {
      const value = stepsOf(emissions[number * perFeature + s]!)
      if (value === zero) continue
      states[place] = s
      steps[place++] = value
    }
    if (place === begin) return
    scored[features] = key
    ends[features++] = place
  })
  return { keys: scored.slice(0, features), ends: ends.slice(0, features), states, steps, step, arcs }
}

/** The scores themselves, in the order of `steps`. */
export function scoreValues({ steps, step }: SparseScores): Float32Array {
  return Float32Array.from(steps, value => (value - zero) * step)
}

export function packTagger(scores: TaggerScores): Uint8Array {
  const { labels, entityCounts, step, keys, ends, states, steps, arcs } = scores
  const header = { ...kept, labels, entityCounts: { ...entityCounts }, step }
  return packModel(header, { keys, ends, states, steps, arcs })
}

export function unpackTagger(bytes: Uint8Array): TaggerScores {
  const { header, arrays } = unpackModel(bytes, kept)
  // What these bytes hold was packed above: their checksum says so.
  return { ...(header as Json as unknown as TaggerScores), ...(arrays as unknown as SparseScores) }
}
