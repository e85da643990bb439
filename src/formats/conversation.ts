/** Conversations: the turns that chat formats hold, and the members of a record they are made of and become. */
import type { Json } from '../model/json.ts'
import { asked, exchangeOf, type Members } from './exchange.ts'
import type { ReadRow, RowPlace, WriteOptions } from './format.ts'
import { unstorableText } from './unstorable-text.ts'

export type Turn = { role: 'system' | 'user' | 'assistant'; content: string }

/** The member that holds a conversation of more than one question and answer. */
const wholeMember = 'messages'

/**
 * What a record says as a conversation: its own `messages` if it has any, else its question and answer, the context before the question.
 * Throws CultivarError `bad-input`, which names the record, if it has neither.
 */
export function conversationOf(members: Members, options: WriteOptions): Turn[] {
  const whole = members.get(wholeMember)
  if (isConversation(whole) && options.parts === undefined) return withSystem(whole, options.systemPrompt)
  const exchange = exchangeOf(members, options)
  const turns: Turn[] = [
    { role: 'user', content: asked(exchange) },
    { role: 'assistant', content: exchange.answer },
  ]
  return withSystem(turns, exchange.system)
}

/** The conversation with this system message, in the place of its own; without one, as it is. */
export function withSystem<T extends { role: string; content: string }>(
  turns: T[],
  prompt: string | undefined,
): (T | Turn)[] {
  if (prompt === undefined || prompt === '') return turns
  const said: Turn = { role: 'system', content: prompt.toWellFormed() }
  return [said, ...turns.filter(({ role }) => role !== 'system')]
}

function isConversation(value: Json | undefined): value is Turn[] {
  return Array.isArray(value) && value.length > 0 && value.every(isTurn)
}

function isTurn(turn: Json): turn is Turn {
  if (turn === null || typeof turn !== 'object' || Array.isArray(turn)) return false
  const { role, content } = turn
  return (role === 'system' || role === 'user' || role === 'assistant') && typeof content === 'string'
}

/**
 * A row as members: question, answer and system where the conversation is of one exchange, `messages` where it is longer. Other members
 * of the row stay.
 */
export function rowOfTurns(turns: Turn[], rest: Record<string, Json>, place: RowPlace): ReadRow {
  const wrong = (message: string): ReadRow => ({
    error: { ...place, message, hint: 'A conversation has a question and its answer, both in words.' },
  })
  const [first, ...others] = turns
  const [question, answer, ...more] = first?.role === 'system' ? others : turns
  for (const role of ['user', 'assistant'] as const) {
    if (!turns.some(turn => turn.role === role)) return wrong(`has no message of the ${role}`)
  }
  if (turns.some(({ role, content }) => role !== 'system' && content.trim() === ''))
    return wrong('has an empty message')
  const isOne = more.length === 0 && question?.role === 'user' && answer?.role === 'assistant'
  const values: Record<string, Json> = isOne
    ? {
        ...rest,
        ...(first?.role === 'system' && { system: first.content }),
        question: question.content,
        answer: answer.content,
      }
    : { ...rest, [wholeMember]: turns }
  const fault = unstorableText(values)
  return fault ? { error: { ...place, ...fault } } : { ...place, values }
}
