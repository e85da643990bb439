/** Mode `boundary` of `few-shot`: texts graded from clearly one label to clearly another, most of them near the middle. */
import type { PlanContext } from '../../engine/define.ts'
import { CultivarError } from '../../model/error.ts'
import { foldText } from '../../text/normalize.ts'
import { readSeeds, type Seed } from '../read-seeds.ts'
import { boundaryPrompt } from './few-shot-boundary.prompt.ts'
import { type FewShotMode, type FewShotUnit, fewShotSlots, noted, seedList, textsRequest } from './few-shot-mode.ts'
import type { FewShotParams } from './few-shot-params.ts'
import { neighbourVote } from './neighbour-vote.ts'
import { measureOf, type SeedCorpus, seedCorpus } from './seed-corpus.ts'
import { stepsOf } from './spectrum-steps.ts'
import { type UsualLength, usualLength } from './usual-length.ts'

/** Frozen with the run. Numbers are places in `seeds`. */
export type BoundaryMaterial = {
  seeds: Seed[]
  sides: Record<string, Side>
}

type Side = {
  length: UsualLength
  /** Per step, nearest to the middle first: texts that lie about there, twice as many as a prompt shows. */
  stretches: number[][]
}

/** Texts of either label that are looked at. */
const mostEach = 1000

/**
 * The step is in the prompt, hence in the lineage of what comes of it. It is no field of the record unless the recipe asks
 * for one: a column that only grown records have would tell a model which records are grown.
 */
export const boundary: FewShotMode = {
  async plan(context) {
    const { params, embed, random } = context
    const labels = params.between!
    const stock = await readSeeds({ ...context, params: { ...params, label: labels } }, { takesExamples: true })
    const pools = labels.map((label, at) => {
      const chosen = stock.chosen.get(label)!
      const all = chosen.length > 0 ? chosen : stock.byLabel.get(label)!
      return distinct(random.fork(`side ${label}`).shuffle(all), label, labels[1 - at]!).slice(0, mostEach)
    })
    const { material, sides, corpus } = await graded(labels, pools, params, embed)
    const half = params.steps / 2
    return {
      cells: labels,
      material,
      perUnit: params.perCall,
      notes: [
        `From ${labels[0]} to ${labels[1]} in ${params.steps} steps, each from texts of either label that lie about there, as ${measureOf(embed)} has it.`,
        `Calls take the steps of a label in turn, the middle first: ${half * params.perCall} texts of a label go through all ${half}.`,
        ...stepsOf(params.steps).map(
          ({ degree, readers }, at) =>
            `  step ${at + 1}: ${degree} ${labels[0]} or ${labels[1]} (${readers} of 100 readers would agree)`,
        ),
        ...labels.flatMap((label, at) => [
          `${label}: ${sides[at]!.ordered.length} texts; nearest to ${labels[1 - at]}:`,
          ...sides[at]!.ordered.slice(0, mostListed).map(place => `  ${noted(corpus.seeds[place]!)}`),
          ...mislabelledNote(sides[at]!.mislabelled, labels[1 - at]!),
        ]),
      ],
    }
  },

  prompt(unit) {
    const { degree, readers, meaning } = stepOf(unit)
    const { examples, contrast, length } = drawn(unit)
    const other = JSON.stringify(otherLabel(unit))
    const label = JSON.stringify(unit.cell)
    const messages = boundaryPrompt.render({
      ...fewShotSlots(unit, length),
      other,
      degree,
      own: String(readers),
      rest: String(100 - readers),
      meaning: meaning(label, other),
      examples: seedList(
        `Texts with the label ${label}, of those at hand the nearest to that point:`,
        'this-side',
        examples,
      ),
      contrast: seedList(
        `Texts with the label ${other}, about as far on the other side; do not write such texts:`,
        'other-side',
        contrast,
      ),
    })
    return textsRequest(unit, length, { prompt: boundaryPrompt.id, messages })
  },

  shown(unit) {
    const { examples, contrast } = drawn(unit)
    return [...examples, ...contrast]
  },

  fields(unit) {
    const { stepField, between } = unit.params
    const { readers } = stepOf(unit)
    const towardsSecond = unit.cell === between![0] ? 100 - readers : readers
    return stepField === undefined ? {} : { [stepField]: towardsSecond / 100 }
  },
}

/** Share of the median closeness to either label below which a text is taken to be unlike both. */
const leastCloseness = 0.6
/** Records of which notes give the ids. */
const mostNamed = 10

