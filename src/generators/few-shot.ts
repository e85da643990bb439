/** The generator `few-shot`: more texts of a label, like chosen examples of it and unlike close texts of other labels. */
import { z } from 'zod'
import {
  type AskRequest,
  type Plan,
  type PlanContext,
  type Proposal,
  promptGenerator,
  type UnitContext,
} from '../engine/define.ts'
import type { Json } from '../model/json.ts'
import { fewShotPrompt } from './few-shot.prompt.ts'
import { type FewShotCell, type FewShotMaterial, fewShotMaterial } from './few-shot-material.ts'
import { readSeeds, type Seed } from './few-shot-seeds.ts'
import { outputLimit, quoted, sharedSlots, taggedList } from './prompt-slots.ts'
import { readItems, rejectCopies, textsReply } from './reply-items.ts'

const params = z.strictObject({
  text: z.string().min(1).default('text').describe('Field that holds the text'),
  label: z
    .union([z.string().min(1), z.array(z.string().min(1)).min(1)])
    .optional()
    .describe('Label to grow, or a list; default: those of `examples`, else every label with training records'),
  examples: z
    .union([z.array(z.string().min(1)).min(1), z.record(z.string(), z.array(z.string().min(1)).min(1))])
    .optional()
    .describe(
      'Examples to grow from, as record ids or texts: a list for the one label, or lists by label; default: all of the label',
    ),
  similar: z.int().min(0).max(50).default(8).describe('Similar texts of the label shown beside an example'),
  contrast: z.int().min(0).max(50).default(4).describe('Close texts of other labels shown as what not to write'),
  matchStyle: z.boolean().default(true).describe('Match length and style of the examples'),
  instructions: z.string().default('').describe('Anything else the teacher should know, in your own words'),
  differentFrom: z.array(z.string().min(1)).default([]).describe('Texts that new ones should be different from'),
  perCall: z.int().min(1).max(100).default(10).describe('Texts asked for in one call'),
  temperature: z.number().min(0).max(2).default(0.7).describe('0.2 is focused, 0.7 diverse'),
  maxOutputTokens: z
    .int()
    .min(16)
    .optional()
    .describe('Longest reply; default: from the number and length of the texts'),
})
type Params = z.infer<typeof params>

export const fewShot = promptGenerator({
  kind: 'few-shot',
  summary: 'Grows labels from examples: more texts like them, unlike close texts of other labels',
  params,
  prompts: [fewShotPrompt.id],
  usesFeedback: true,
  units: plan,
  prompt,
  parse,
})

async function plan(context: PlanContext<Params>): Promise<Plan> {
  const { params, embed } = context
  const stock = await readSeeds(context)
  const material = await fewShotMaterial(stock, params, context)
  const measure = embed ? 'the project’s embedder' : 'TF-IDF over words and character n-grams'
  return {
    cells: Object.keys(material.cells),
    material: material as unknown as Json,
    perUnit: params.perCall,
    notes: [
      `Neighbours are found by ${measure}; each prompt draws its own from twice as many as it shows.`,
      ...notes(material, params),
      ...(stock.seedless.length > 0 ? [`Not grown, for want of training records: ${stock.seedless.join(', ')}`] : []),
    ],
  }
}

/** Labels of which `--dry-run` shows the first example and its neighbours one by one. */
const mostListed = 3

function notes({ seeds, cells }: FewShotMaterial, params: Params): string[] {
  const named = (place: number) => `${quoted(seeds[place]!.text)} (${seeds[place]!.id ?? 'given in the recipe'})`
  return Object.entries(cells).flatMap(([label, { anchors, chosen }], at) => {
    const { seed, similar, contrast } = anchors[0]!
    const kind = chosen.length > 0 ? 'chosen' : 'training'
    const summary = `${label}: grows from ${anchors.length} ${kind} example${anchors.length === 1 ? '' : 's'}`
    if (at >= mostListed) return [summary]
    return [
      `${summary}; the first with what is nearest to it:`,
      `  example: ${named(seed)}`,
      ...similar.slice(0, params.similar).map(place => `  similar: ${named(place)}`),
      ...contrast.slice(0, params.contrast).map(place => `  of ${seeds[place]!.labels.join(', ')}: ${named(place)}`),
    ]
  })
}

/** What one unit shows; the same in `prompt` and `parse`, since both draw from forks of the unit's stream. */
function shown({ material, cell, cellOrdinal, random, params }: UnitContext<Params>): {
  examples: Seed[]
  contrast: Seed[]
  length: FewShotCell['length']
} {
  const { seeds, cells } = material as unknown as FewShotMaterial
  const { anchors, chosen, length } = cells[cell]!
  const anchor = anchors[cellOrdinal % anchors.length]!
  const others = chosen.filter(place => place !== anchor.seed)
  const companions = random.fork('chosen').shuffle(others).slice(0, Math.max(params.similar, 8))
  const similar = random
    .fork('similar')
    .shuffle(anchor.similar)
    .slice(0, Math.max(0, params.similar - companions.length))
  const contrast = random.fork('contrast').shuffle(anchor.contrast).slice(0, params.contrast)
  const examples = random.fork('order').shuffle([anchor.seed, ...companions, ...similar])
  return { examples: examples.map(place => seeds[place]!), contrast: contrast.map(place => seeds[place]!), length }
}

function prompt(context: UnitContext<Params>): AskRequest<{ texts: unknown[] }> {
  const { params, cell, asks } = context
  const { examples, contrast, length } = shown(context)
  const instructions = params.instructions.trim()
  return {
    prompt: fewShotPrompt.id,
    messages: fewShotPrompt.render({
      ...sharedSlots({ ...context, differentFrom: params.differentFrom, sameStyle: params.matchStyle }),
      count: String(asks),
      label: JSON.stringify(cell),
      examples: taggedList(
        'Very similar to these, as further cases of that label:',
        'examples',
        examples.map(seed => quoted(seed.text)),
      ),
      contrast: taggedList(
        'These are close but have other labels; do not write such texts:',
        'other-labels',
        contrast.map(seed => `${quoted(seed.text)} has the label ${JSON.stringify(seed.labels.join(', '))}`),
      ),
      instructions: instructions && `${instructions}\n`,
      style: params.matchStyle ? styleLine(length, instructions !== '') : '',
    }),
    schema: textsReply,
    temperature: params.temperature,
    maxOutputTokens: params.maxOutputTokens ?? outputLimit(asks, 1.5 * length.characters),
  }
}

function styleLine({ unit, least, most }: FewShotCell['length'], instructed: boolean): string {
  const range = least === most ? `about ${most}` : `between ${least} and ${most}`
  const unless = instructed ? ', unless told otherwise above' : ''
  return `- Match length and style of the examples${unless}: most texts ${range} ${unit}; the same register, spelling and punctuation.`
}

function parse(reply: { texts: unknown[] }, context: UnitContext<Params>, truncated: boolean): Proposal[] {
  const { params, cell, asks, feedback } = context
  const { examples, contrast } = shown(context)
  const seeds = [...examples, ...contrast].flatMap(({ id }) => id ?? [])
  const proposals = readItems(reply.texts, asks, truncated).map(({ text, reject }) => ({
    cell,
    fields: { [params.text]: text },
    labels: [cell],
    seeds,
    ...(reject ? { reject } : {}),
  }))
  const known = [...examples, ...contrast].map(seed => seed.text)
  return rejectCopies(proposals, params.text, [...known, ...params.differentFrom, ...feedback.disliked])
}
