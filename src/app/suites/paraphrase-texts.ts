/** Texts in other words, from a provider: what the test `paraphrase` of a suite is made of. */
import { UnitFault } from '../../engine/run-stop.ts'
import { paraphrase } from '../../generators/paraphrase.ts'
import type { Project } from '../../model/project.ts'
import { randomStream } from '../../stats/random-stream.ts'
import type { Paraphrase } from '../../suites/generate-cases.ts'
import type { OpenAsk } from '../open-ask.ts'

const textsAtOnce = 10
/** The texts of one question need no label in common: the name is all that the prompt says of them. */
const cell = 'any'

/** A text that the provider did not reword, or whose copy is the text itself, has none. */
export function paraphraseTexts({ ask }: Pick<OpenAsk, 'ask'>, project: Project): Paraphrase {
  return async (texts, parameters) => {
    const params = paraphrase.params.parse(parameters)
    const batches = Array.from({ length: Math.ceil(texts.length / textsAtOnce) }, (_, at) =>
      texts.slice(at * textsAtOnce, (at + 1) * textsAtOnce),
    )
    const reworded = await Promise.all(
      batches.map(async batch => {
        const pool = batch.map((text, at) => ({ id: `${at}`, text, labels: [] }))
        try {
          const proposals = await paraphrase.propose({
            ...{ params, material: { [cell]: pool }, project, cell, cellOrdinal: 0, asks: batch.length, ask },
            ...{ feedback: { kept: [], disliked: [] }, random: randomStream('paraphrase') },
          })
          const good = proposals.filter(({ reject }) => !reject)
          return batch.map(
            (_, at) => good.find(({ seeds }) => seeds?.[0] === `${at}`)?.fields?.['text'] as string | undefined,
          )
        } catch (error) {
          if (error instanceof UnitFault) return batch.map(() => undefined)
          throw error
        }
      }),
    )
    return reworded.flat()
  }
}
