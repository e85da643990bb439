/** Mode `more` of `few-shot`: more texts of a label, like chosen examples of it and unlike close texts of other labels. */
import { readSeeds } from '../read-seeds.ts'
import { fewShotPrompt } from './few-shot.prompt.ts'
import { type FewShotMaterial, fewShotMaterial } from './few-shot-material.ts'
import {
  type FewShotMode,
  type FewShotUnit,
  fewShotSlots,
  labelOf,
  neighboursNote,
  noted,
  seedList,
  textsRequest,
} from './few-shot-mode.ts'
import { type FewShotParams, unlikeOf } from './few-shot-params.ts'

export const more: FewShotMode = {
  async plan(context) {
    const { params, embed } = context
    const stock = await readSeeds(context, { takesExamples: true })
    const material = await fewShotMaterial(stock, params, context)
    return {
      cells: Object.keys(material.cells),
      material,
      perUnit: params.perCall,
      notes: [
        neighboursNote(embed),
        ...notes(material, params),
        ...(stock.seedless.length > 0 ? [`Not grown, for want of training records: ${stock.seedless.join(', ')}`] : []),
      ],
    }
  },

  prompt(unit) {
    const { examples, contrast, length } = drawn(unit)
    const messages = fewShotPrompt.render({
      ...fewShotSlots(unit, length),
      examples: seedList('Very similar to these, as further cases of that label:', 'examples', examples),
      contrast: seedList(
        'These are close but have other labels; do not write such texts:',
        'other-labels',
        contrast,
        labelOf,
      ),
    })
    return textsRequest(unit, length, { prompt: fewShotPrompt.id, messages })
  },

  shown(unit) {
    const { examples, contrast } = drawn(unit)
    return [...examples, ...contrast]
  },
}

/** Labels of which `--dry-run` shows the first example and its neighbours one by one. */
const mostListed = 3

function notes({ seeds, cells }: FewShotMaterial, params: FewShotParams): string[] {
  const named = (place: number) => noted(seeds[place]!)
  return Object.entries(cells).flatMap(([label, { anchors, chosen }], at) => {
    const { seed, similar, contrast } = anchors[0]!
    const kind = chosen.length > 0 ? 'chosen' : 'training'
    const summary = `${label}: grows from ${anchors.length} ${kind} example${anchors.length === 1 ? '' : 's'}`
    if (at >= mostListed) return [summary]
    return [
      `${summary}; the first with what is nearest to it:`,
      `  example: ${named(seed)}`,
      ...similar.slice(0, params.similar).map(place => `  similar: ${named(place)}`),
      ...contrast
        .slice(0, params.contrast)
        .map(place => `  of ${seeds[place]!.labels.join(', ') || 'no label'}: ${named(place)}`),
    ]
  })
}

/** Of what the recipe chose, a prompt shows so many, whatever it shows of what is found. */
const mostChosen = 8

function drawn({ material, cell, cellOrdinal, random, params }: FewShotUnit) {
  const { seeds, cells } = material as FewShotMaterial
  const { anchors, chosen, length } = cells[cell]!
  const anchor = anchors[cellOrdinal % anchors.length]!
  const others = chosen.filter(place => place !== anchor.seed)
  const companions = random.fork('chosen').shuffle(others).slice(0, Math.max(params.similar, mostChosen))
  const similar = random
    .fork('similar')
    .shuffle(anchor.similar)
    .slice(0, Math.max(0, params.similar - companions.length))
  const mostContrast = unlikeOf(params, cell) === undefined ? params.contrast : Math.max(params.contrast, mostChosen)
  const contrast = random.fork('contrast').shuffle(anchor.contrast).slice(0, mostContrast)
  const examples = random.fork('order').shuffle([anchor.seed, ...companions, ...similar])
  return { examples: examples.map(place => seeds[place]!), contrast: contrast.map(place => seeds[place]!), length }
}
