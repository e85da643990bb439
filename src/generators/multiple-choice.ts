/** The generator `multiple-choice`: questions with four options from documents, which a critic must be able to answer. */
import { z } from 'zod'
import type { Ask, Generator, Proposal, UnitContext } from '../engine/define.ts'
import {
  type AskedRow,
  askQuestions,
  passageText,
  placeOf,
  previewQuestions,
  within,
} from './document-qa/ask-questions.ts'
import { groundedProposal, writtenIn } from './document-qa/grounded-proposal.ts'
import { planQuestions } from './document-qa/qa-material.ts'
import { ordersOf } from './document-qa/qa-orders.ts'
import { promptsOf } from './document-qa/qa-pipelines.ts'
import { checkSource, languageCritics, sourceParams } from './document-qa/source-params.ts'
import { answering, answerVerdict, guessing, guessVerdict } from './multiple-choice/answer-check.ts'
import { arranged, type Letter, letters, optionLines, readOptions } from './multiple-choice/options.ts'
import { previewPipeline } from './pipeline/preview-pipeline.ts'
import { settled } from './pipeline/settled.ts'

const type = 'multiple-choice'
const files = ['multiple-choice', 'answering', 'guessing'].map(name => `multiple-choice/${name}`)

const params = z
  .strictObject({
    ...sourceParams,
    judge: z
      .boolean()
      .default(true)
      .describe('Have a critic answer each question from the passage, untold: another letter rejects the question'),
    guessable: z
      .enum(['ignore', 'flag', 'reject'])
      .default('ignore')
      .describe(
        'Have a critic answer each question without the passage; one it gets right gets `guessable: true`, or is rejected. Chance alone gets one in four right',
      ),
  })
  .superRefine(checkSource)
type Params = z.infer<typeof params>

export const multipleChoice: Generator<Params> = {
  kind: 'multiple-choice',
  summary: 'Writes questions with four checked options about documents, each with its quote, looked up in the document',
  version: 1,
  params,
  usesModel: true,
  usesCritic: true,
  usesFeedback: true,
  mostFeedback: 20,
  // Read from their files when somebody asks, not whenever Cultivar starts.
  get prompts() {
    return promptsOf(files)
  },
  critics: ({ languages }) => [
    // An option may well hold a placeholder that its document shows, and names that it tells of.
    { kind: 'valid', leftovers: false },
    { kind: 'unique', fields: ['question'] },
    { kind: 'privacy', names: 'none', fields: ['question', 'options', 'explanation'] },
    ...languageCritics(languages, ['question', 'explanation']),
  ],
  plan: context =>
    planQuestions(context, {
      pipelines: { [type]: files[0]! },
      fields: ['question', 'option_a', 'option_b', 'option_c', 'option_d', 'answer', 'explanation', 'quote'],
      keepsJudges: () => context.params.judge,
    }),
  preview,
  async propose(context) {
    const rows = await askQuestions(context, [type])
    const stream = context.random.fork('options')
    // Each four in a row have the four letters, so that none is the right one more often.
    const places = rows.map(() => '').flatMap((_, at) => (at % letters.length === 0 ? stream.shuffle(letters) : []))
    const judged = rows.map((row, at) => {
      const order = stream.fork(at).shuffle([0, 1, 2])
      return judgedProposal(row, { letter: places[at]!, order, at }, context)
    })
    return settled(judged)
  },
}

const standIns = {
  question: 'How long may the pump run dry before it switches itself off?',
  options: optionLines(['One minute', 'Two minutes', 'Ten minutes', 'Half an hour']),
}

function preview(context: UnitContext<Params>) {
  const { judge, guessable } = context.params
  const checks = [...(judge ? [answering()] : []), ...(guessable === 'ignore' ? [] : [guessing()])]
  const shown = ordersOf(context, [type]).flatMap(order => {
    const slots = { ...standIns, place: placeOf(order, order.passage), context: passageText(order, order.passage) }
    const requests = checks.flatMap(pipeline => previewPipeline(pipeline, { slots, asks: 1 }, {}))
    return requests.map(request => ({ ...request, times: order.asks }))
  })
  return [...previewQuestions(context, [type], {}), ...shown]
}

/** The question with its options in their places, answered by the critics it is to be shown to. */
async function judgedProposal(
  asked: AskedRow,
  { letter, order: places, at }: { letter: Letter; order: number[]; at: number },
  { params, ask }: UnitContext<Params> & { ask: Ask },
): Promise<Proposal> {
  const { order, row } = asked
  const { quote, ...written } = writtenIn(row)
  const unchanged = groundedProposal(asked, written, [quote])
  if (unchanged.reject || row.verdicts.some(({ pass }) => !pass)) return unchanged
  const read = readOptions(written)
  if ('fault' in read) return { ...unchanged, reject: { critic: 'options', reason: read.fault } }
  const options = arranged(
    read,
    places.map(place => read.wrong[place]!),
    letter,
  )
  const { question = '', explanation = '' } = written
  const others = Object.fromEntries(Object.entries(written).filter(([name]) => !ownFields.test(name)))
  const slots = {
    place: placeOf(order, order.passage),
    context: passageText(order, order.passage),
    question,
    options: optionLines(options),
  }
  const door: Ask = request => within(order, ask)({ ...request, place: `${at} ${request.place}` })
  const verdicts = params.judge ? [await answerVerdict(slots, letter, door)] : []
  const guess =
    params.guessable === 'ignore' || verdicts.some(({ pass }) => !pass)
      ? undefined
      : await guessVerdict(slots, letter, door)
  if (guess) {
    const { isGuessed, ...verdict } = guess
    verdicts.push({ ...verdict, pass: verdict.pass && !(isGuessed && params.guessable === 'reject') })
  }
  return groundedProposal(
    { order, row: { ...row, verdicts: [...row.verdicts, ...verdicts] } },
    {
      question,
      options,
      answer: letter,
      explanation,
      ...others,
      ...(guess?.isGuessed && params.guessable === 'flag' && { guessable: true }),
    },
    [quote],
  )
}

const ownFields = /^(question|explanation|answer|option_[a-d])$/
