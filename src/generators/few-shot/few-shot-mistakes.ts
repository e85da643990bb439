/** Which training records a model got wrong, and which of these rather have a wrong label themselves. */
import type { PlanContext } from '../../engine/define.ts'
import { CultivarError } from '../../model/error.ts'
import { Reservoir } from '../../stats/reservoir.ts'
import { foldText } from '../../text/normalize.ts'
import { isReal, type Seed } from '../read-seeds.ts'
import type { FewShotParams } from './few-shot-params.ts'
import { neighbourVote } from './neighbour-vote.ts'
import { type Prediction, readPredictions } from './read-predictions.ts'
import { mostCompared, type SeedCorpus, seedCorpus } from './seed-corpus.ts'

/** A record whose label is not what the model said. */
export interface Mistake {
  /** Place in the corpus. */
  place: number
  predicted: string
  /** Share of its neighbours that speaks for the predicted label, not for its own. */
  vote: number
}

export interface Mistakes {
  corpus: SeedCorpus
  /** To grow from: taken to be labelled rightly. The surest predictions first, if the file says how sure they were. */
  mistakes: Mistake[]
  /** Left out until a person confirms their label, the most suspect first. */
  suspected: Mistake[]
  /** Training texts that the model did not get wrong, as far as the file says. */
  easy: number[]
  counts: MistakeCounts
}

interface MistakeCounts {
  rows: number
  /** Rows that say nothing, and rows about no record of the project. */
  empty: number
  unmatched: number
  wrong: number
  /** Of those that are wrong, where the file's right label is not the record's. */
  relabelled: number
  /** Of those that are wrong, and left out: */
  heldOut: number
  unlabelled: number
  grown: number
  tooMany: number
}

/** Mistakes that are looked at; fewer where each has to be embedded. */
const mostMistakes = { words: 5000, embedded: 500 }

interface Wrong extends Pick<Prediction, 'predicted' | 'confidence'> {
  seed: Seed
  /** By the recipe, or because a person accepted the record. */
  confirmed: boolean
}

/**
 * Reads the predictions and compares them with the records. No text of a validation or test split is among what it gives.
 * @throws CultivarError `bad-file` or `bad-recipe`.
 */
export async function findMistakes(context: PlanContext<FewShotParams>): Promise<Mistakes> {
  const { params, embed, random } = context
  const { wrong, known, counts } = await compareWithRecords(context)
  const limit = embed ? mostMistakes.embedded : mostMistakes.words
  const ordered = random
    .fork('mistakes')
    .shuffle(wrong)
    .toSorted((a, b) => (b.confidence ?? 0) - (a.confidence ?? 0))
  const looked = ordered.slice(0, limit)
  const corpus = await seedCorpus(eachOnce([...looked.map(({ seed }) => seed), ...known]), embed)
  const places = labelPlaces(corpus.seeds)
  const mistakes: Mistake[] = []
  const suspected: Mistake[] = []
  looked.forEach(({ seed, predicted, confirmed }, place) => {
    const [own, rivals] = [places.of(seed.labels), places.rivals(seed.labels, predicted)]
    const { share: vote } = neighbourVote(corpus.similarity.scores(place), place, own, rivals, params.neighbours)
    const suspect = vote >= params.suspicion && !confirmed
    ;(suspect ? suspected : mistakes).push({ place, predicted, vote })
  })
  const mistaken = new Set(wrong.map(({ seed }) => foldText(seed.text)))
  return {
    corpus,
    mistakes,
    suspected: suspected.toSorted((a, b) => b.vote - a.vote),
    easy: corpus.seeds.flatMap((seed, place) => (mistaken.has(foldText(seed.text)) ? [] : [place])),
    counts: { ...counts, tooMany: wrong.length - looked.length },
  }
}

