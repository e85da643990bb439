/** What units of `few-shot` draw from: per label its anchors, and for each the nearest texts of its label and of other labels. */
import type { PlanContext } from '../../engine/define.ts'
import type { RandomStream } from '../../stats/random-stream.ts'
import { foldText } from '../../text/normalize.ts'
import { nearest, type Similarity } from '../../text/similarity.ts'
import type { Seed, SeedStock } from '../read-seeds.ts'
import { mostCompared, type SeedCorpus, seedCorpus } from './seed-corpus.ts'
import { type UsualLength, usualLength } from './usual-length.ts'

/** Frozen with the run. Numbers are places in `seeds`. */
export type FewShotMaterial = {
  seeds: Seed[]
  cells: Record<string, FewShotCell>
}

type FewShotCell = {
  /** What the recipe chose; empty if it chose nothing. */
  chosen: number[]
  /** Taken in turn by the cell's units; twice as many neighbours as a prompt shows, nearest first, but for what the recipe chose. */
  anchors: Anchor[]
  length: UsualLength
}

type Anchor = {
  seed: number
  similar: number[]
  contrast: number[]
}

/** Where nothing was chosen: seeds of a label that its prompts show. */
const mostPool = 200
/** Anchors of all labels together, and at least this many of each. */
const mostAnchors = 2000
const leastAnchors = 20

/** Finds the neighbours by the project's embedder, else by TF-IDF over words and character n-grams. */
export async function fewShotMaterial(
  stock: SeedStock,
  wanted: { similar: number; contrast: number },
  { embed, random }: Pick<PlanContext<unknown>, 'embed' | 'random'>,
): Promise<FewShotMaterial> {
  const own = [...stock.chosen].map(([label, chosen]) => ({
    label,
    chosen,
    pool: poolOf(label, chosen, stock, random),
  }))
  const unlike = [...stock.unlike.values()].flat()
  const others = wanted.contrast > 0 ? othersOf(stock, embed ? mostCompared.embedded : mostCompared.words, random) : []
  const compared = [...new Set([...own.flatMap(({ chosen, pool }) => [...chosen, ...pool]), ...others, ...unlike])]
  const corpus = await seedCorpus(compared, embed)
  const { similarity } = corpus
  const places = new Map(compared.map((seed, place) => [seed, place]))
  const placesOf = (seeds: Seed[]) => seeds.map(seed => places.get(seed)!)
  const anchorsEach = Math.max(leastAnchors, Math.min(mostPool, Math.floor(mostAnchors / own.length)))

  const cells = own.map(({ label, chosen, pool }) => {
    const mine = new Set([...chosen, ...pool].map(seed => foldText(seed.text)))
    const rest = others.filter(seed => !seed.labels.includes(label) && !mine.has(foldText(seed.text)))
    const search = { similarity, wanted, pool: placesOf(pool), rest: placesOf(rest) }
    const given = stock.unlike.get(label)
    const starts = placesOf(chosen.length > 0 ? chosen : pool).slice(0, anchorsEach)
    const cell: FewShotCell = {
      chosen: placesOf(chosen),
      anchors: starts.map(seed => ({ ...anchorAt(seed, search), ...(given && { contrast: placesOf(given) }) })),
      length: usualLength([...chosen, ...pool].map(seed => seed.text)),
    }
    return [label, cell] as const
  })
  return compacted(corpus, cells)
}

/** Near chosen examples every record of the label is looked at; where nothing is chosen, a random pool stands for the label. */
function poolOf(label: string, chosen: Seed[], { byLabel }: SeedStock, random: RandomStream): Seed[] {
  const taken = new Set(chosen.map(seed => foldText(seed.text)))
  const pool = random
    .fork(`pool ${label}`)
    .shuffle(byLabel.get(label) ?? [])
    .filter(seed => {
      const folded = foldText(seed.text)
      return !taken.has(folded) && taken.add(folded)
    })
  return chosen.length > 0 ? pool : pool.slice(0, mostPool)
}

function othersOf({ byLabel, chosen }: SeedStock, most: number, random: RandomStream): Seed[] {
  const all = [...new Set([...byLabel.values(), ...chosen.values()].flat())]
  return all.length <= most ? all : random.fork('others').shuffle(all).slice(0, most)
}

function anchorAt(
  seed: number,
  search: { similarity: Similarity; wanted: { similar: number; contrast: number }; pool: number[]; rest: number[] },
): Anchor {
  const { similarity, wanted, pool, rest } = search
  const scores = similarity.scores(seed)
  const companions = pool.filter(place => place !== seed)
  return {
    seed,
    similar: nearest(scores, companions, 2 * wanted.similar),
    // What has nothing in common is of another label, but not close.
    contrast: nearest(scores, rest, 2 * wanted.contrast).filter(place => scores[place]! > 0),
  }
}

/** Keeps only the texts that some unit may show. */
function compacted(corpus: SeedCorpus, cells: (readonly [string, FewShotCell])[]): FewShotMaterial {
  const kept = cells.map(([label, { chosen, anchors, length }]) => [
    label,
    {
      chosen: chosen.map(corpus.keep),
      anchors: anchors.map(({ seed, similar, contrast }) => ({
        seed: corpus.keep(seed),
        similar: similar.map(corpus.keep),
        contrast: contrast.map(corpus.keep),
      })),
      length,
    },
  ])
  return { cells: Object.fromEntries(kept), seeds: corpus.frozen() }
}
