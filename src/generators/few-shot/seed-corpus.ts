/** A set of seeds that are compared with one another, of which only those that a prompt may show are frozen with a run. */
import type { PlanContext } from '../../engine/define.ts'
import { type Similarity, vectorSimilarity } from '../../text/similarity.ts'
import { tfIdfSimilarity } from '../../text/tf-idf.ts'
import type { Seed } from '../read-seeds.ts'

/** Texts that are compared with one another in all; fewer where each has to be embedded. */
export const mostCompared = { words: 20_000, embedded: 2000 }

export interface SeedCorpus {
  seeds: Seed[]
  similarity: Similarity
  /** Numbers a place anew, in the order of first use: its place in `frozen`. */
  keep(place: number): number
  /** What was kept so far, by number. */
  frozen(): Seed[]
}

/** Similarity comes from the project's embedder, else from TF-IDF over words and character n-grams. */
export async function seedCorpus(seeds: Seed[], embed: PlanContext<unknown>['embed']): Promise<SeedCorpus> {
  const texts = seeds.map(seed => seed.text)
  const numbers = new Map<number, number>()
  return {
    seeds,
    similarity: embed ? vectorSimilarity(await embed(texts)) : tfIdfSimilarity(texts),
    keep(place) {
      const number = numbers.get(place) ?? numbers.size
      numbers.set(place, number)
      return number
    },
    frozen: () => [...numbers.keys()].map(place => seeds[place]!),
  }
}

/** What measures similarity, for notes. */
export function measureOf(embed: PlanContext<unknown>['embed']): string {
  return embed ? 'the project’s embedder' : 'TF-IDF over words and character n-grams'
}
