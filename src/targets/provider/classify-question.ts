/** What a provider is asked in order to classify a text, and how its answer is read. */
import { z } from 'zod'
import type { AskRequest } from '../../engine/define.ts'
import type { Prediction } from '../../model/prediction.ts'
import type { NamedLabel } from '../../text/label-list.ts'
import { quotedData } from '../../text/quoted-data.ts'
import { classifyPrompt } from '../classify.prompt.ts'
import { aboutSlot, listed, type Question, replySchema, spelled } from './question.ts'

/**
 * Labels stand in the dataset's order for every text: another order for each would tell a text apart from its perturbed copy by more
 * than the perturbation.
 */
export function classifyQuestion(labels: readonly NamedLabel[], { instructions, multiple, ...asked }: Question) {
  const names = labels.map(({ label }) => label)
  const name = z.enum(names)
  const schema = replySchema(
    multiple ? z.strictObject({ labels: z.array(name) }) : z.strictObject({ label: name }),
    (reply, wrong): Prediction | undefined => {
      const { label, labels = label } = reply
      const said = multiple ? [labels ?? []].flat() : [label ?? labels].flat()
      if (!multiple && said.length !== 1) return wrong('label', 'one label is wanted')
      const chosen = said.map(each => spelled(each, names))
      if (!chosen.every(each => each !== undefined)) return wrong('label', 'names a label that is not in the list')
      return { labels: [...new Set(chosen)].map(label => ({ label })), entities: [] }
    },
  )
  return (text: string): AskRequest<Prediction> => ({
    ...asked,
    prompt: classifyPrompt.id,
    once: true,
    messages: classifyPrompt.render({
      about: aboutSlot(instructions),
      labels: listed(labels),
      text: quotedData(text),
      task: multiple
        ? 'Name every label of the list that the text has, spelt as in the list.'
        : 'Name the one label of the list that fits the text best, spelt as in the list, even if none fits well.',
      shape: multiple ? '{"labels": ["…"]}, or {"labels": []} if it has none.' : '{"label": "…"}',
    }),
    schema,
  })
}
