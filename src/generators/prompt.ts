/** The generator `prompt`: texts from a person's own request, plain, labelled, or with their entities marked. */

import { z } from 'zod'
import { type AskRequest, type Proposal, promptGenerator, type UnitContext } from '../engine/define.ts'
import { labelList, type NamedLabel, namesWithMeanings } from '../text/label-list.ts'
import { findUnmarkedMention, readSpanMarkup } from '../text/span-markup.ts'
import { plainPrompt } from './prompt.prompt.ts'
import { labelsPrompt } from './prompt-labels.prompt.ts'
import { outputLimit, sharedSlots } from './prompt-slots.ts'
import { spansPrompt } from './prompt-spans.prompt.ts'
import { labelledReply, listedLabel, type ReplyItem, readItems, rejectCopies, textsReply } from './reply-items.ts'
import { requireProjectLabels } from './require-project-labels.ts'

const params = z
  .strictObject({
    prompt: z.string().trim().min(1).describe('What texts to write, in your own words'),
    texts: z.int().min(1).max(100).default(10).describe('Texts asked for in one call; `target` says how many in all'),
    temperature: z.number().min(0).max(2).default(0.7).describe('0.2 is focused, 0.7 diverse'),
    labels: labelList(z.string().trim().min(1))
      .default([])
      .describe(
        'Labels to write texts of, each a cell of its own: names, or { label, meaning } to say what it stands for',
      ),
    spans: labelList(
      z
        .string()
        .trim()
        .regex(/^[^[\]:\n]+$/, 'an entity type has no brackets and no colon'),
    )
      .default([])
      .describe(
        'Entity types to mark, such as DRUG or { label: DRUG, meaning: … }; each is a cell, whose texts have at least one',
      ),
    maxWords: z.int().min(1).max(5000).optional().describe('Longest text, in words'),
    maxOutputTokens: z
      .int()
      .min(16)
      .optional()
      .describe('Longest reply; default: from the number of texts and `maxWords` (without it, 120 words are assumed)'),
  })
  .refine(({ labels, spans }) => labels.length === 0 || spans.length === 0, {
    path: ['spans'],
    error: 'give either labels or spans: a run is counted by one of them',
  })
type Params = z.infer<typeof params>

const assumedWords = 120
/** Generous for English, so that other languages fit too. */
const charactersPerWord = 8

export const prompt = promptGenerator({
  kind: 'prompt',
  summary:
    'Writes texts to your own prompt; labelled, or with their entities marked, if you list labels or entity types',
  params,
  prompts: [plainPrompt.id, labelsPrompt.id, spansPrompt.id],
  usesFeedback: true,
  units: ({ params, project }) => {
    requireProjectLabels(namesOf(params.labels), project)
    return {
      cells: cellsOf(params),
      material: null,
      perUnit: params.texts,
      notes: [`Each call asks for ${params.texts} text${params.texts === 1 ? '' : 's'}${perCell(params)}.`],
    }
  },
  prompt: request,
  parse,
})

function cellsOf({ labels, spans }: Params): string[] {
  const named = namesOf([...labels, ...spans])
  return named.length > 0 ? named : ['all']
}

function namesOf(entries: readonly NamedLabel[]): string[] {
  return entries.map(({ label }) => label)
}

function perCell({ labels, spans }: Params): string {
  if (labels.length > 0) return ` of one of ${labels.length} labels`
  return spans.length > 0 ? ` with at least one entity of one of ${spans.length} types` : ''
}

function request(context: UnitContext<Params>): AskRequest<{ texts: unknown[] }> {
  const { params, cell, asks } = context
  const slots = {
    ...sharedSlots(context),
    request: params.prompt,
    count: String(asks),
    length: params.maxWords ? `- At most ${params.maxWords} words each.` : '',
  }
  const rest = {
    temperature: params.temperature,
    maxOutputTokens: params.maxOutputTokens ?? outputLimit(asks, charactersPerWord * (params.maxWords ?? assumedWords)),
  }
  if (params.labels.length > 0) {
    const labels = namesWithMeanings(params.labels, label => JSON.stringify(label))
    const messages = labelsPrompt.render({ ...slots, labels, cell: JSON.stringify(cell) })
    return { prompt: labelsPrompt.id, messages, schema: labelledReply, ...rest }
  }
  if (params.spans.length > 0) {
    const types = namesWithMeanings(params.spans, type => type)
    const messages = spansPrompt.render({ ...slots, types, cell })
    return { prompt: spansPrompt.id, messages, schema: textsReply, ...rest }
  }
  return { prompt: plainPrompt.id, messages: plainPrompt.render(slots), schema: textsReply, ...rest }
}

function parse(reply: { texts: unknown[] }, context: UnitContext<Params>, truncated: boolean): Proposal[] {
  const { params, cell, asks, feedback } = context
  const proposals = readItems(reply.texts, asks, truncated).map(item => {
    const plain: Proposal = { cell, fields: { text: item.text } }
    if (item.reject) return { ...plain, reject: item.reject }
    if (params.labels.length > 0) return { ...plain, ...labelled(item, namesOf(params.labels)) }
    if (params.spans.length > 0) return { ...plain, ...marked(item, cell, namesOf(params.spans)) }
    return plain
  })
  return rejectCopies(proposals, 'text', feedback.disliked)
}

/** Another listed label than the one asked for is taken at its word: the text counts there. */
function labelled({ label: said }: ReplyItem, labels: string[]): Proposal {
  const found = listedLabel(said, labels)
  return 'reject' in found ? found : { labels: [found.label], cell: found.label }
}

function marked({ text: marked }: ReplyItem, cell: string, types: string[]): Proposal {
  const read = readSpanMarkup(marked)
  if ('fault' in read) return { reject: { critic: 'valid', reason: read.fault } }
  const spans = []
  for (const { start, end, label: said } of read.spans) {
    const found = listedLabel(said, types)
    if ('reject' in found) return found
    spans.push({ field: 'text', start, end, label: found.label })
  }
  const proposal: Proposal = { fields: { text: read.text }, spans }
  const missed = findUnmarkedMention(read.text, spans)
  if (missed)
    return { ...proposal, reject: { critic: 'valid', reason: `"${missed}" is marked in one place and not in another` } }
  if (spans.some(span => span.label === cell)) return proposal
  return { ...proposal, reject: { critic: 'valid', reason: `the text has no ${cell}` } }
}
