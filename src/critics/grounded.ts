/** Critic `grounded`: what a text claims must stand in given facts. */
import { z } from 'zod'
import { type AskRequest, type CriticContext, defineCritic, type PlanContext } from '../engine/define.ts'
import { CultivarError } from '../model/error.ts'
import { type Content, textOf } from '../model/record.ts'
import type { Candidate } from '../model/run.ts'
import { quotedData } from '../text/quoted-data.ts'
import { askingParams } from './asking-params.ts'
import { type Claim, claimsReply, type Finding, settle } from './claims.ts'
import { factsOfFile, factsOfProse, type Passage } from './fact-passages.ts'
import { factSearch } from './fact-search.ts'
import { groundedPrompt } from './grounded.prompt.ts'
import { quotedFields } from './quoted-fields.ts'

const oneOrMore = z.union([z.string().trim().min(1), z.array(z.string().trim().min(1)).min(1)])

const params = z.strictObject({
  facts: oneOrMore.optional().describe('Facts in your own words: a text, or a list of them'),
  files: oneOrMore
    .optional()
    .describe('Files of facts, beside the recipe: tables (CSV, TSV, JSONL, JSON), Markdown, plain text'),
  fields: z
    .array(z.string())
    .default([])
    .describe('Fields to check, the others are shown beside them; none: `text`, or every field where there is none'),
  passages: z.int().min(1).max(50).default(8).describe('Most passages of the facts shown with a candidate'),
  keep: z
    .enum(['supported', 'not-contradicted'])
    .default('supported')
    .describe('supported: all claims stand in the facts; not-contradicted: none is refuted by them'),
  maxUnsupported: z
    .int()
    .min(0)
    .optional()
    .describe('Claims that may be missing from the facts; default: none, with `keep: not-contradicted` any number'),
  ...askingParams(1500),
})
type Params = z.infer<typeof params>

/** Claims that a reason names. */
const mostTold = 3
/** All facts together, in UTF-16 code units: they are stored with the run. */
const mostFacts = 4_000_000

/**
 * The judge lists what a text claims, with a verdict and a quotation for each; a quotation that does not stand in the facts makes its
 * verdict void (see `settle`). `score` is the share of claims that are supported; a text that claims nothing passes.
 */
export const grounded = defineCritic({
  kind: 'grounded',
  summary: 'Asks a model which claims of a text stand in given facts, checks its quotations, and rejects the rest',
  params,
  phase: 'model',
  prompts: [groundedPrompt.id],
  plan: readFacts,
  open(context) {
    const search = factSearch(context.material as Passage[], context.params.passages)
    return {
      preview: candidate => request(candidate, passagesFor(candidate, search, context), context),
      async judge(candidate, ask) {
        const shown = passagesFor(candidate, search, context)
        const answer = await ask(request(candidate, shown, context))
        const calls = [answer.call]
        const verdict = { critic: 'grounded', calls }
        if (answer.kind === 'refused') return { ...verdict, pass: false, reason: 'refused by the judge' }
        // Claims that were cut off may be the false ones.
        if (answer.truncated) {
          const reason = 'could not be judged: the output limit cut the list of claims; raise maxOutputTokens'
          return { ...verdict, pass: false, reason }
        }
        return {
          ...verdict,
          ...outcome(
            answer.value.map(claim => settle(claim, shown)),
            context.params,
          ),
        }
      },
    }
  },
})

async function readFacts({ params, readText }: PlanContext<Params>): Promise<Passage[]> {
  const given = [params.facts ?? []].flat().flatMap(text => factsOfProse('the recipe', text))
  const paths = [params.files ?? []].flat()
  const read = await Promise.all(paths.map(async path => factsOfFile(path, await readText(path))))
  const passages = [...given, ...read.flat()]
  if (passages.length === 0) {
    throw new CultivarError(
      'bad-recipe',
      'Critic “grounded” has no facts to check against.',
      paths.length > 0
        ? `There is no text in ${paths.join(', ')}.`
        : 'Give it some: { kind: grounded, files: prices.csv }, or { kind: grounded, facts: "Breakfast is served until 10:30." }.',
    )
  }
  const size = passages.reduce((sum, { text }) => sum + text.length, 0)
  if (size <= mostFacts) return passages
  throw new CultivarError(
    'bad-recipe',
    `The facts of critic “grounded” are ${size.toLocaleString('en')} characters long, more than ${mostFacts.toLocaleString('en')}.`,
    'Give it only those that the texts are about.',
  )
}

function passagesFor(candidate: Candidate, search: (text: string) => Passage[], { params }: CriticContext<Params>) {
  const { checked, others } = split(candidate.fields, params.fields)
  return search([textOf({ fields: checked }), textOf({ fields: others })].filter(text => text !== '').join('\n'))
}

function request(
  candidate: Candidate,
  shown: readonly Passage[],
  { params }: CriticContext<Params>,
): AskRequest<Claim[]> {
  const { checked, others } = split(candidate.fields, params.fields)
  const context = `Comes with the text; not to be checked:\n<context>\n${quotedFields(others)}\n</context>\n`
  return {
    prompt: groundedPrompt.id,
    messages: groundedPrompt.render({
      facts: shown.map(({ place, text }, at) => `${at + 1} (${quotedData(place)}): ${quotedData(text)}`).join('\n'),
      context: Object.keys(others).length > 0 ? context : '',
      text: quotedFields(checked),
    }),
    schema: claimsReply(shown.length),
    temperature: params.temperature,
    maxOutputTokens: params.maxOutputTokens,
  }
}

/** The fields to check and, if some were chosen, the others. */
function split(fields: Content['fields'], chosen: readonly string[]) {
  const wanted = (name: string) => (chosen.length > 0 ? chosen.includes(name) : name === 'text' || !('text' in fields))
  const entries = Object.entries(fields)
  return {
    checked: Object.fromEntries(entries.filter(([name]) => wanted(name))),
    others: chosen.length > 0 ? Object.fromEntries(entries.filter(([name]) => !wanted(name))) : {},
  }
}

function outcome(findings: readonly Finding[], { keep, maxUnsupported }: Params) {
  if (findings.length === 0) return { pass: true, score: 1, reason: 'claims nothing that facts could settle' }
  const of = (kind: Finding['kind']) => findings.filter(finding => finding.kind === kind)
  const supported = of('supported').length
  const score = supported / findings.length
  const most = maxUnsupported ?? (keep === 'supported' ? 0 : Number.POSITIVE_INFINITY)
  const fallen = [...of('contradicted'), ...(of('unsupported').length > most ? of('unsupported') : [])]
  const count = `${supported} of ${findings.length} claims supported`
  if (fallen.length === 0) return { pass: true, score, reason: count }
  const told = fallen.slice(0, mostTold).map(({ why }) => why)
  if (fallen.length > mostTold) told.push(`and ${fallen.length - mostTold} more`)
  return { pass: false, score, reason: `${told.join('; ')} (${count})` }
}
