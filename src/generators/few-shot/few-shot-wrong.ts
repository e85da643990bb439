/** Mode `wrong` of `few-shot`: texts similar to, yet different from, what a model got wrong, with their right label. */
import { CultivarError } from '../../model/error.ts'
import { nearestName } from '../../text/nearest-name.ts'
import { foldText } from '../../text/normalize.ts'
import { nearest } from '../../text/similarity.ts'
import { quoted, taggedList } from '../prompt-slots.ts'
import type { Seed } from '../read-seeds.ts'
import { findMistakes, labelPlaces, type Mistake, type Mistakes } from './few-shot-mistakes.ts'
import {
  type FewShotMode,
  type FewShotUnit,
  fewShotSlots,
  labelOf,
  neighboursNote,
  seedList,
  textsRequest,
} from './few-shot-mode.ts'
import type { FewShotParams } from './few-shot-params.ts'
import { wrongPrompt } from './few-shot-wrong.prompt.ts'
import { labelNotes, suspicion, suspicionNotes, tallyNotes, tallyOf, waysOut } from './few-shot-wrong-notes.ts'
import { type UsualLength, usualLength } from './usual-length.ts'

/** Frozen with the run. Numbers are places in `seeds`, but for those in `together`, which are places in the cell's `anchors`. */
export type WrongMaterial = {
  seeds: Seed[]
  cells: Record<string, WrongCell>
}

type WrongCell = {
  length: UsualLength
  /** The mistakes, taken in turn by the cell's units. */
  anchors: Anchor[]
}

/** What is shown beside a mistake: twice as many as a prompt shows, nearest first. */
type Anchor = {
  seed: number
  predicted: string
  together: number[]
  easy: number[]
  contrast: number[]
}

/** Mistakes of all labels together that are frozen, shared evenly, and at least this many of each. */
const mostAnchors = 2000
const leastAnchors = 20

export const wrong: FewShotMode = {
  async plan(context) {
    const { params, embed } = context
    const found = await findMistakes(context)
    const byLabel = mistakesByLabel(found, params)
    const material = anchored(found, byLabel, params)
    return {
      cells: [...byLabel.keys()],
      material,
      perUnit: params.perCall,
      notes: [
        ...suspicionNotes(found),
        ...tallyNotes(found, params.predictions!),
        neighboursNote(embed),
        ...labelNotes(found, byLabel),
      ],
    }
  },

  prompt(unit) {
    const { mistakes, easy, contrast, length } = drawn(unit)
    const messages = wrongPrompt.render({
      ...fewShotSlots(unit, length),
      mistakes: taggedList(
        'Texts with that label that it got wrong. Write texts similar to these, and yet different:',
        'mistakes',
        mistakes.map(({ seed, predicted }) => `${quoted(seed.text)} was mistaken for ${JSON.stringify(predicted)}`),
      ),
      easy: seedList(
        'Texts with that label that are easy; they show what it means, but more of them teach nothing:',
        'easy',
        easy,
      ),
      contrast: seedList(
        'Texts that really have a label it was mistaken for; do not write such texts:',
        'other-labels',
        contrast,
        labelOf,
      ),
    })
    return textsRequest(unit, length, { prompt: wrongPrompt.id, messages })
  },

  shown(unit) {
    const { mistakes, easy, contrast } = drawn(unit)
    return [...mistakes.map(({ seed }) => seed), ...easy, ...contrast]
  },
}

function mistakesByLabel(found: Mistakes, { label, predictions }: FewShotParams): Map<string, Mistake[]> {
  const { mistakes, suspected, corpus } = found
  const byLabel = new Map<string, Mistake[]>()
  for (const mistake of mistakes) {
    for (const own of corpus.seeds[mistake.place]!.labels) byLabel.set(own, [...(byLabel.get(own) ?? []), mistake])
  }
  const asked = label === undefined ? undefined : [label].flat()
  const left = asked ? new Map([...byLabel].filter(([own]) => asked.includes(own))) : byLabel
  if (left.size > 0) return left
  const near = asked && nearestName(asked[0]!, byLabel.keys())
  const others = [...byLabel.keys()].slice(0, 12).join(', ')
  throw new CultivarError(
    'bad-recipe',
    asked && others
      ? `No mistake to grow from has the label ${asked.map(each => `“${each}”`).join(' or ')}.`
      : `“${predictions}” leaves no mistake to grow from: ${tallyOf(found)}.`,
    asked && others
      ? `There are mistakes with the labels: ${others}${near === undefined ? '' : `. Did you mean “${near}”?`}`
      : suspected.length > 0
        ? `Look at the suspected ones first: ${suspected
            .slice(0, 5)
            .map(each => suspicion(each, found))
            .join('; ')}. ${waysOut(suspected[0]!, found)}`
        : 'Predict the training split by cross-validation, so that the model has not seen what it predicts; or use mode more or boundary.',
  )
}

function anchored({ corpus, easy }: Mistakes, byLabel: Map<string, Mistake[]>, params: FewShotParams): WrongMaterial {
  const { seeds, similarity, keep } = corpus
  const sound = labelPlaces(seeds, eachTextOnce(easy, seeds))
  const anchorsEach = Math.max(leastAnchors, Math.floor(mostAnchors / byLabel.size))
  const cells = [...byLabel].map(([label, all]) => {
    const mistakes = all.slice(0, anchorsEach)
    const places = mistakes.map(({ place }) => place)
    const at = new Map(places.map((place, index) => [place, index]))
    const own = sound.of([label])
    const anchors = mistakes.map(({ place, predicted }): Anchor => {
      const scores = similarity.scores(place)
      const companions = places.filter(other => other !== place)
      return {
        seed: keep(place),
        predicted,
        together: nearest(scores, companions, 2 * params.similar).map(other => at.get(other)!),
        easy: nearest(scores, own, 2 * params.similar).map(keep),
        contrast: nearest(scores, sound.rivals([label], predicted), 2 * params.contrast).map(keep),
      }
    })
    const texts = [...places, ...own].map(place => seeds[place]!.text)
    return [label, { length: usualLength(texts), anchors }] as const
  })
  return { cells: Object.fromEntries(cells), seeds: corpus.frozen() }
}

function eachTextOnce(places: number[], seeds: Seed[]): number[] {
  const taken = new Set<string>()
  return places.filter(place => {
    const folded = foldText(seeds[place]!.text)
    return !taken.has(folded) && taken.add(folded)
  })
}

/** A mistake in turn with others like it, as many in all as there are easy texts beside them. */
function drawn({ material, cell, cellOrdinal, random, params }: FewShotUnit) {
  const { seeds, cells } = material as WrongMaterial
  const { anchors, length } = cells[cell]!
  const anchor = anchors[cellOrdinal % anchors.length]!
  const draw = (name: string, places: number[], most: number) => random.fork(name).shuffle(places).slice(0, most)
  const together = draw('together', anchor.together, Math.ceil(params.similar / 2)).map(at => anchors[at]!)
  const easy = draw('easy', anchor.easy, params.similar - together.length)
  return {
    mistakes: random
      .fork('order')
      .shuffle([anchor, ...together])
      .map(({ seed, predicted }) => ({ seed: seeds[seed]!, predicted })),
    easy: easy.map(place => seeds[place]!),
    contrast: draw('contrast', anchor.contrast, params.contrast).map(place => seeds[place]!),
    length,
  }
}
