/** What the questions to a provider have in common: their labels, and replies that are read leniently but never guessed at. */
import { z } from 'zod'
import type { NamedLabel } from '../../text/label-list.ts'
import { foldText } from '../../text/normalize.ts'

export interface Question {
  /** What the texts are, or how the labels are meant; may be empty. */
  instructions: string
  /** Whether a text may have several labels. */
  multiple: boolean
  temperature: number
  maxOutputTokens: number
}

export function aboutSlot(instructions: string): string {
  return instructions && `${instructions}\n`
}

export function listed(labels: readonly NamedLabel[]): string {
  return labels
    .map(({ label, meaning }) => `- ${JSON.stringify(label)}${meaning && `: ${meaning.replace(/\s+/g, ' ')}`}`)
    .join('\n')
}

/** The name of the list that is meant, where only case or punctuation differ. */
export function spelled(name: unknown, names: readonly string[]): string | undefined {
  if (typeof name !== 'string') return undefined
  if (names.includes(name)) return name
  const like = names.filter(each => foldText(each) === foldText(name))
  return like.length === 1 ? like[0] : undefined
}

type Wrong = (member: string, message: string) => undefined

/** Asks for `shape`, and takes what `read` makes of the reply; what it says is wrong is asked for again. */
export function replySchema<T>(
  shape: z.ZodType,
  read: (reply: Record<string, unknown>, wrong: Wrong) => T | undefined,
): z.ZodType<T> {
  const { $schema: _, ...json } = z.toJSONSchema(shape)
  return z
    .unknown()
    .meta(json)
    .transform((reply, context) => {
      let said = false
      const wrong = (member: string, message: string) => {
        said = true
        context.addIssue({ code: 'custom', path: [member], message })
        return undefined
      }
      const isObject = typeof reply === 'object' && reply !== null && !Array.isArray(reply)
      const value = read(isObject ? (reply as Record<string, unknown>) : {}, wrong)
      return said || value === undefined ? z.NEVER : value
    })
}
