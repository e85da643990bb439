/** Critic `leak`: no candidate repeats a text that is held out to evaluate with. */
import { z } from 'zod'
import { defineCritic, type PlanContext } from '../engine/define.ts'
import type { Json } from '../model/json.ts'
import { type Content, textOf } from '../model/record.ts'
import { type Overlap, OverlapIndex } from '../text/overlap-index.ts'
import { heldOutTexts } from './held-out-file.ts'

const params = z.strictObject({
  against: z
    .string()
    .optional()
    .describe('File of held-out texts, beside the recipe: JSONL, JSON, CSV, TSV, or a text a line'),
  field: z.string().optional().describe('Member or column that holds the text in that file; default: `text`'),
  splits: z
    .array(z.enum(['validation', 'test']))
    .default(['validation', 'test'])
    .describe('Splits of the project that are held out'),
  near: z
    .number()
    .min(0.6)
    .max(1)
    .default(0.83)
    .describe(
      'Share of words, in order, from which a text counts as the held-out one: 0.83 is one changed word of six',
    ),
  ngram: z
    .int()
    .min(4)
    .max(50)
    .default(8)
    .describe('Words in a row that make an n-gram, by which long stretches are found'),
  overlap: z
    .number()
    .min(0.1)
    .max(1)
    .default(0.7)
    .describe('Share of the n-grams of the shorter text that the other must have to count as a leak'),
  fields: z
    .array(z.string())
    .default([])
    .describe('Fields of candidates and records to compare; none: `text`, or every text field where there is none'),
})
type Params = z.infer<typeof params>

/** `places`: the line of the file, or the id of the record, for each text. */
type Material = {
  texts: string[]
  places: (number | string)[]
}

/**
 * Held-out texts are frozen with the run as they are. The rule is that of `OverlapIndex`: the same but for case,
 * punctuation, blanks and Unicode look; near, with a share of the words in the same order; or long stretches, by the n-grams they have in common.
 * A missed leak spoils an evaluation, a false alarm costs one candidate: hence questions that share a frame of six words
 * and differ in one are taken for leaks.
 */
export const leak = defineCritic({
  kind: 'leak',
  summary: 'Rejects what repeats a held-out text: exactly, nearly or in long stretches',
  params,
  phase: 'pure',
  async plan(context) {
    const material: Material = { texts: [], places: [] }
    const add = (text: string, place: number | string) => {
      material.texts.push(text)
      material.places.push(place)
    }
    for (const { text, place } of await fileTexts(context)) add(text, place)
    for await (const record of context.records()) {
      if (record.split !== 'train' && context.params.splits.includes(record.split)) {
        add(comparedText(record, context.params.fields), record.id)
      }
    }
    return material satisfies Json
  },
  open({ params, material }) {
    const { texts, places } = material as Material
    const { near, ngram, overlap: share } = params
    const index = new OverlapIndex(texts, { near, ngram, share })
    return {
      judge(candidate) {
        if (texts.length === 0) return { critic: 'leak', pass: true, reason: 'nothing is held out to compare with' }
        const found = index.find(comparedText(candidate, params.fields))
        if (!found) return { critic: 'leak', pass: true }
        const reason = `${described(found, params)} ${named(places[found.item]!, params)}: ${quoted(texts[found.item]!)}`
        return { critic: 'leak', pass: false, score: found.share, reason }
      },
    }
  },
})

async function fileTexts({ params, readText }: PlanContext<Params>) {
  const { against, field, fields } = params
  if (against === undefined) return []
  return heldOutTexts(against, await readText(against), field === undefined ? fields : [field])
}

function comparedText(content: Pick<Content, 'fields'>, chosen: string[]): string {
  if (chosen.length === 0) return textOf(content)
  return chosen
    .map(name => content.fields[name])
    .filter(value => typeof value === 'string')
    .join('\n')
}

function described({ kind, share }: Overlap, { ngram }: Params): string {
  if (kind === 'same') return 'the same text as'
  const percent = `${Math.floor(100 * share + 1e-9)} %`
  return kind === 'near'
    ? `near: ${percent} of the words in the same order as`
    : `${percent} of the ${ngram}-grams shared with`
}

function named(place: number | string, { against }: Params): string {
  return typeof place === 'number'
    ? `${/\.json$/i.test(against!) ? 'item' : 'line'} ${place} of ${against}`
    : `record ${place}`
}

const longestQuotation = 80

function quoted(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return `“${line.length > longestQuotation ? `${line.slice(0, longestQuotation).toWellFormed()}…` : line}”`
}
