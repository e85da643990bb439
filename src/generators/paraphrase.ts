/** The generator `paraphrase`: each training record of a label in other words, its labels kept. */
import { z } from 'zod'
import {
  type AskRequest,
  type Plan,
  type PlanContext,
  type Proposal,
  promptGenerator,
  type UnitContext,
} from '../engine/define.ts'
import { paraphrasePrompt } from './paraphrase.prompt.ts'
import { outputLimit, quoted, sharedSlots, taggedList } from './prompt-slots.ts'
import { readSeeds, type Seed } from './read-seeds.ts'
import { readItems, rejectCopies, textsReply } from './reply-items.ts'

const params = z.strictObject({
  text: z.string().min(1).default('text').describe('Field that holds the text'),
  label: z
    .union([z.string().min(1), z.array(z.string().min(1)).min(1)])
    .optional()
    .describe('Label whose records are reworded, or a list; default: every label with training records'),
  strength: z
    .enum(['light', 'strong'])
    .default('strong')
    .describe('light changes a few words, strong words and sentence structure'),
  keep: z
    .array(z.string().trim().min(1))
    .default([])
    .describe('Words that must stay as they are, spelt as in the texts, such as product names'),
  instructions: z.string().default('').describe('Anything else the teacher should know, in your own words'),
  temperature: z.number().min(0).max(2).default(0.7).describe('0.2 is focused, 0.7 diverse'),
  maxOutputTokens: z.int().min(16).optional().describe('Longest reply; default: from the length of the texts'),
})
type Params = z.infer<typeof params>

const mostPerUnit = 10
/** Texts of all labels together that are frozen with the run, shared evenly. */
const mostSeeds = 20_000

export const paraphrase = promptGenerator({
  kind: 'paraphrase',
  summary: 'Says each training record of a label in other words',
  params,
  prompts: [paraphrasePrompt.id],
  units: plan,
  prompt,
  parse,
})

async function plan(context: PlanContext<Params>): Promise<Plan> {
  const { byLabel, chosen, seedless } = await readSeeds(context, { takesExamples: false })
  const labels = [...chosen.keys()]
  const most = Math.ceil(mostSeeds / labels.length)
  const poolOf = (label: string) => context.random.fork(`pool ${label}`).shuffle(byLabel.get(label)!).slice(0, most)
  const pools = Object.fromEntries(labels.map(label => [label, poolOf(label)]))
  return {
    cells: labels,
    material: pools,
    perUnit: mostPerUnit,
    notes: [
      ...labels.map(label => `${label}: training texts to reword: ${pools[label]!.length}`),
      ...(seedless.length > 0 ? [`Not reworded, for want of training records: ${seedless.join(', ')}`] : []),
    ],
  }
}

/** The unit's share of the shuffled pool: units take it in turn, round and round; a small pool comes round within a unit. */
function originalsOf({ material, cell, cellOrdinal, asks }: UnitContext<Params>): Seed[] {
  const pool = (material as Record<string, Seed[]>)[cell]!
  return Array.from({ length: asks }, (_, at) => pool[(cellOrdinal * mostPerUnit + at) % pool.length]!)
}

const strengths = {
  light: '- Change a few words or turns of phrase in each; the rest stays, with its length and tone.',
  strong: '- Change words and sentence structure as far as the meaning allows; to swap a few synonyms is not enough.',
}

function prompt(context: UnitContext<Params>): AskRequest<{ texts: unknown[] }> {
  const { params, cell, asks } = context
  const texts = originalsOf(context).map(({ text }) => text)
  const lines = texts.map((text, at) => `${at + 1}. ${JSON.stringify(text)}`)
  const instructions = params.instructions.trim()
  const kept = params.keep.map(quoted).join(', ')
  return {
    prompt: paraphrasePrompt.id,
    messages: paraphrasePrompt.render({
      ...sharedSlots(context),
      count: String(asks),
      label: JSON.stringify(cell),
      originals: taggedList('The texts:', 'texts', lines),
      instructions: instructions && `${instructions}\n`,
      strength: strengths[params.strength],
      keep: kept && `- Where a text has one of these, its rewording has it too, spelt the same: ${kept}.`,
      repeats: new Set(texts).size < asks ? '- Word a text that is listed more than once differently each time.' : '',
    }),
    schema: replyTo(asks),
    temperature: params.temperature,
    maxOutputTokens: params.maxOutputTokens ?? outputLimit(asks, (2 * texts.join('').length) / asks),
  }
}

/** Asks for items whose numbers are in the list; accepts any list, so that a bad item is judged on its own. */
function replyTo(asks: number) {
  const n = z.literal(Array.from({ length: asks }, (_, at) => at + 1))
  const form = z.strictObject({ texts: z.array(z.strictObject({ n, text: z.string() })) })
  const { $schema: _, ...asked } = z.toJSONSchema(form)
  return z.unknown().meta(asked).pipe(textsReply)
}

function parse(reply: { texts: unknown[] }, context: UnitContext<Params>, truncated: boolean): Proposal[] {
  const { params, cell, asks } = context
  const originals = originalsOf(context)
  const numbers = reply.texts.map(numberOf)
  const proposals = readItems(reply.texts, asks, truncated).map((item, at): Proposal => {
    const number = numbers[at]!
    const original = originals[number - 1]
    const proposal = { cell, fields: { [params.text]: item.text }, labels: original?.labels ?? [] }
    const lost = params.keep.find(word => original?.text.includes(word) && !item.text.includes(word))
    let reason = lost && `"${lost}" is lost`
    if (numbers.indexOf(number) < at) reason = `text ${number} was reworded already`
    if (!original) reason = `no number from 1 to ${asks} says which text it rewords`
    const reject = item.reject ?? (reason && { critic: 'valid', reason })
    return { ...proposal, seeds: original ? [original.id!] : [], ...(reject ? { reject } : {}) }
  })
  const known = originals.map(({ text }) => text)
  return rejectCopies(proposals, params.text, known)
}

/** NaN where an item has none. */
function numberOf(item: unknown): number {
  const { n } = (item ?? {}) as { n?: unknown }
  return typeof n === 'number' || typeof n === 'string' ? Number(n) : Number.NaN
}
