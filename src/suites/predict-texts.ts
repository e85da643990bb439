/** What a target says of many texts, each asked once. */
import { CultivarError } from '../model/error.ts'
import type { Predicted, PredictOptions, Target } from '../model/prediction.ts'

const textsAtOnce = 1000

/** Answers by text. @throws CultivarError what the target throws; `interrupted`; `provider-failed` where it miscounts. */
export async function predictTexts(
  target: Target,
  texts: Iterable<string>,
  { signal, observe }: PredictOptions,
): Promise<Map<string, Predicted>> {
  const distinct = [...new Set(texts)]
  const answers = new Map<string, Predicted>()
  for (let from = 0; from < distinct.length; from += textsAtOnce) {
    if (signal?.aborted) throw new CultivarError('interrupted', 'The test was stopped.', 'Start it again.')
    const batch = distinct.slice(from, from + textsAtOnce)
    const predicted = await target.predict(batch, {
      ...(signal && { signal }),
      ...(observe && { observe: ({ done }) => observe({ done: from + done, all: distinct.length }) }),
    })
    if (predicted.length !== batch.length) {
      throw new CultivarError(
        'provider-failed',
        `${target.name} gave ${predicted.length} answers for ${batch.length} texts.`,
        'A target must give one answer a text, in the same order.',
      )
    }
    for (const [at, text] of batch.entries()) answers.set(text, predicted[at]!)
    observe?.({ done: from + batch.length, all: distinct.length })
  }
  return answers
}
