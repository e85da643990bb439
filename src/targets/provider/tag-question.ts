/** What a provider is asked in order to find the entities of a text, and how its answer is read. */
import { z } from 'zod'
import type { AskRequest } from '../../engine/define.ts'
import type { ScoredEntity } from '../../model/prediction.ts'
import type { NamedLabel } from '../../text/label-list.ts'
import { quotedData } from '../../text/quoted-data.ts'
import { tagPrompt } from '../tag.prompt.ts'
import { type Mention, placeMentions } from './place-mentions.ts'
import { aboutSlot, listed, type Question, replySchema, spelled } from './question.ts'

/** Asks for quoted words rather than for offsets, which models cannot count, or for the whole text with marks, which they mend as they write. */
export function tagQuestion(labels: readonly NamedLabel[], { instructions, multiple: _, ...asked }: Question) {
  const names = labels.map(({ label }) => label)
  const mention = z.strictObject({ words: z.string().min(1), type: z.enum(names), occurrence: z.int().min(1) })
  const shape = z.strictObject({ entities: z.array(mention) })
  return (text: string): AskRequest<ScoredEntity[]> => ({
    ...asked,
    prompt: tagPrompt.id,
    once: true,
    messages: tagPrompt.render({ about: aboutSlot(instructions), types: listed(labels), text: quotedData(text) }),
    schema: replySchema(shape, ({ entities }, wrong) => {
      if (!Array.isArray(entities)) return wrong('entities', 'is no list')
      const mentions = entities.map(each => mentionOf(each, names))
      if (!mentions.every(each => each !== undefined))
        return wrong('entities', 'has an item without words or with another type')
      const placed = placeMentions(text, mentions)
      return 'wrong' in placed ? wrong('entities', placed.wrong) : placed.entities
    }),
  })
}

function mentionOf(value: unknown, names: readonly string[]): Mention | undefined {
  const { words, type, label = type, occurrence } = (value ?? {}) as Record<string, unknown>
  const named = spelled(label, names)
  if (typeof words !== 'string' || words.trim() === '' || named === undefined) return undefined
  return { words, label: named, ...(Number.isSafeInteger(occurrence) && { occurrence: occurrence as number }) }
}