/** One pass over the records. `known` is a sample of all training texts that people brought or accepted. */
async function compareWithRecords({ params, records, readText, embed, random }: PlanContext<FewShotParams>) {
  const path = params.predictions!
  const { predictions, empty } = await readPredictions(path, await readText(path), params.text)
  const byId = new Map<string, Prediction>()
  const byText = new Map<string, Prediction>()
  for (const prediction of predictions) {
    if (prediction.id !== undefined) byId.set(prediction.id, prediction)
    if (prediction.text !== undefined) byText.set(foldText(prediction.text), prediction)
  }
  const counts = { rows: predictions.length + empty, empty, unmatched: 0, wrong: 0, relabelled: 0 }
  const left = { heldOut: 0, unlabelled: 0, grown: 0, tooMany: 0 }
  const matched = new Set<Prediction>()
  const heldOutTexts = new Set<string>()
  const labels = new Set<string>()
  const unconfirmed = new Set(params.confirmed)
  const known = new Reservoir<Seed>(embed ? mostCompared.embedded : mostCompared.words, random.fork('known'))
  const wrong: Wrong[] = []
  for await (const record of records()) {
    const text = record.fields[params.text]
    unconfirmed.delete(record.id)
    if (typeof text !== 'string' || text.trim() === '') continue
    const folded = foldText(text)
    const seed: Seed = { id: record.id, text, labels: record.labels }
    const training = record.split === 'train'
    if (!training) heldOutTexts.add(folded)
    if (training && isReal(record) && record.labels.length > 0) known.add(seed)
    for (const label of record.labels) labels.add(label)
    const prediction = byId.get(record.id) ?? byText.get(folded)
    if (!prediction) continue
    matched.add(prediction)
    const { predicted, confidence, label } = prediction
    if (record.labels.includes(predicted)) continue
    if (label !== undefined && !record.labels.includes(label)) counts.relabelled++
    counts.wrong++
    if (record.labels.length === 0) left.unlabelled++
    else if (!isReal(record)) left.grown++
    else {
      const confirmed = record.status === 'accepted' || params.confirmed.includes(record.id)
      wrong.push({ seed, predicted, confirmed, ...(confidence !== undefined && { confidence }) })
    }
  }
  counts.unmatched = predictions.filter(prediction => !matched.has(prediction)).length
  const trainable = ({ text }: Seed) => !heldOutTexts.has(foldText(text))
  const free = wrong.filter(({ seed }) => trainable(seed))
  left.heldOut += wrong.length - free.length
  checkPredictions(path, predictions, matched, labels)
  checkConfirmed(unconfirmed)
  return { wrong: alikeTogether(free), known: known.items.filter(trainable), counts: { ...counts, ...left } }
}

/** Records of the same text and labels count once: as one another's neighbours they would vouch for a wrong label. */
function keyOf({ text, labels }: Seed): string {
  return JSON.stringify([foldText(text), labels])
}

function eachOnce(seeds: Seed[]): Seed[] {
  const byKey = new Map<string, Seed>()
  for (const seed of seeds) if (!byKey.has(keyOf(seed))) byKey.set(keyOf(seed), seed)
  return [...byKey.values()]
}

function alikeTogether(wrong: Wrong[]): Wrong[] {
  const byKey = new Map<string, Wrong>()
  for (const one of wrong) {
    const alike = byKey.get(keyOf(one.seed))
    byKey.set(keyOf(one.seed), alike ? { ...alike, confirmed: alike.confirmed || one.confirmed } : one)
  }
  return [...byKey.values()]
}

function checkPredictions(
  path: string,
  predictions: Prediction[],
  matched: Set<Prediction>,
  labels: Set<string>,
): void {
  if (predictions.length === 0) {
    throw new CultivarError('bad-file', `No row of “${path}” says what was predicted.`, 'Fill the column.')
  }
  if (matched.size === 0) {
    throw new CultivarError(
      'bad-recipe',
      `None of the ${predictions.length} predictions in “${path}” is about a record of the project.`,
      'Give the records’ ids, as `cultivar records export` writes them, or their texts as they were imported.',
    )
  }
  if (predictions.some(({ predicted }) => labels.has(predicted))) return
  const said = [...new Set(predictions.map(({ predicted }) => predicted))].slice(0, 5)
  throw new CultivarError(
    'bad-recipe',
    `What “${path}” predicts is no label of any record: ${said.join(', ')}${said.length === 5 ? ', …' : ''}.`,
    `Write the names of the labels, not their numbers; they are: ${[...labels].slice(0, 12).join(', ')}${labels.size > 12 ? ', …' : ''}.`,
  )
}

function checkConfirmed(unknown: Set<string>): void {
  const [id] = unknown
  if (id === undefined) return
  throw new CultivarError(
    'bad-recipe',
    `\`confirmed\` names “${id}”, which is no record of the project.`,
    'Copy the ids from the list of suspected label errors; take out records that were removed or rejected since.',
    { id },
  )
}

/** Places by label: of all texts with one of some labels, and of those with another label and none of them. */
export function labelPlaces(seeds: Seed[], places: readonly number[] = seeds.map((_, place) => place)) {
  const cached = new Map<string, number[]>()
  const select = (key: string, suits: (labels: string[]) => boolean) => {
    const found = cached.get(key) ?? places.filter(place => suits(seeds[place]!.labels))
    cached.set(key, found)
    return found
  }
  const has = (labels: string[], some: string[]) => some.some(label => labels.includes(label))
  return {
    of: (own: string[]) => select(JSON.stringify(own), labels => has(labels, own)),
    rivals: (own: string[], other: string) =>
      select(JSON.stringify([own, other]), labels => labels.includes(other) && !has(labels, own)),
  }
}
