/** Target `provider`: a language model that is asked to classify or tag. */
import { z } from 'zod'
import type { Ask, AskRequest } from '../engine/define.ts'
import { RunStop, UnitFault } from '../engine/run-stop.ts'
import { CultivarError } from '../model/error.ts'
import type { Predicted, Prediction } from '../model/prediction.ts'
import { labelList } from '../text/label-list.ts'
import { eachOf } from './at-most.ts'
import { failedWith, quoted } from './failure.ts'
import { classifyQuestion } from './provider/classify-question.ts'
import { tagQuestion } from './provider/tag-question.ts'
import { throwIfStopped, unlessStopped } from './stopping.ts'
import { defineTarget } from './target-kind.ts'

const settings = z.strictObject({
  kind: z.literal('provider'),
  provider: z.string().min(1).describe('Name of the provider, as `cultivar providers list` shows it'),
  labels: labelList(z.string().trim().min(1))
    .default([])
    .describe('Labels or entity types: names, or { label, meaning }; none: those of the dataset'),
  instructions: z
    .string()
    .trim()
    .max(4000)
    .default('')
    .describe('What the texts are and how the labels are meant, in your own words'),
  multiple: z.boolean().default(false).describe('Whether a text may have several labels'),
  temperature: z.number().min(0).max(2).default(0).describe('0 answers most steadily'),
  maxOutputTokens: z
    .int()
    .min(16)
    .max(32_768)
    .default(1000)
    .describe(
      'Most tokens of a reply; raise it for long texts full of entities, and for models that think before they answer',
    ),
  concurrency: z
    .int()
    .min(1)
    .max(1024)
    .default(8)
    .describe('Texts asked about at once, as far as the provider’s own limits allow'),
})

/**
 * One question a text, the same for equal texts, so that none is paid twice. A reply that names a label out of the list, or words that
 * do not stand in the text, is asked for again; what stays wrong fails its text. Gives no scores.
 */
export const provider = defineTarget({
  kind: 'provider',
  summary: 'A language model, asked to classify or tag',
  settings,
  async open({ provider: name, labels: chosen, concurrency, ...question }, { task, labels: known, openAsk }) {
    const labels = chosen.length > 0 ? chosen : (known ?? [])
    if (labels.length === 0) {
      throw new CultivarError(
        'bad-input',
        `Nobody says which ${task === 'entities' ? 'entity types' : 'labels'} the provider “${name}” is to choose from.`,
        'Give “labels” in the settings of the target, with a meaning each where the name does not say it.',
      )
    }
    const ask = await openAsk(name)
    const predict = task === 'entities' ? tagger(ask, labels, question) : classifier(ask, labels, question)
    return {
      ...{ name, kind: 'provider', task, labels: labels.map(({ label }) => label) },
      async predict(texts, { signal, observe } = {}) {
        throwIfStopped(signal)
        const predicted: Predicted[] = new Array(texts.length)
        let done = 0
        const all = eachOf([...texts.entries()], concurrency, async ([at, text]) => {
          throwIfStopped(signal)
          predicted[at] = await predict(text)
          if (!signal?.aborted) observe?.({ done: ++done, all: texts.length })
        })
        await unlessStopped(all, signal)
        return predicted
      },
    }
  },
})

type Predict = (text: string) => Promise<Predicted>

function classifier(ask: Ask, ...[labels, question]: Parameters<typeof classifyQuestion>): Predict {
  const questionOf = classifyQuestion(labels, question)
  return text => answered(ask, questionOf(text), prediction => prediction)
}

function tagger(ask: Ask, ...[labels, question]: Parameters<typeof tagQuestion>): Predict {
  const questionOf = tagQuestion(labels, question)
  return async text => {
    if (text.trim() === '') return { labels: [], entities: [] }
    return answered(ask, questionOf(text), entities => ({ labels: [], entities }))
  }
}

async function answered<T>(
  ask: Ask,
  question: AskRequest<T>,
  predictionOf: (value: T) => Prediction,
): Promise<Predicted> {
  try {
    const answer = await ask(question)
    if (answer.kind === 'refused') return failedWith('refused', `The provider declined: ${quoted(answer.text)}`)
    if (!answer.truncated) return predictionOf(answer.value)
    return failedWith(
      'bad-answer',
      `The reply was cut off after ${question.maxOutputTokens} tokens: raise “maxOutputTokens”.`,
    )
  } catch (error) {
    if (error instanceof UnitFault) {
      return failedWith(error.code === 'invalid-reply' ? 'bad-answer' : 'no-answer', error.message)
    }
    if (error instanceof RunStop) throw stopOf(error)
    throw error
  }
}

function stopOf({ end: { state, reason, hint } }: RunStop): CultivarError {
  const code = state === 'budget' ? 'budget-reached' : state === 'cancelled' ? 'interrupted' : 'provider-failed'
  return new CultivarError(code, reason, hint)
}
