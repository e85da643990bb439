/** Target `http`: a model behind an HTTP endpoint, asked in batches. */
import { CultivarError } from '../model/error.ts'
import type { Predicted } from '../model/prediction.ts'
import { failedWith } from './failure.ts'
import { askInBatches } from './http/ask-in-batches.ts'
import { endpointOf } from './http/endpoint.ts'
import { exchange } from './http/exchange.ts'
import { unreadable } from './http/fault.ts'
import { httpSettings } from './http/settings.ts'
import { answersIn, requestBody } from './http/shapes.ts'
import { answerReading, readAnswer } from './read-answer.ts'
import { throwIfStopped } from './stopping.ts'
import { defineTarget } from './target-kind.ts'

/**
 * A batch that fails is asked again text by text. Texts that then fail are failures; the others keep their answers.
 * Rejects with `provider-failed` where not one text was served.
 */
export const http = defineTarget({
  kind: 'http',
  summary: 'A model behind an HTTP endpoint',
  settings: httpSettings,
  async open(settings, context) {
    const endpoint = endpointOf(settings, context.environment, await context.openFetch(settings.url))
    const reading = answerReading(context, settings)
    const batch = settings.body === 'one' ? 1 : settings.batch
    return {
      ...{ name: endpoint.shown, kind: 'http', task: context.task },
      async predict(texts, { signal, observe } = {}) {
        throwIfStopped(signal)
        const predicted: Predicted[] = new Array(texts.length)
        let done = 0
        const fault = await askInBatches(texts.length, {
          ...{ batch, concurrency: settings.concurrency },
          async send(places) {
            const body = requestBody(
              settings,
              places.map(place => texts[place]!),
            )
            const answer = await exchange(endpoint, body, { divisible: places.length > 1, signal })
            if (answer.fault) return answer
            const read = answersIn(answer.value, places.length, context.task)
            return 'wrong' in read ? { fault: unreadable(read.wrong) } : read
          },
          settle(place, served) {
            predicted[place] = served.fault
              ? failedWith(served.fault.code, served.fault.message)
              : readAnswer(served.answers, texts[place]!, reading)
            observe?.({ done: ++done, all: texts.length })
          },
        })
        if (!fault) return predicted
        throw new CultivarError(
          'provider-failed',
          `The endpoint ${endpoint.shown} gave no prediction. ${fault.message}`,
          fault.hint,
          fault.status === undefined ? {} : { status: fault.status },
        )
      },
    }
  },
})
