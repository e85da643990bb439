/** Critic `diverse`: keeps a cell from filling up with texts of one kind. */
import { z } from 'zod'
import { defineCritic, type KnownCritic } from '../engine/define.ts'
import { type Content, textOf } from '../model/record.ts'
import type { Candidate } from '../model/run.ts'
import { type HashedVector, hashedVector } from '../text/hashed-vector.ts'
import { LeaderClusters } from '../text/leader-clusters.ts'

const params = z.strictObject({
  maxShare: z
    .number()
    .gt(0)
    .max(1)
    .default(0.2)
    .describe('Most that texts of one kind may make up of their cell: 0.2 is a fifth'),
  minimum: z.int().min(1).default(8).describe('Texts of one kind that a cell may hold whatever their share'),
  similarity: z
    .number()
    .min(0.1)
    .max(0.95)
    .default(0.55)
    .describe('Cosine from which two texts are of one kind: lower it to group by topic, raise it to group by wording'),
})
type Params = z.infer<typeof params>

/**
 * Texts of one kind are a cluster: those nearest to the same leader, by the cosine of hashed words and character trigrams (each half
 * of it, weights 1 + ln tf). Of n records that the cell holds, c in the candidate's cluster, it is rejected if
 * c + 1 > max(minimum, ⌊maxShare · (n + 1)⌋). Time for each record grows with the logarithm of the cell (see `LeaderClusters`).
 */
export const diverse = defineCritic({
  kind: 'diverse',
  summary: 'Rejects texts of a kind that makes up too much of its cell already',
  params,
  phase: 'known',
  open: ({ params }) => new Spread(params),
})

class Spread implements KnownCritic {
  readonly #params: Params
  readonly #cells = new Map<string, LeaderClusters>()
  /** A record is judged just before it is learned, so the last text's work is kept. */
  #last: { text: string; vector: HashedVector } | undefined

  constructor(params: Params) {
    this.#params = params
  }

  judge(candidate: Pick<Candidate, 'fields' | 'cell'>, known: number) {
    const clusters = this.#cells.get(candidate.cell)
    const cluster = clusters?.find(this.#vector(candidate.fields), known)
    if (!clusters || !cluster) return { critic: 'diverse', pass: true }
    const { maxShare, minimum } = this.#params
    const all = clusters.count(known)
    const share = Math.max(minimum, Math.floor(maxShare * (all + 1)))
    const score = cluster.size / all
    if (cluster.size < share) return { critic: 'diverse', pass: true, score }
    const holds = `${cluster.size} of the ${all} records of this cell are of the same kind`
    const reason = `${holds}, such as record ${cluster.leader}; its share is ${share}`
    return { critic: 'diverse', pass: false, score, reason }
  }

  learn(record: { id: string; fields: Content['fields']; cell: string }, sequence: number): void {
    let clusters = this.#cells.get(record.cell)
    if (!clusters) {
      clusters = new LeaderClusters(this.#params.similarity)
      this.#cells.set(record.cell, clusters)
    }
    clusters.learn(record.id, this.#vector(record.fields), sequence)
  }

  #vector(fields: Content['fields']): HashedVector {
    const text = textOf({ fields })
    if (this.#last?.text !== text) this.#last = { text, vector: hashedVector(text) }
    return this.#last.vector
  }
}
