/** OpenAI's fine-tuning files: one conversation a line, as `messages` of role and content. */
import type { Json } from '../model/json.ts'
import { inChunks } from '../text/text-chunks.ts'
import { conversationOf, rowOfTurns, type Turn } from './conversation.ts'
import type { ExportRecord, Format, ReadRow, RowPlace, WriteOptions } from './format.ts'
import { readObjects } from './read-objects.ts'
import { exportMembers } from './record-members.ts'

export const openaiChat: Format = {
  kind: 'openai-chat',
  extensions: [],
  summary: 'Conversations as {"messages": […]}, one a line, for fine-tuning',
  needsColumns: false,
  isWhole: false,
  holds: ['fields', 'labels'],
  read: (bytes, options = {}) => readObjects(bytes, options, rowOf),
  write: (records, options = {}) => inChunks(writeRows(records, options)),
}

async function* writeRows(records: AsyncIterable<ExportRecord>, options: WriteOptions): AsyncGenerator<string> {
  const { columns: _, ...rest } = options
  for await (const record of records) {
    yield `${JSON.stringify({ messages: conversationOf(exportMembers(record, rest), rest) })}\n`
  }
}

const roles: Record<string, Turn['role']> = {
  system: 'system',
  developer: 'system',
  user: 'user',
  assistant: 'assistant',
}

function rowOf({ messages, ...rest }: Record<string, Json>, place: RowPlace): ReadRow {
  const wrong = (message: string): ReadRow => ({
    error: { ...place, message, hint: 'A line is {"messages": [{"role": "user", "content": "…"}, …]}.' },
  })
  if (!Array.isArray(messages)) return wrong('has no list “messages”')
  const turns: Turn[] = []
  for (const [at, message] of messages.entries()) {
    const { role = null, content = null } = isObject(message) ? message : {}
    const known = roles[String(role)]
    const text = textOf(content)
    if (known === undefined) return wrong(`has a message ${at + 1} of role ${JSON.stringify(role)}`)
    if (text === undefined) return wrong(`has a message ${at + 1} that is not text`)
    turns.push({ role: known, content: text })
  }
  return rowOfTurns(turns, rest, place)
}

/** A content may be a list of parts, of which only texts can be kept. */
function textOf(content: Json): string | undefined {
  if (typeof content === 'string') return content
  if (!Array.isArray(content)) return undefined
  const texts = content.map(part => (isObject(part) && part['type'] === 'text' ? part['text'] : undefined))
  return texts.every(text => typeof text === 'string') ? texts.join('') : undefined
}

function isObject(value: Json | undefined): value is Record<string, Json> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
