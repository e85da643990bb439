/** The generator `document-qa`: questions and answers from documents, each with the quote it rests on, found in its document. */
import { z } from 'zod'
import type { Generator, Proposal } from '../engine/define.ts'
import { type AskedRow, askQuestions, previewQuestions } from './document-qa/ask-questions.ts'
import { groundedProposal, writtenIn } from './document-qa/grounded-proposal.ts'
import { planQuestions } from './document-qa/qa-material.ts'
import { promptsOf } from './document-qa/qa-pipelines.ts'
import { checkSource, languageCritics, mixOf, sourceParams } from './document-qa/source-params.ts'

const types = ['factual', 'how-to', 'multi-hop', 'unanswerable'] as const
const pipelines = Object.fromEntries(types.map(type => [type, `document-qa/${type}`]))

const params = z
  .strictObject({
    ...sourceParams,
    types: mixOf(types)
      .default(['factual'])
      .describe(
        'Mix of question types, as [factual, how-to] or weights: factual; how-to; multi-hop, which takes two passages; unanswerable, which the text does not answer and the answer says so',
      ),
    judge: z
      .boolean()
      .default(true)
      .describe(
        'Have a critic check each pair: faithful, relevant, clear by itself. Without, quotes are still looked up; unanswerable questions are judged in any case, since nothing else would check them',
      ),
  })
  .superRefine(checkSource)
type Params = z.infer<typeof params>

export const documentQa: Generator<Params> = {
  kind: 'document-qa',
  version: 1,
  summary: 'Writes questions and answers about documents, each with its quote, looked up in the document, and judged',
  params,
  usesModel: true,
  usesCritic: true,
  usesFeedback: true,
  mostFeedback: 20,
  // Read from their files when somebody asks, not whenever Cultivar starts.
  get prompts() {
    return promptsOf(Object.values(pipelines))
  },
  critics: ({ languages }) => [
    // An answer may well hold a placeholder that its document shows, and names that it tells of.
    { kind: 'valid', leftovers: false },
    { kind: 'unique', fields: ['question'] },
    { kind: 'privacy', names: 'none', fields: ['question', 'answer'] },
    ...languageCritics(languages, ['question', 'answer']),
  ],
  plan(context) {
    const wanted = types.filter(type => isWanted(context.params.types, type))
    return planQuestions(context, {
      pipelines: Object.fromEntries(wanted.map(type => [type, pipelines[type]!])),
      fields: ['question', 'answer'],
      keepsJudges: type => context.params.judge || type === 'unanswerable',
    })
  },
  preview: context => previewQuestions(context, context.params.types, standIns),
  async propose(context) {
    return (await askQuestions(context, context.params.types)).map(proposalOf)
  },
}

const standIns = {
  question: 'How long may the pump run dry before it switches itself off?',
  answer: 'It switches itself off after two minutes without water.',
  quote: 'The pump stops by itself after two minutes without water.',
  second_quote: 'Water is missing when the level lamp is out.',
}

function isWanted(mix: Params['types'], type: (typeof types)[number]): boolean {
  return Array.isArray(mix) ? mix.includes(type) : (mix[type] ?? 0) > 0
}

function proposalOf({ order, row }: AskedRow): Proposal {
  const { quote, second_quote: second, ...written } = writtenIn(row)
  return groundedProposal({ order, row }, written, [quote, second])
}
