/** A row as InstructLab's trainer reads it, made of whatever a row or record has. */
import { conversationOf, withSystem } from '../../formats/conversation.ts'
import { type Members, memberOf } from '../../formats/exchange.ts'
import type { WriteOptions } from '../../formats/format.ts'
import { CultivarError } from '../../model/error.ts'
import type { Json } from '../../model/json.ts'

type MixedMessage = { role: string; content: string }

export type MixedRow = {
  id: string
  messages: MixedMessage[]
  /** JSON of an object. */
  metadata: string
  /** Whether the trainer learns from the question too. */
  unmask: boolean
}

/**
 * Members of other names move into `metadata`; without `messages`, question and answer (text and label) become them. Undefined for a row
 * with an empty message that is not the system's. Throws CultivarError `bad-input` for a row that is no conversation.
 */
export function mixedRow(members: Members, defaultId: string, options: WriteOptions): MixedRow | undefined {
  const { id, messages: own, metadata, unmask, ...rest } = Object.fromEntries(members)
  const messages = own === undefined ? conversationOf(members, options) : messagesOf(own, id ?? defaultId)
  if (messages.some(({ role, content }) => role !== 'system' && content.trim() === '')) return undefined
  const said = own === undefined ? saidBy(members, options) : []
  const moved = Object.entries(rest).filter(([name]) => !said.includes(name))
  return {
    id: typeof id === 'string' ? id : defaultId,
    messages: withSystem(messages, options.systemPrompt),
    metadata: JSON.stringify({ ...metadataOf(metadata), ...Object.fromEntries(moved) }),
    unmask: unmask === true,
  }
}

/** Members that the messages are made of. */
function saidBy(members: Members, options: WriteOptions): (string | undefined)[] {
  return (['question', 'answer', 'context', 'system'] as const).map(part => memberOf(part, members, options))
}

function messagesOf(own: Json, id: Json): MixedMessage[] {
  const list = Array.isArray(own) ? own : []
  const messages = list.flatMap(message => {
    const { role = null, content = null } =
      message !== null && typeof message === 'object' && !Array.isArray(message) ? message : {}
    const isMessage = typeof role === 'string' && (typeof content === 'string' || content === null)
    return isMessage ? [{ role, content: content ?? '' }] : []
  })
  if (messages.length > 0 && messages.length === list.length) return messages
  throw new CultivarError(
    'bad-file',
    `The messages of row ${JSON.stringify(id)} are no list of roles and contents.`,
    'Write them as [{"role": "user", "content": "…"}, {"role": "assistant", "content": "…"}].',
  )
}

/** InstructLab writes it as JSON within JSON; what is not such is kept under its own name. */
function metadataOf(metadata: Json | undefined): Record<string, Json> {
  if (metadata === undefined || metadata === null) return {}
  const value = typeof metadata === 'string' ? parsed(metadata) : metadata
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? value : { metadata: value }
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