function mislabelledNote(ids: string[], other: string): string[] {
  if (ids.length === 0) return []
  const more = ids.length > mostNamed ? ', …' : ''
  return [
    `  left out, for their neighbours are rather ${other}: ${ids.length} (${ids.slice(0, mostNamed).join(', ')}${more})`,
  ]
}

/** Texts of either side of which notes show the nearest to the other. */
const mostListed = 3

function stepAt({ params, cellOrdinal }: FewShotUnit): number {
  return cellOrdinal % (params.steps / 2)
}

function stepOf(unit: FewShotUnit) {
  return stepsOf(unit.params.steps)[stepAt(unit)]!
}

function otherLabel({ params, cell }: FewShotUnit): string {
  return params.between!.find(label => label !== cell)!
}

/** Each text once, without those that have the other label too. */
function distinct(seeds: Seed[], label: string, other: string): Seed[] {
  const taken = new Set<string>()
  const left = seeds.filter(({ text, labels }) => {
    const folded = foldText(text)
    return !labels.includes(other) && !taken.has(folded) && taken.add(folded)
  })
  if (left.length > 0) return left
  throw new CultivarError(
    'bad-recipe',
    `Every record with the label “${label}” has the label “${other}” too: there is no boundary between them.`,
    'Choose two labels that exclude each other, or give `examples` of either.',
  )
}

/** Puts the texts of each label in order, from the nearest to the other label to the most typical, and cuts a stretch for each step. */
async function graded(labels: string[], pools: Seed[][], params: FewShotParams, embed: PlanContext<unknown>['embed']) {
  const corpus = await seedCorpus(pools.flat(), embed)
  const first = pools[0]!.map((_, place) => place)
  const second = pools[1]!.map((_, place) => first.length + place)
  const chosen = labels.map(label => Object.keys(params.examples ?? {}).includes(label))
  const sides = [
    orderedSide(corpus, first, second, params, chosen[0]!),
    orderedSide(corpus, second, first, params, chosen[1]!),
  ]
  const width = 2 * Math.max(1, params.similar, params.contrast)
  const half = params.steps / 2
  const stretchesOf = (places: number[]) =>
    Array.from({ length: half }, (_, at) => {
      const start = half === 1 ? 0 : Math.round((at / (half - 1)) * Math.max(0, places.length - width))
      return places.slice(start, start + width).map(corpus.keep)
    })
  const side = (at: number): Side => ({
    length: usualLength(pools[at]!.map(({ text }) => text)),
    stretches: stretchesOf(sides[at]!.ordered),
  })
  const material: BoundaryMaterial = {
    sides: Object.fromEntries(labels.map((label, at) => [label, side(at)])),
    seeds: corpus.frozen(),
  }
  return { material, sides, corpus }
}

/**
 * Where a text lies between the labels is what its nearest neighbours of both say. Texts that these take for the other label
 * are left out as perhaps mislabelled, and texts unlike either label, which lie in the middle by chance; chosen examples never.
 */
function orderedSide(
  { seeds, similarity }: SeedCorpus,
  own: number[],
  others: number[],
  params: FewShotParams,
  chosen: boolean,
) {
  const votes = new Map(
    own.map(place => [place, neighbourVote(similarity.scores(place), place, own, others, params.neighbours)]),
  )
  const ordered = own.toSorted((a, b) => votes.get(b)!.share - votes.get(a)!.share)
  if (chosen) return { ordered, mislabelled: [] }
  const closeness = [...votes.values()].map(vote => vote.closeness).toSorted((a, b) => a - b)
  const least = leastCloseness * closeness[Math.floor(closeness.length / 2)]!
  const mislabelled = ordered.filter(place => votes.get(place)!.share >= params.suspicion)
  const sound = ordered.filter(
    place => votes.get(place)!.share < params.suspicion && votes.get(place)!.closeness >= least,
  )
  return sound.length === 0
    ? { ordered, mislabelled: [] }
    : { ordered: sound, mislabelled: mislabelled.map(place => seeds[place]!.id!) }
}

function drawn(unit: FewShotUnit) {
  const { material, cell, random, params } = unit
  const { seeds, sides } = material as BoundaryMaterial
  const at = stepAt(unit)
  const draw = (label: string, most: number) =>
    random
      .fork(`side ${label}`)
      .shuffle(sides[label]!.stretches[at]!)
      .slice(0, most)
      .map(place => seeds[place]!)
  return {
    examples: draw(cell, Math.max(1, params.similar)),
    contrast: draw(otherLabel(unit), params.contrast),
    length: sides[cell]!.length,
  }
}
